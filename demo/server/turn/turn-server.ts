import { startCoturn } from './coturn.js';
import { startNodeTurn } from './node-turn.js';
import { chooseTurnKind, type TurnKind } from './turn-kind.js';

export type TurnTransport = 'udp' | 'tcp' | 'tls';

/** A TURN server on loopback. Users can be added and removed while it runs. */
export interface TurnServer {
  readonly kind: TurnKind;
  readonly transports: readonly TurnTransport[];
  /** The port for UDP, and for TCP if it is supported, like port 80 at Metered. */
  readonly port: number;
  /** The port for TLS, UDP and TCP, like port 443 at Metered. */
  readonly tlsPort: number | undefined;
  /** The certificate in PEM format, for a client that should trust it. */
  readonly certificate: string | undefined;
  /** The private key in PEM format, for a proxy in front of the server. */
  readonly privateKey: string | undefined;
  /** The newest lines of the server's output. They contain usernames. */
  readonly log: readonly string[];
  addUser(username: string, password: string): Promise<void>;
  removeUser(username: string): Promise<void>;
  /** Resolves when the server has stopped. May be called twice. */
  stop(): Promise<void>;
}

export interface TurnOptions {
  /** The default is the value of the variable TURN_SERVER, or coturn if it is installed, or node-turn. */
  readonly kind?: TurnKind | undefined;
  /** More options for coturn, such as `--user-quota=2`. */
  readonly coturnArguments?: readonly string[] | undefined;
  /** The port that coturn listens on, such as the port of a server that was stopped. The default is a free port. */
  readonly turnPort?: number | undefined;
}

export async function startTurnServer(options: TurnOptions = {}): Promise<TurnServer> {
  const kind = options.kind ?? (await chooseTurnKind());
  return kind === 'coturn' ? startCoturn(options.coturnArguments, options.turnPort) : startNodeTurn();
}
