import { readBodyShape } from './body-shapes.js';
import { isPortableIceUrl, looksLikeTurnUrl } from './ice-url.js';

/** The valid part of a body, and how much of it was invalid. */
export interface ServerList {
  readonly iceServers: readonly RTCIceServer[];
  /** How many URLs and entries were left out, because they were invalid or too many. */
  readonly dropped: number;
  /** The lifetime of the credential in seconds, if it is known. */
  readonly ttl: number | undefined;
  /** Whether the list includes a TURN server. */
  readonly hasTurn: boolean;
}

/** An entry after its check. */
interface CheckedEntry {
  readonly server: RTCIceServer | undefined;
  /** How many URLs were left out. An entry without URLs counts as 1. */
  readonly dropped: number;
  /** Whether the entry was meant to be a TURN server. */
  readonly isMeantAsTurn: boolean;
  readonly hasTurn: boolean;
}

const maxServers = 16;
/** A USERNAME has fewer than 509 bytes (RFC 8489, section 14.3). Firefox throws for a longer one. */
const longestSecretBytes = 509;
/** A UTF-16 code unit takes at most three bytes in UTF-8. */
const bytesPerUnit = 3;

/**
 * Parses the body of a response. Returns `undefined` if it has no usable list. A list whose TURN entries are all invalid is not usable:
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

/** Counts the invalid entries and URLs in a list from the app. The list may be longer than the limit here, because browsers accept that. */
export function countBadEntries(servers: readonly unknown[]): number {
  return countDropped(servers.map(checkEntry));
}

/** Returns a copy of a valid list from the app, without the blanks around its URLs. */
export function cleanServers(servers: readonly RTCIceServer[]): RTCIceServer[] {
  return servers.map((server) => ({ ...server, ...checkEntry(server).server }));
}

/** Returns a number of seconds above 0, given as a number or a string. Returns `undefined` for anything else. */
export function parseTtl(ttl: unknown): number | undefined {
  const seconds = typeof ttl === 'string' && ttl.trim() !== '' ? Number(ttl) : ttl;
  return typeof seconds === 'number' && seconds > 0 ? seconds : undefined;
}

function checkEntry(entry: unknown): CheckedEntry {
  const { urls, username: givenUsername, credential } = Object(entry) as Record<string, unknown>;
  // Some servers send a number as the username: the time at which it expires.
  const username = typeof givenUsername === 'number' ? String(givenUsername) : givenUsername;
  const hasSecrets = isGoodSecret(username) && isGoodSecret(credential);
  const all = [urls ?? ''].flat().map((url: unknown) => (typeof url === 'string' ? url.trim() : url));
  const good = all.filter(isPortableIceUrl).filter((url) => hasSecrets || !looksLikeTurnUrl(url));
  const hasTurn = good.some(looksLikeTurnUrl);
  // STUN needs no secrets, so they are kept out of a list that may be logged.
  const secrets = hasTurn ? { username: username as string, credential: credential as string } : {};
  return {
    server: good.length > 0 ? { urls: Array.isArray(urls) ? good : good[0]!, ...secrets } : undefined,
    dropped: Math.max(all.length, 1) - good.length,
    // An entry with a username and without a valid URL was meant to be a TURN server, whatever its URLs are.
    isMeantAsTurn: all.some(looksLikeTurnUrl) || (good.length === 0 && !!username),
    hasTurn,
  };
}

/** Keeps as many entries as the limit allows, in their order. Entries with TURN take precedence. */
function keepTurnFirst(entries: readonly CheckedEntry[]): readonly CheckedEntry[] {
  const byImportance = [...entries].sort((one, other) => Number(other.hasTurn) - Number(one.hasTurn));
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
  // A short secret needs no encoder, which would take a tenth of a millisecond in a new page.
  return secret.length * bytesPerUnit <= longestSecretBytes || new TextEncoder().encode(secret).length <= longestSecretBytes;
}
