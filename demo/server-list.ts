export type Transport = 'udp' | 'tcp' | 'tls';

export interface ServerUrl {
  readonly url: string;
  readonly kind: 'STUN' | 'TURN';
  readonly transport: Transport;
}

/** One row for each URL, without the pair that goes with it. */
export function serverUrls(servers: readonly RTCIceServer[]): ServerUrl[] {
  return servers
    .flatMap(({ urls }) => [urls].flat())
    .map((url) => ({
      url,
      kind: url.startsWith('stun') ? 'STUN' : 'TURN',
      transport: transportOf(url),
    }));
}

/** The TURN servers that are reached in this way. */
export function turnServers(servers: readonly RTCIceServer[], transport: Transport): RTCIceServer[] {
  return servers.flatMap((server) => {
    const urls = [server.urls].flat().filter((url) => !url.startsWith('stun') && transportOf(url) === transport);
    return urls.length > 0 ? [{ ...server, urls }] : [];
  });
}

function transportOf(url: string): Transport {
  if (url.startsWith('turns:')) return 'tls';
  return url.endsWith('?transport=tcp') ? 'tcp' : 'udp';
}
