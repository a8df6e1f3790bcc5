import { blockedPorts } from './blocked-ports.js';

export type IceScheme = 'stun' | 'turn' | 'turns';
/** How a server is reached. `turns:` is always TLS over TCP: no browser speaks DTLS to a TURN server. */
export type IceTransport = 'udp' | 'tcp' | 'tls';

/** The parts of a STUN or TURN URL (RFC 7064, RFC 7065). */
export interface IceUrl {
  readonly scheme: IceScheme;
  /** The host as it is written. An IPv6 address keeps its brackets. */
  readonly host: string;
  readonly port: number | undefined;
  readonly transport: IceTransport;
}

/**
 * Matches every spelling that some browser accepts, except `stuns:`: Chromium sends plain STUN for it, and Firefox throws.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc7064#section-3.1 https://www.rfc-editor.org/rfc/rfc7065#section-3.1
 */
const iceUrlPattern = /^(stun|turns?):(\[[\da-f:.]+\]|[^/?#@:]+)(?::(\d*))?(?:\?transport=(udp|tcp))?$/i;

/** Matches the spellings that both Chromium and Firefox accept (measured): lower case, an ASCII host, and no query on `stun:`. */
const portablePattern = /^(?:stun(?!.*\?)|turns?):(?:\[[\da-fA-F:.]+\]|[\w.-]+)(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/;

const longestUrl = 512;
/** RFC 8656, section 3 */
const defaultPorts = { udp: 3478, tcp: 3478, tls: 5349 } as const;

/** Parses a URL in any spelling. Returns `undefined` if it is not a STUN or TURN URL. */
export function parseIceUrl(url: string): IceUrl | undefined {
  const match = iceUrlPattern.exec(url);
  if (!match) return undefined;
  const [, scheme = '', host = '', port, query = 'udp'] = match;
  const lowerScheme = scheme.toLowerCase() as IceScheme;
  return {
    scheme: lowerScheme,
    host,
    port: port ? Number(port) : undefined,
    transport: lowerScheme === 'turns' ? 'tls' : (query.toLowerCase() as IceTransport),
  };
}

/**
 * Returns whether both Chromium and Firefox accept the URL. If a browser does not, `new RTCPeerConnection` throws there, and the connection
 * loses the valid servers, too.
 */
export function isPortableIceUrl(url: unknown): url is string {
  if (typeof url !== 'string' || url.length > longestUrl || !portablePattern.test(url)) return false;
  const { host, port = defaultPorts.udp } = parseIceUrl(url)!;
  return !blockedPorts.has(port) && isAddress(host, port);
}

/** Returns the STUN URL for the host and port of a TURN URL. A TURN server answers STUN requests, too (RFC 8656). */
export function stunUrlFor(turnUrl: string): string | undefined {
  const parts = parseIceUrl(turnUrl);
  if (!parts) return undefined;
  return `stun:${parts.host}${parts.port === undefined ? '' : `:${parts.port}`}`;
}

/** Returns the same key for all spellings of an address, because a browser may add port and transport to a URL that it reports. */
export function iceAddressKey(url: string): string {
  const parts = parseIceUrl(url);
  if (!parts) return url;
  const { host, transport, port = defaultPorts[transport] } = parts;
  return `${host.toLowerCase()} ${port} ${transport}`;
}

/** Returns whether the text is meant to be a TURN URL, however it is spelled. */
export function looksLikeTurnUrl(url: unknown): boolean {
  return typeof url === 'string' && /^\s*turns?:/i.test(url);
}

/** Returns whether the URL parser accepts host and port. It rejects what only looks valid: 256.1.1.1, [::g], a broken xn-- label, 65536. */
function isAddress(host: string, port: number): boolean {
  try {
    return !!new URL(`http://${host}:${port}`);
  } catch {
    return false;
  }
}
