import { parseIceUrl } from './ice-url.js';

/** Returns a copy that shares nothing with the original, so that a caller cannot change what is cached. */
export function copyServers(servers: readonly RTCIceServer[]): RTCIceServer[] {
  return servers.map((server) => ({ ...server, urls: typeof server.urls === 'string' ? server.urls : [...server.urls] }));
}

/** Keeps at most `maxUrls` URLs in their order: first one of each transport, preferably on port 443, and then others. */
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

/** TLS passes through most networks, UDP is best for media, and STUN comes last because a TURN server answers STUN requests as well. */
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

/** Removes the URL from the set. Returns whether it was there, so that a duplicate URL is kept only once. */
function take(remaining: Set<string>, url: string): boolean {
  return remaining.delete(url);
}
