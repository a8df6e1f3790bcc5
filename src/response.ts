import { blockedPorts } from './blocked-ports.js';

/** A body that passed: what is good in it, and how much was not. */
export interface ServerList {
  readonly iceServers: readonly RTCIceServer[];
  /** Bad entries and bad URLs, left out. */
  readonly dropped: number;
  /** How long the endpoint says the credential lives, in seconds, as on the wire. */
  readonly ttl: number | undefined;
}

const maxServers = 16;
const maxUrlLength = 512;
/** RFC 8489, 14.3: a USERNAME has fewer than 509 bytes; Firefox throws beyond. */
const maxSecretBytes = 509;

/**
 * What both Chromium and Firefox take, measured on both: lower-case scheme and transport, a host, no path, fragment or user.
 * One URL outside of it, and the constructor throws the whole list away.
 */
const shape = /^(?:stun|turns?):(\[[\da-fA-F:.]+\]|[\w.-]+)(?::(\d{1,5}))?(\?transport=(?:udp|tcp))?$/;

const isGoodUrl = (url: unknown): boolean => {
  const [text, host, port, query] = (typeof url === 'string' && url.length <= maxUrlLength && shape.exec(url)) || [];
  if (!text || (query && /^s/.test(text)) || +port! > 65535 || blockedPorts.includes(+port!)) return false;
  try {
    // The browser's own parser knows the hosts that only look like one: 256.1.1.1, [::g], a broken xn-- label.
    return !!new URL(`http://${host}`);
  } catch {
    return false;
  }
};

const isGoodSecret = (secret: unknown): boolean =>
  typeof secret === 'string' &&
  !!secret &&
  // No character takes more than three bytes: most need no encoder, which costs a new page a tenth of a millisecond.
  (secret.length <= maxSecretBytes / 3 || new TextEncoder().encode(secret).length <= maxSecretBytes);

const isTurn = (url: unknown): boolean => typeof url === 'string' && /^\s*turns?:/i.test(url);

/**
 * Reads a Get Credential answer: a bare list, or `{ iceServers, ttl? }` from an own proxy.
 * Gives `undefined` where it is no usable list, and that includes one whose TURN entries are all bad.
 */
export const readServers = (body: unknown): ServerList | undefined => {
  const { iceServers: list = body, ttl } = Object(body) as { iceServers?: unknown; ttl?: unknown };
  if (!Array.isArray(list)) return undefined;
  const servers: RTCIceServer[] = [];
  let dropped = 0;
  let hadTurn = false;
  let hasTurn = false;
  for (const entry of list) {
    const { urls, username, credential } = Object(entry) as Record<string, unknown>;
    const isPaired = isGoodSecret(username) && isGoodSecret(credential);
    const all = [urls ?? ''].flat() as string[];
    const good = all.filter((url) => servers.length < maxServers && isGoodUrl(url) && (isPaired || !isTurn(url)));
    const isGoodTurn = good.some(isTurn);
    dropped += Math.max(all.length, 1) - good.length;
    // Whatever it calls its address, what has secrets and no good URL was to be a TURN server.
    hadTurn ||= all.some(isTurn) || (!good.length && !!username);
    hasTurn ||= isGoodTurn;
    if (good.length)
      servers.push({ urls: Array.isArray(urls) ? good : good[0]!, ...(isGoodTurn && ({ username, credential } as RTCIceServer)) });
  }
  return servers.length && (hasTurn || !hadTurn)
    ? { iceServers: servers, dropped, ttl: typeof ttl === 'number' && ttl > 0 ? ttl : undefined }
    : undefined;
};
