import type { ServerKind, ServerTransport } from './types.js';

/** One URL to test, with the only server that its connection will know. */
export interface Target {
  /** For the report. */
  readonly url: string;
  readonly kind: ServerKind;
  readonly transport: ServerTransport;
  readonly isNamed: boolean;
  /** Whether it looks like a URL that a browser may be given. */
  readonly isValid: boolean;
  readonly server: RTCIceServer;
}

/**
 * `stuns:` is not among them: Chromium takes it and sends plain STUN, Firefox throws.
 * What else is wrong with a URL, the browser's own constructor knows best.
 */
const shape = /^(stun|turns?):(\[.+?\]|[^/?#@:]+)(?::\d*)?(?:\?|$)/i;

/** Hosts that are looked up nowhere. */
const literal = /^(\[.+|[\d.]+|(.+\.)?localhost)$/i;

/** What may be shown: a wrong URL may hold a secret as its user, in its query, or be nothing but one. */
const shown = (url: string): string =>
  /^(stun|turn)s?:/i.test(url)
    ? url.replace(/:.*@/, ':').replace(/[?&#](?!transport=\w+(?!.))[^?&#]*/g, '')
    : url.replace(/^(\w{1,8}:)?.*/s, '$1…');

export const readTarget = (url: string, { username, credential }: Omit<RTCIceServer, 'urls'> = {}): Target => {
  const [, scheme, host = ''] = shape.exec(url) ?? [];
  const kind = (/^turns?(?=:)/i.exec(url)?.[0].toLowerCase() ?? 'stun') as ServerKind;
  return {
    url: shown(url),
    kind,
    // No browser speaks DTLS: `turns:…?transport=udp` is silently TLS over TCP in Chromium.
    transport: kind === 'turns' ? 'tls' : /[?&]transport=tcp/i.test(url) ? 'tcp' : 'udp',
    isNamed: !literal.test(host),
    isValid: !!scheme,
    server: { urls: url, ...(kind !== 'stun' && ({ username, credential } as RTCIceServer)) },
  };
};

/** Every URL once; the same URL with another username or credential is another one. */
export const readTargets = ({ iceServers = [] }: RTCConfiguration): Target[] => {
  const targets = iceServers.flatMap((server) => [server.urls ?? []].flat().map((url: unknown) => readTarget(String(url), server)));
  return [...new Map(targets.map((target) => [JSON.stringify(target.server), target])).values()];
};
