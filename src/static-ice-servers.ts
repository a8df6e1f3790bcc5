import { wrong } from './errors.js';

/**
 * The five entries that Metered's dashboard shows under "Show ICE Servers Array", without asking anybody.
 * A pasted pair is not refreshed, and keeps its region when the dashboard changes: prefer `loadRTCConfiguration`.
 *
 * Source: https://www.metered.ca/docs/turn-server-service/creating-turn-credentials
 *
 * @param pair `username` and `credential` of one TURN credential, and the TURN `host` (default `global.relay.metered.ca`)
 * @throws `TypeError` when one is missing or is no text
 *
 * @example
 * ```ts
 * import { staticIceServers } from 'ice-servers-loader';
 *
 * new RTCPeerConnection({ iceServers: staticIceServers({ username: '…', credential: '…' }) });
 * ```
 */
export const staticIceServers = (pair: {
  readonly username: string;
  readonly credential: string;
  readonly host?: string | undefined;
}): RTCIceServer[] => {
  const { username, credential, host = 'global.relay.metered.ca' } = Object(pair) as typeof pair;
  if (![username, credential, host].every((text) => typeof text === 'string' && text)) {
    throw wrong('username, credential and host must be text');
  }
  return [
    { urls: 'stun:stun.relay.metered.ca:80' },
    ...[`turn:${host}:80`, `turn:${host}:80?transport=tcp`, `turn:${host}:443`, `turns:${host}:443?transport=tcp`].map((urls) => ({
      urls,
      username,
      credential,
    })),
  ];
};
