import { usageError } from './errors/usage-error.js';

/**
 * Returns the five entries that Metered's dashboard shows under "Show ICE Servers Array", without making a request.
 *
 * These entries are never refreshed, and they keep their region even if it is changed in the dashboard: prefer `loadRTCConfiguration`.
 *
 * Source: https://www.metered.ca/docs/turn-server-service/creating-turn-credentials
 *
 * @param pair the `username` and `credential` of one TURN credential, and the TURN `host` (default `global.relay.metered.ca`)
 * @returns one `stun:` entry and four entries for TURN over UDP, TCP and TLS
 * @throws `TypeError` if `username` or `credential` is missing, or if one of the three is empty or not a string
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
    throw usageError('username, credential and host must be non-empty strings');
  }
  const turnUrls = [`turn:${host}:80`, `turn:${host}:80?transport=tcp`, `turn:${host}:443`, `turns:${host}:443?transport=tcp`];
  return [{ urls: 'stun:stun.relay.metered.ca:80' }, ...turnUrls.map((urls) => ({ urls, username, credential }))];
}
