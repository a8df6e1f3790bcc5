import { getFreshness, getLifetime, isValidFor, type Freshness, type Lifetime, type LifetimeOptions } from '../credentials/freshness.js';
import { IceServersError } from '../errors/ice-servers-error.js';
import type { StoredAnswer } from './stored-record.js';

/** An answer in memory, with its lifetime. */
export interface CachedAnswer extends StoredAnswer, Lifetime {
  /** When the request started, as a time of `performance.now()`, which does not change if the wall clock is set. */
  readonly requestedAtMonotonicMs: number;
  /** The age at which it arrived, if this page requested it. */
  readonly ageOnArrivalMs?: number;
}

/** Adds a lifetime to an answer. Part of it is random. */
export function toCachedAnswer(answer: StoredAnswer, options: LifetimeOptions, requestedAtMonotonicMs: number): CachedAnswer {
  const entry = { ...answer, ...getLifetime(answer, options, Math.random()), requestedAtMonotonicMs };
  return answer.withoutStaleIfError ? withoutStaleIfError(entry) : entry;
}

/** After a refusal, an answer may be served only while it is fresh. */
export function withoutStaleIfError(entry: CachedAnswer): CachedAnswer {
  return { ...entry, usableForMs: entry.freshForMs };
}

/**
 * Returns the larger of the wall-clock age and the monotonic age, because the wall clock may be set and the other one may stop during
 * sleep. A wall clock that was set back makes the age negative.
 */
export function ageMsOf({ fetchedAt, requestedAtMonotonicMs }: CachedAnswer): number {
  const wallAgeMs = Date.now() - fetchedAt;
  return wallAgeMs < 0 ? wallAgeMs : Math.max(wallAgeMs, performance.now() - requestedAtMonotonicMs);
}

export function freshnessOf(entry: CachedAnswer): Freshness {
  return getFreshness(entry, ageMsOf(entry));
}

/** Returns whether the answer may be served without a request: it is fresh, and has the required remaining validity. */
export function isUsableAnswer(entry: CachedAnswer, requiredValidityMs: number | undefined): boolean {
  const freshness = freshnessOf(entry);
  const isFreshEnough = freshness === 'fresh' || freshness === 'needs-refresh';
  return isFreshEnough && isValidFor(entry, ageMsOf(entry), requiredValidityMs, entry.ageOnArrivalMs);
}

/**
 * Returns an answer that has just arrived.
 *
 * @throws `invalid-response` if the credential expired before its response arrived
 */
export function toNewAnswer(answer: StoredAnswer, options: LifetimeOptions, requestedAtMonotonicMs: number): CachedAnswer {
  const ageOnArrivalMs = performance.now() - requestedAtMonotonicMs;
  const entry = { ...toCachedAnswer(answer, options, requestedAtMonotonicMs), ageOnArrivalMs };
  if (ageMsOf(entry) < entry.expiresAfterMs) return entry;
  const message = 'The credential expired before the response arrived. Check its lifetime and the clock of this device.';
  throw new IceServersError('invalid-response', { message });
}
