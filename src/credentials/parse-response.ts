import { readBodyShape } from './body-shapes.js';
import { isPortableIceUrl, looksLikeTurnUrl } from './ice-url.js';

/** The good part of a body, and how much of it was bad. */
export interface ServerList {
  readonly iceServers: readonly RTCIceServer[];
  /** How many bad entries and bad URLs were left out. */
  readonly dropped: number;
  /** How long the credential lives, in seconds, if the body says so. */
  readonly ttl: number | undefined;
}

/** An entry after its check. */
interface CheckedEntry {
  readonly server: RTCIceServer | undefined;
  readonly dropped: number;
  /** It was meant to be a TURN server. */
  readonly isMeantAsTurn: boolean;
  readonly hasTurn: boolean;
}

const maxServers = 16;
/** A USERNAME has fewer than 509 bytes (RFC 8489, section 14.3). Firefox throws for a longer one. */
const longestSecretBytes = 509;
/** No UTF-16 unit takes more than three bytes in UTF-8. */
const bytesPerUnit = 3;

/**
 * Reads the body of a response; returns `undefined` if it holds no usable list. That includes a list that had TURN entries, all of them bad:
 * without a relay many calls would fail, and nobody would know why.
 */
export function parseResponse(body: unknown): ServerList | undefined {
  const found = readBodyShape(body);
  if (!found) return undefined;
  const iceServers: RTCIceServer[] = [];
  let dropped = 0;
  let isMeantAsTurn = false;
  let hasTurn = false;
  for (const entry of found.entries) {
    const checked = checkEntry(entry, iceServers.length < maxServers);
    if (checked.server) iceServers.push(checked.server);
    dropped += checked.dropped;
    isMeantAsTurn ||= checked.isMeantAsTurn;
    hasTurn ||= checked.hasTurn;
  }
  const isUsable = iceServers.length > 0 && (hasTurn || !isMeantAsTurn);
  return isUsable ? { iceServers, dropped, ttl: readTtl(found.ttl) } : undefined;
}

function checkEntry(entry: unknown, hasRoom: boolean): CheckedEntry {
  const { urls, username, credential } = Object(entry) as Record<string, unknown>;
  const hasSecrets = isGoodSecret(username) && isGoodSecret(credential);
  const all: unknown[] = [urls ?? ''].flat();
  const good = hasRoom ? all.filter(isPortableIceUrl).filter((url) => hasSecrets || !looksLikeTurnUrl(url)) : [];
  const hasTurn = good.some(looksLikeTurnUrl);
  // STUN needs no secrets: they stay out of a list that may be logged.
  const secrets = hasTurn ? { username: username as string, credential: credential as string } : {};
  return {
    server: good.length > 0 ? { urls: Array.isArray(urls) ? good : good[0]!, ...secrets } : undefined,
    dropped: Math.max(all.length, 1) - good.length,
    // An entry with a username and no good URL was to be a TURN server, whatever its address is called.
    isMeantAsTurn: all.some(looksLikeTurnUrl) || (good.length === 0 && !!username),
    hasTurn,
  };
}

function isGoodSecret(secret: unknown): boolean {
  if (typeof secret !== 'string' || secret === '') return false;
  // A short secret needs no encoder, which costs a new page a tenth of a millisecond.
  return secret.length * bytesPerUnit <= longestSecretBytes || new TextEncoder().encode(secret).length <= longestSecretBytes;
}

function readTtl(ttl: unknown): number | undefined {
  return typeof ttl === 'number' && ttl > 0 ? ttl : undefined;
}
