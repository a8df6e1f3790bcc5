import type { ServerKind, ServerTransport } from 'ice-servers-loader/connectivity';

export interface ServerUrl {
  readonly url: string;
  readonly kind: ServerKind;
  readonly transport: ServerTransport;
  readonly host: string;
  readonly port: string;
}

/** What Metered sends, for the rows that are there before anything is loaded. */
export const expectedServers: readonly ServerUrl[] = ['stun::80', 'turn::80', 'turn::80?transport=tcp', 'turn::443', 'turns::443'].map(
  readServerUrl,
);

/** One row for each URL, without the pair that goes with it. */
export function serverUrls(servers: readonly RTCIceServer[]): ServerUrl[] {
  return [...new Set(servers.flatMap(({ urls }) => urls))].map(readServerUrl);
}

function readServerUrl(url: string): ServerUrl {
  const [, scheme = '', host = '', port] = /^(\w+):(\[.*\]|[^:?]*)(?::(\d+))?/.exec(url) ?? [];
  const kind = scheme === 'turn' || scheme === 'turns' ? scheme : 'stun';
  const transport = kind === 'turns' ? 'tls' : url.endsWith('?transport=tcp') ? 'tcp' : 'udp';
  return { url, kind, transport, host, port: port ?? (kind === 'turns' ? '5349' : '3478') };
}
