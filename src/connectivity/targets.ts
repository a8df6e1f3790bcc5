import { parseIceUrl, type IceUrl } from '../credentials/ice-url.js';
import type { ServerKind, ServerTransport } from './types.js';

/** One URL to test, and the only server of its connection. */
export interface Target {
  /** The URL as the report shows it. */
  readonly url: string;
  readonly kind: ServerKind;
  readonly transport: ServerTransport;
  /** Empty if this is not a STUN or TURN URL, which is then not passed to the browser. */
  readonly host: string;
  readonly server: RTCIceServer;
}

/** Reads all URLs of a list of servers without duplicates. The same URL with another username or credential is another target. */
export function readTargets(servers: readonly RTCIceServer[]): Target[] {
  const targets = servers.flatMap((server) => [server.urls].flat().map((url: unknown) => readTarget(String(url), server)));
  return [...new Map(targets.map((target) => [JSON.stringify(target.server), target])).values()];
}

/** Reads one URL. Other mistakes in it are left to the constructor of `RTCPeerConnection` to find. */
export function readTarget(url: string, { username, credential }: Omit<RTCIceServer, 'urls'> = {}): Target {
  const parts = parseIceUrl(url);
  const { scheme: kind, transport, host } = parts ?? guessParts(url);
  return {
    url: parts ? url : withoutRest(url),
    kind,
    transport,
    host,
    server: { urls: url, ...(kind !== 'stun' && ({ username, credential } as RTCIceServer)) },
  };
}

/** Guesses what a wrong URL was meant to be. */
function guessParts(url: string): Omit<IceUrl, 'port'> {
  const scheme = (/^turns?(?=:)/i.exec(url)?.[0].toLowerCase() ?? 'stun') as ServerKind;
  const queryTransport = /=tcp$/i.test(url) ? 'tcp' : 'udp';
  return { scheme, host: '', transport: scheme === 'turns' ? 'tls' : queryTransport };
}

/** Keeps only the scheme of a wrong URL, because the rest may be a secret. */
function withoutRest(url: string): string {
  return url.replace(/^(\w{1,8}:)?.*/s, '$1...');
}
