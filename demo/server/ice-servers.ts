import type { Credential } from './credentials.js';
import { turnHost } from './regions.js';
import type { TurnServer } from './turn/turn-server.js';

export interface IceServer {
  readonly urls: string;
  readonly username?: string;
  readonly credential?: string;
}

/** The array that Get Credential answers, in Metered's order, as far as the TURN server at hand serves it. */
export function iceServers(
  turn: Pick<TurnServer, 'port' | 'tlsPort' | 'transports'>,
  { username, password }: Credential,
  region: string | undefined,
): IceServer[] {
  const host = turnHost(region);
  const pair = { username, credential: password };
  const servers: IceServer[] = [{ urls: `stun:${host}:${turn.port}` }, { urls: `turn:${host}:${turn.port}`, ...pair }];
  if (turn.transports.includes('tcp')) servers.push({ urls: `turn:${host}:${turn.port}?transport=tcp`, ...pair });
  if (turn.tlsPort !== undefined) {
    servers.push({ urls: `turn:${host}:${turn.tlsPort}`, ...pair }, { urls: `turns:${host}:${turn.tlsPort}?transport=tcp`, ...pair });
  }
  return servers;
}
