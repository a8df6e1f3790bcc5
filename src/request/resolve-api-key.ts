import { parseTtl } from '../credentials/parse-response.js';
import { IceServersError } from '../errors/ice-servers-error.js';
import { isKeySet, readApiKey } from '../options/api-key.js';
import { isPositive, isText } from '../options/validate.js';
import type { ApiKeyFunction, ExpiringApiKey } from '../types.js';
import { callSource } from './call-source.js';

/** A key that may be sent, and how long its credential lives. */
export interface ResolvedApiKey {
  readonly apiKey: string | undefined;
  /** Seconds from the moment before the function was called; `undefined` if nobody knows. */
  readonly ttl: number | undefined;
}

const expected = 'apiKey must return a key, or { apiKey, expiryInSeconds?, expiresAt? }.';

/** Epoch seconds are some 1e9: read as milliseconds, that is a day in January 1970. */
const smallestEpochMs = 1e11;

/**
 * Returns the key for one request: a fixed one at once, or what the app's function returns.
 *
 * @throws (rejects) `IceServersError`: `source-failed` if the function throws or returns no living key, `secret-key` if it returns another kind of key
 */
export async function resolveApiKey(apiKey: string | ApiKeyFunction | undefined, signal: AbortSignal): Promise<ResolvedApiKey> {
  if (apiKey === undefined || isText(apiKey)) return { apiKey, ttl: undefined };
  const calledAt = Date.now();
  const { apiKey: key, expiryInSeconds, expiresAt } = await callSource(apiKey, readReturned, signal);
  if (!isKeySet(key)) throw new IceServersError('source-failed', { message: expected });
  const checkedKey = readApiKey(key);
  const ttl = Math.min(parseTtl(expiryInSeconds) ?? Infinity, secondsUntil(expiresAt, calledAt));
  if (ttl <= 0) throw new IceServersError('source-failed', { message: 'apiKey returned a key that has expired.' });
  return { apiKey: checkedKey, ttl: ttl === Infinity ? undefined : ttl };
}

/** What an app's function may have returned, in spite of its type. */
type Returned = Readonly<Partial<Record<keyof ExpiringApiKey, unknown>>>;

function readReturned(returned: unknown): Returned {
  if (isText(returned)) return { apiKey: returned };
  const { apiKey, expiryInSeconds, expiresAt } = Object(returned) as Returned;
  return { apiKey, expiryInSeconds, expiresAt: expiresAt instanceof Date ? expiresAt.getTime() : expiresAt };
}

/** Returns `Infinity` if there is no date. */
function secondsUntil(expiresAt: unknown, now: number): number {
  if (expiresAt === undefined || expiresAt === null) return Infinity;
  const epochMs = isText(expiresAt) ? Date.parse(expiresAt) : expiresAt;
  if (!isPositive(epochMs) || epochMs <= smallestEpochMs) {
    throw new IceServersError('source-failed', { message: `${expected} Its expiresAt is a Date, epoch milliseconds or ISO 8601 text.` });
  }
  return (epochMs - now) / 1000;
}
