import { readBodyShape } from './body-shapes.js';
import { isPortableIceUrl, looksLikeTurnUrl } from './ice-url.js';

/** The good part of a body, and how much of it was bad. */
export interface ServerList {
  readonly iceServers: readonly RTCIceServer[];
  /** How many bad entries and bad URLs were left out. */
  readonly dropped: number;
  /** How long the credential lives, in seconds, if that is known. */
  readonly ttl: number | undefined;
  /** Whether there is a TURN server among them. */
  readonly hasTurn: boolean;
}

/** An entry after its check. */
interface CheckedEntry {
  readonly server: RTCIceServer | undefined;
  /** How many URLs were left out; 1 for an entry without any. */
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
  const checked = found.entries.map(checkEntry);
  const good = checked.filter(({ server }) => server);
  const hasTurn = good.some((entry) => entry.hasTurn);
  if (good.length === 0 || (!hasTurn && checked.some(({ isMeantAsTurn }) => isMeantAsTurn))) return undefined;
  const kept = keepTurnFirst(good);
  return {
    iceServers: kept.map(({ server }) => server!),
    dropped: countDropped(checked) + countUrls(good) - countUrls(kept),
    ttl: parseTtl(found.ttl),
    hasTurn,
  };
}

/** Counts what is wrong with a list of the app's own. Its length does not matter: both browsers accept far more than the limit here. */
export function countBadEntries(servers: readonly unknown[]): number {
  return countDropped(servers.map(checkEntry));
}

/** Returns a copy of a good list of the app's own, without the blanks around its URLs. */
export function cleanServers(servers: readonly RTCIceServer[]): RTCIceServer[] {
  return servers.map((server) => ({ ...server, ...checkEntry(server).server }));
}

/** Returns seconds above 0, from a number or its text; anything else says nothing. */
export function parseTtl(ttl: unknown): number | undefined {
  const seconds = typeof ttl === 'string' && ttl.trim() !== '' ? Number(ttl) : ttl;
  return typeof seconds === 'number' && seconds > 0 ? seconds : undefined;
}

function checkEntry(entry: unknown): CheckedEntry {
  const { urls, username: givenUsername, credential } = Object(entry) as Record<string, unknown>;
  // Some servers use a number for it: the time of its expiry.
  const username = typeof givenUsername === 'number' ? String(givenUsername) : givenUsername;
  const hasSecrets = isGoodSecret(username) && isGoodSecret(credential);
  const all = [urls ?? ''].flat().map((url: unknown) => (typeof url === 'string' ? url.trim() : url));
  const good = all.filter(isPortableIceUrl).filter((url) => hasSecrets || !looksLikeTurnUrl(url));
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

/** Keeps as many entries as the limit allows, in their order; those with TURN before any other. */
function keepTurnFirst(entries: readonly CheckedEntry[]): readonly CheckedEntry[] {
  if (entries.length <= maxServers) return entries;
  const byImportance = [...entries.filter(({ hasTurn }) => hasTurn), ...entries.filter(({ hasTurn }) => !hasTurn)];
  const kept = new Set(byImportance.slice(0, maxServers));
  return entries.filter((entry) => kept.has(entry));
}

function countDropped(entries: readonly CheckedEntry[]): number {
  return entries.reduce((sum, { dropped }) => sum + dropped, 0);
}

function countUrls(entries: readonly CheckedEntry[]): number {
  return entries.reduce((sum, { server }) => sum + [server!.urls].flat().length, 0);
}

function isGoodSecret(secret: unknown): boolean {
  if (typeof secret !== 'string' || secret === '') return false;
  // A short secret needs no encoder, which costs a new page a tenth of a millisecond.
  return secret.length * bytesPerUnit <= longestSecretBytes || new TextEncoder().encode(secret).length <= longestSecretBytes;
}
