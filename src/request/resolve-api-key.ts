import { parseTtl } from '../credentials/parse-response.js';
import { IceServersError } from '../errors/ice-servers-error.js';
import { isKeySet, readApiKey } from '../options/api-key.js';
import { isEpochMs, isText } from '../options/validate.js';
import type { ApiKeyFunction, ExpiringApiKey } from '../types.js';
import { callSource } from './call-source.js';

/** A key that may be sent, and the lifetime of its credential. */
export interface ResolvedApiKey {
  readonly apiKey: string | undefined;
  /** In seconds from the moment the function was called; `undefined` if it is unknown. */
  readonly ttl: number | undefined;
}

const expected = 'The apiKey function must return a key or { apiKey, expiryInSeconds?, expiresAt? }.';

/**
 * Returns the key for one request: the fixed key, or what the app's function returns.
 *
 * @throws (rejects) `source-failed` if the function throws or returns no valid key, `secret-key` if it returns another kind of key
 */
export async function resolveApiKey(apiKey: string | ApiKeyFunction | undefined, signal: AbortSignal): Promise<ResolvedApiKey> {
  if (apiKey === undefined || isText(apiKey)) return { apiKey, ttl: undefined };
  const calledAt = Date.now();
  const { apiKey: key, expiryInSeconds, expiresAt } = await callSource(apiKey, readReturned, signal);
  if (!isKeySet(key)) throw new IceServersError('source-failed', { message: expected });
  const checkedKey = readApiKey(key);
  const ttl = Math.min(parseTtl(expiryInSeconds) ?? Infinity, secondsUntil(expiresAt, calledAt));
  if (ttl <= 0) throw new IceServersError('source-failed', { message: 'The apiKey function returned an expired key. Return a new one.' });
  return { apiKey: checkedKey, ttl: ttl === Infinity ? undefined : ttl };
}

/** What the app's function may really have returned, whatever its type says. */
type Returned = Readonly<Partial<Record<keyof ExpiringApiKey, unknown>>>;

function readReturned(returned: unknown): Returned {
  if (isText(returned)) return { apiKey: returned };
  const { apiKey, expiryInSeconds, expiresAt } = Object(returned) as Returned;
  return { apiKey, expiryInSeconds, expiresAt: expiresAt instanceof Date ? expiresAt.getTime() : expiresAt };
}

/** Returns the seconds until the date; `Infinity` if there is none. */
function secondsUntil(expiresAt: unknown, now: number): number {
  if (expiresAt === undefined || expiresAt === null) return Infinity;
  const epochMs = isText(expiresAt) ? Date.parse(expiresAt) : expiresAt;
  if (!isEpochMs(epochMs)) {
    throw new IceServersError('source-failed', { message: `${expected} expiresAt must be a Date, epoch milliseconds or ISO 8601.` });
  }
  return (epochMs - now) / 1000;
}
