import { startCoturn } from './coturn.js';
import { startNodeTurn } from './node-turn.js';
import { chooseTurnKind, type TurnKind } from './turn-kind.js';

export type TurnTransport = 'udp' | 'tcp' | 'tls';

/** A TURN server on loopback whose users come and go while it runs. */
export interface TurnServer {
  readonly kind: TurnKind;
  readonly transports: readonly TurnTransport[];
  /** UDP, and TCP where it is served: what port 80 is at Metered. */
  readonly port: number;
  /** TLS, and UDP and TCP beside it: what port 443 is at Metered. */
  readonly tlsPort: number | undefined;
  /** The certificate in PEM form, for a client that should trust it. */
  readonly certificate: string | undefined;
  /** Its key in PEM form, for what stands in front of the server. */
  readonly privateKey: string | undefined;
  /** The newest lines that the server wrote. User names are among them. */
  readonly log: readonly string[];
  addUser(username: string, password: string): Promise<void>;
  removeUser(username: string): Promise<void>;
  /** Resolves when the server is gone. May be called twice. */
  stop(): Promise<void>;
}

export interface TurnOptions {
  /** By default what the variable TURN_SERVER names, else coturn if it is installed, else node-turn. */
  readonly kind?: TurnKind | undefined;
  /** More switches for coturn, such as `--user-quota=2`. */
  readonly coturnArguments?: readonly string[] | undefined;
  /** Where coturn listens, such as that of one that was stopped. A free one by default. */
  readonly turnPort?: number | undefined;
}

export async function startTurnServer(options: TurnOptions = {}): Promise<TurnServer> {
  const kind = options.kind ?? (await chooseTurnKind());
  return kind === 'coturn' ? startCoturn(options.coturnArguments, options.turnPort) : startNodeTurn();
}
