import type { Credential } from './credentials.js';
import { turnHost } from './regions.js';
import type { TurnServer } from './turn/turn-server.js';

/** Where a TURN server, or a proxy in front of it, can be reached. */
export interface TurnPorts extends Pick<TurnServer, 'port' | 'tlsPort' | 'transports'> {
  /** The port for STUN, if it is a different one. */
  readonly stunPort?: number;
}

export interface IceServer {
  readonly urls: string;
  readonly username?: string;
  readonly credential?: string;
}

/** Returns the array that Get Credential returns, in Metered's order, with the transports that the TURN server supports. */
export function iceServers(turn: TurnPorts, { username, password }: Credential, region: string | undefined): IceServer[] {
  const host = turnHost(region);
  const pair = { username, credential: password };
  const servers: IceServer[] = [{ urls: `stun:${host}:${turn.stunPort ?? turn.port}` }, { urls: `turn:${host}:${turn.port}`, ...pair }];
  if (turn.transports.includes('tcp')) servers.push({ urls: `turn:${host}:${turn.port}?transport=tcp`, ...pair });
  if (turn.tlsPort !== undefined) {
    servers.push({ urls: `turn:${host}:${turn.tlsPort}`, ...pair }, { urls: `turns:${host}:${turn.tlsPort}?transport=tcp`, ...pair });
  }
  return servers;
}
