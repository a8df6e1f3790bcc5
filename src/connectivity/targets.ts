import type { ServerKind, ServerTransport } from './types.js';

/** One URL to test, with the only server that its connection will know. */
export interface Target {
  /** For the report. */
  readonly url: string;
  readonly kind: ServerKind;
  readonly transport: ServerTransport;
  /** Empty where it does not look like a URL that a browser may be given. */
  readonly host: string;
  readonly server: RTCIceServer;
}

/**
 * `stuns:` is not among them: Chromium takes it and sends plain STUN, Firefox throws.
 * What else may be wrong with a URL, the browser's own constructor knows best.
 */
const shape = /^(?:stun|turns?):(\[.+]|[^/?#@:]+)(:\d*)?(\?transport=(udp|tcp))?$/i;

export const readTarget = (url: string, { username, credential }: Omit<RTCIceServer, 'urls'> = {}): Target => {
  const host = shape.exec(url)?.[1] ?? '';
  const kind = (/^turns?(?=:)/i.exec(url)?.[0].toLowerCase() ?? 'stun') as ServerKind;
  return {
    // A wrong one may hold a secret, or be nothing else.
    url: host ? url : url.replace(/^(\w{1,8}:)?.*/s, '$1...'),
    kind,
    // No browser speaks DTLS: `turns:…?transport=udp` is silently TLS over TCP in Chromium.
    transport: kind === 'turns' ? 'tls' : /=tcp$/i.test(url) ? 'tcp' : 'udp',
    host,
    server: { urls: url, ...(kind !== 'stun' && ({ username, credential } as RTCIceServer)) },
  };
};

/** Every URL once; the same URL with another username or credential is another one. */
export const readTargets = (servers: readonly RTCIceServer[]): Target[] => {
  const targets = servers.flatMap((server) => [server.urls].flat().map((url: unknown) => readTarget(String(url), server)));
  return [...new Map(targets.map((target) => [JSON.stringify(target.server), target])).values()];
};
