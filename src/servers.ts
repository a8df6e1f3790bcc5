/** A copy that shares nothing with the original, so that nobody can change what is kept. */
export const copyServers = (servers: readonly RTCIceServer[]): RTCIceServer[] =>
  // Text has a slice as well.
  servers.map((server) => ({ ...server, urls: server.urls.slice() }));

/** One of each is kept first, in this order: TLS gets through most, UDP is best, and a TURN server answers STUN as well. */
const transports = [/^turns/, /^turn:(?!.*=tcp)/, /^turn:.*=tcp/, /^stun/];

/** Keeps at most `maxUrls` URLs, one of each transport first and port 443 before others, in their old order. */
export const trimServers = (servers: RTCIceServer[], maxUrls: number): RTCIceServer[] => {
  const all = servers.flatMap(({ urls }) => urls);
  if (all.length <= maxUrls) return servers;
  const firsts = transports.flatMap((transport) => {
    const some = all.filter((url) => transport.test(url));
    return some.find((url) => /:443\b/.test(url)) ?? some.slice(0, 1);
  });
  const kept = new Set([...new Set([...firsts, ...all])].slice(0, maxUrls));
  return servers.flatMap((server) => {
    const urls = [server.urls].flat().filter((url) => kept.delete(url));
    return urls.length ? [{ ...server, urls: typeof server.urls === 'string' ? server.urls : urls }] : [];
  });
};
