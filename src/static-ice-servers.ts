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
export const staticIceServers = ({
  username,
  credential,
  host = 'global.relay.metered.ca',
}: {
  readonly username: string;
  readonly credential: string;
  readonly host?: string | undefined;
}): RTCIceServer[] => {
  for (const [name, value] of Object.entries({ username, credential, host })) {
    if (typeof value !== 'string' || !value) throw new TypeError(`ice-servers-loader: staticIceServers needs ${name} as text.`);
  }
  if (!/^[\w.-]+$/.test(host)) throw new TypeError('ice-servers-loader: host must be a bare host name, such as eu.relay.metered.ca.');
  return [
    { urls: 'stun:stun.relay.metered.ca:80' },
    ...[`turn:${host}:80`, `turn:${host}:80?transport=tcp`, `turn:${host}:443`, `turns:${host}:443?transport=tcp`].map((urls) => ({
      urls,
      username,
      credential,
    })),
  ];
};
