import { parseIceUrl } from './ice-url.js';

/** Returns a copy that shares nothing with the original, so that a caller cannot change what is cached. */
export function copyServers(servers: readonly RTCIceServer[]): RTCIceServer[] {
  return servers.map((server) => ({ ...server, urls: typeof server.urls === 'string' ? server.urls : [...server.urls] }));
}

/** Keeps at most `maxUrls` URLs, in their order: first one of each transport, on port 443 if there is one, then the others. */
export function trimServers(servers: RTCIceServer[], maxUrls: number): RTCIceServer[] {
  const urls = servers.flatMap((server) => server.urls);
  if (urls.length <= maxUrls) return servers;
  const remaining = new Set([...new Set([...preferredUrls(urls), ...urls])].slice(0, maxUrls));
  return servers.flatMap((server) => {
    const own = [server.urls].flat().filter((url) => take(remaining, url));
    if (own.length === 0) return [];
    return [{ ...server, urls: typeof server.urls === 'string' ? server.urls : own }];
  });
}

/** TLS passes through most networks, UDP is best for media, and a TURN server answers STUN as well. */
const transportsByPreference = ['turns tls', 'turn udp', 'turn tcp', 'stun udp'];

const httpsPort = 443;

function preferredUrls(urls: readonly string[]): string[] {
  return transportsByPreference.flatMap((transport) => {
    const some = urls.filter((url) => transportOf(url) === transport);
    return some.find((url) => parseIceUrl(url)?.port === httpsPort) ?? some.slice(0, 1);
  });
}

function transportOf(url: string): string {
  const parts = parseIceUrl(url);
  return `${parts?.scheme} ${parts?.transport}`;
}

/** Takes the URL out of the set; tells whether it was there. A URL that comes twice is so handed out once. */
function take(remaining: Set<string>, url: string): boolean {
  return remaining.delete(url);
}
