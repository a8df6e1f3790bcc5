import { getFreshness, getLifetime, isValidFor, type Freshness, type Lifetime, type LifetimeOptions } from '../credentials/freshness.js';
import type { StoredAnswer } from './stored-record.js';

/** An answer in memory, with its lifetime. */
export interface CachedAnswer extends StoredAnswer, Lifetime {
  /** The start of the request in the time of `performance.now()`, which no change of the wall clock moves. */
  readonly requestedAtMonotonicMs: number;
}

/** Adds a lifetime to an answer; a part of it is drawn. */
export function toCachedAnswer(answer: StoredAnswer, options: LifetimeOptions, requestedAtMonotonicMs: number): CachedAnswer {
  const entry = { ...answer, ...getLifetime(answer, options, Math.random()), requestedAtMonotonicMs };
  return answer.withoutStaleIfError ? withoutStaleIfError(entry) : entry;
}

/** What the endpoint has refused since serves while it is fresh, and no longer. */
export function withoutStaleIfError(entry: CachedAnswer): CachedAnswer {
  return { ...entry, usableForMs: entry.freshForMs };
}

/** A clock that was set back makes the age negative; one that was set forward, or stood still in sleep, is no excuse for an old answer. */
export function ageMsOf({ fetchedAt, requestedAtMonotonicMs }: CachedAnswer): number {
  const wallAgeMs = Date.now() - fetchedAt;
  return wallAgeMs < 0 ? wallAgeMs : Math.max(wallAgeMs, performance.now() - requestedAtMonotonicMs);
}

export function freshnessOf(entry: CachedAnswer): Freshness {
  return getFreshness(entry, ageMsOf(entry));
}

/** Tells whether the answer may be handed out without a request, with so much known life left. */
export function isUsableAnswer(entry: CachedAnswer, requiredValidityMs: number | undefined): boolean {
  const freshness = freshnessOf(entry);
  const isFreshEnough = freshness === 'fresh' || freshness === 'needs-refresh';
  return isFreshEnough && isValidFor(entry, ageMsOf(entry), requiredValidityMs);
}
