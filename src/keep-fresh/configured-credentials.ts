import { iceAddressKey } from '../credentials/ice-url.js';

type Servers = readonly RTCIceServer[] | undefined;

/** Returns a key for the credentials in a list: equal for equal ones, and empty if no server has one. */
export function credentialKey(servers: Servers = []): string {
  const credentials = servers.flatMap(({ username, credential }) => (username ? JSON.stringify([username, credential]) : []));
  return String([...new Set(credentials)]);
}

/** Returns a key for a whole list. Chromium adds an empty username to a STUN server that had none. */
export function serverListKey(servers: Servers = []): string {
  const all = servers.flatMap(({ urls, username, credential }) =>
    [urls].flat().map((url) => [url, username || undefined, credential || undefined]),
  );
  return JSON.stringify(all);
}

/** Tells whether every configured URL for this address is one of the app's own servers: nobody can renew their credentials. */
export function isOwnAddress(url: string, ownServers: Servers, configured: Servers): boolean {
  const ownCount = countAddress(url, ownServers);
  return ownCount > 0 && ownCount >= countAddress(url, configured);
}

function countAddress(url: string, servers: Servers = []): number {
  const key = iceAddressKey(url);
  return servers.flatMap(({ urls }) => urls).filter((other) => iceAddressKey(other) === key).length;
}
