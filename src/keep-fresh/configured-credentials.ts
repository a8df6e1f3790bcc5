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

/** Counts the URLs of a list that mean the same server as this one. */
export function countAddress(url: string, servers: Servers = []): number {
  const key = iceAddressKey(url);
  return servers.flatMap(({ urls }) => urls).filter((other) => iceAddressKey(other) === key).length;
}
