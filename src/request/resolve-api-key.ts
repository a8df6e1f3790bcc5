import { parseTtl } from '../credentials/parse-response.js';
import { IceServersError } from '../errors/ice-servers-error.js';
import { readApiKey, withoutQuotes } from '../options/api-key.js';
import { isText } from '../options/validate.js';
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
  const returned = await callSource(apiKey, signal);
  const {
    apiKey: key,
    expiryInSeconds,
    expiresAt,
  } = (isText(returned) ? { apiKey: returned } : Object(returned)) as Partial<ExpiringApiKey>;
  if (!isText(key) || withoutQuotes(key) === '') throw new IceServersError('source-failed', { message: expected });
  const ttl = Math.min(parseTtl(expiryInSeconds) ?? Infinity, secondsUntil(expiresAt, calledAt));
  if (ttl <= 0) throw new IceServersError('source-failed', { message: 'apiKey returned a key that has expired.' });
  return { apiKey: readApiKey(key), ttl: ttl === Infinity ? undefined : ttl };
}

/** Returns `Infinity` if there is no date. */
function secondsUntil(expiresAt: ExpiringApiKey['expiresAt'], now: number): number {
  if (expiresAt === undefined || expiresAt === null) return Infinity;
  const epochMs = new Date(expiresAt).getTime();
  if (!(epochMs > smallestEpochMs)) {
    throw new IceServersError('source-failed', { message: `${expected} Its expiresAt is a Date, epoch milliseconds or ISO 8601 text.` });
  }
  return (epochMs - now) / 1000;
}
