import { usageError } from './errors/usage-error.js';

/**
 * Returns the five entries that Metered's dashboard shows under "Show ICE Servers Array", without a network request.
 *
 * A pasted credential is never refreshed, and keeps its region when the dashboard changes: prefer `loadRTCConfiguration`.
 *
 * Source: https://www.metered.ca/docs/turn-server-service/creating-turn-credentials
 *
 * @param pair the `username` and `credential` of one TURN credential, and the TURN `host` (default `global.relay.metered.ca`)
 * @returns one `stun:` entry, and four entries for TURN over UDP, TCP and TLS
 * @throws `TypeError` if one of them is missing or is not text
 *
 * @example
 * ```ts
 * import { staticIceServers } from 'ice-servers-loader';
 *
 * new RTCPeerConnection({ iceServers: staticIceServers({ username: '…', credential: '…' }) });
 * ```
 */
export function staticIceServers(pair: {
  readonly username: string;
  readonly credential: string;
  readonly host?: string | undefined;
}): RTCIceServer[] {
  const { username, credential, host = 'global.relay.metered.ca' } = Object(pair) as typeof pair;
  if (![username, credential, host].every((text) => typeof text === 'string' && text !== '')) {
    throw usageError('username, credential and host must be text');
  }
  const turnUrls = [`turn:${host}:80`, `turn:${host}:80?transport=tcp`, `turn:${host}:443`, `turns:${host}:443?transport=tcp`];
  return [{ urls: 'stun:stun.relay.metered.ca:80' }, ...turnUrls.map((urls) => ({ urls, username, credential }))];
}
