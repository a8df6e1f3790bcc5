import { iceAddressKey } from '../credentials/ice-url.js';

type Servers = readonly RTCIceServer[] | undefined;

/** Returns a key for the credentials in a list. Equal credentials have equal keys, and the key is empty if no server has a credential. */
export function credentialKey(servers: Servers = []): string {
  const credentials = servers.flatMap(({ username, credential }) => (username ? JSON.stringify([username, credential]) : []));
  return String([...new Set(credentials)]);
}

/** Returns a key for a whole list. Empty usernames are ignored, because Chromium adds one to a STUN server that has none. */
export function serverListKey(servers: Servers = []): string {
  const all = servers.flatMap(({ urls, username, credential }) =>
    [urls].flat().map((url) => [url, username || undefined, credential || undefined]),
  );
  return JSON.stringify(all);
}

/** Returns whether every configured URL for this address belongs to a server of the app, whose credential cannot be renewed here. */
export function isOwnAddress(url: string, ownServers: Servers, configured: Servers): boolean {
  const ownCount = countAddress(url, ownServers);
  return ownCount > 0 && ownCount >= countAddress(url, configured);
}

function countAddress(url: string, servers: Servers = []): number {
  const key = iceAddressKey(url);
  return servers.flatMap(({ urls }) => urls).filter((other) => iceAddressKey(other) === key).length;
}
