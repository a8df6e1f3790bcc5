declare module 'node-turn' {
  import type { Socket } from 'node:dgram';

  interface Options {
    listeningIps: string[];
    relayIps: string[];
    listeningPort: number;
    minPort: number;
    maxPort: number;
    authMech: 'long-term';
    realm: string;
    debugLevel: string;
    log: (message: unknown) => void;
  }

  export default class TurnServer {
    constructor(options: Options);
    readonly authentification: {
      readonly nonces: Record<string, { ttl: number }>;
      generateNonce: () => string;
    };
    readonly allocations: Record<string, { readonly timer: NodeJS.Timeout; readonly sockets: readonly Socket[] }>;
    start(): void;
    stop(): void;
    addUser(username: string, password: string): void;
    removeUser(username: string): void;
  }
}
