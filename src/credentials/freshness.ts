import type { Cooldown } from './cooldown.js';

/** How long an answer may be served. Every age is in milliseconds from the start of the answer's request. */
export interface Lifetime {
  /** From this age on, each use of the answer also starts a refresh. */
  readonly refreshAfterMs: number;
  /** Up to this age the answer is fresh. */
  readonly freshForMs: number;
  /** Up to this age the answer may be served while requests fail. */
  readonly usableForMs: number;
  /** The age at which the credential expires; `Infinity` if it is unknown. */
  readonly expiresAfterMs: number;
}

export type Freshness = 'fresh' | 'needs-refresh' | 'stale' | 'expired';

/** The options that decide a lifetime, in their public units: durations in seconds, `expiresAt` in epoch milliseconds. */
export interface LifetimeOptions {
  readonly maxAge: number | undefined;
  readonly staleIfError: number;
  readonly expiresAt: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A refresh is due between 50 % and 90 % of the time for which the answer is fresh. */
const earliestRefresh = 0.5;
const refreshSpread = 0.4;

/** With one hour instead of two, the busiest minute after an outage of ten minutes has up to 2.5 times the mean: see bench/herd. */
const longestPausedFreshnessMs = 2 * hourMs;

/** Many routes return only STUN servers while their provider fails. One bad minute must not cost an hour. */
const freshWithoutTurnMs = minuteMs;

/**
 * Returns the lifetime of an answer.
 *
 * @param random a number from 0 to 1, drawn for each client and each answer, which spreads the refreshes of pages that loaded together
 */
export function getLifetime(
  answer: { readonly fetchedAt: number; readonly ttl: number | undefined; readonly hasTurn?: boolean },
  { maxAge, staleIfError, expiresAt }: LifetimeOptions,
  random: number,
): Lifetime {
  const { fetchedAt, ttl = Infinity, hasTurn = true } = answer;
  const expiresAfterMs = Math.min(expiresAt - fetchedAt, ttl * 1000);
  const defaultMs = expiresAfterMs === Infinity ? hourMs : expiresAfterMs;
  const wantedMs = maxAge === undefined ? defaultMs : maxAge * 1000;
  const freshForMs = Math.min(wantedMs, expiresAfterMs, hasTurn ? Infinity : freshWithoutTurnMs);
  return {
    refreshAfterMs: Math.min(freshForMs * (earliestRefresh + refreshSpread * random), latestRefreshMs(expiresAfterMs)),
    freshForMs,
    usableForMs: Math.min(freshForMs + staleIfError * 1000, expiresAfterMs),
    expiresAfterMs,
  };
}

/** Returns how fresh an answer of this age is. A negative age is `expired`, because the clock was set back and the true age is unknown. */
export function getFreshness(lifetime: Lifetime, ageMs: number): Freshness {
  if (!(ageMs >= 0) || ageMs >= lifetime.usableForMs) return 'expired';
  if (ageMs >= lifetime.freshForMs) return 'stale';
  return ageMs >= lifetime.refreshAfterMs ? 'needs-refresh' : 'fresh';
}

/**
 * Returns whether the remaining validity is sufficient. If even a new answer has no more than required, half of its lifetime is enough,
 * because otherwise each call would make a request.
 *
 * @param requiredMs by default a minute, or a tenth of the whole lifetime if that is less
 * @param newAgeMs the age of a new answer when it arrives
 */
export function isValidFor(
  { expiresAfterMs }: Lifetime,
  ageMs: number,
  requiredMs: number = defaultValidityMs(expiresAfterMs),
  newAgeMs = 0,
): boolean {
  const achievableMs = requiredMs >= expiresAfterMs - newAgeMs ? expiresAfterMs / 2 : requiredMs;
  return expiresAfterMs - ageMs >= achievableMs;
}

/** Returns the time until a background refresh is due. After a failure, it is not due before the cool-down and the pause have ended. */
export function refreshDueInMs(lifetime: Lifetime | undefined, ageMs: number, cooldown: Cooldown | undefined, now: number): number {
  // If the age is negative, the clock was set back: nothing is fresh, so a refresh is due.
  const dueInMs = lifetime && ageMs >= 0 ? lifetime.refreshAfterMs - ageMs : 0;
  if (!cooldown || cooldown.failedAt > now) return dueInMs;
  const sinceFailureMs = now - cooldown.failedAt;
  const pauseLeftMs = lifetime ? refreshPauseMs(lifetime, ageMs - sinceFailureMs) - sinceFailureMs : 0;
  return Math.max(dueInMs, cooldown.until - now, pauseLeftMs);
}

/**
 * Returns how long background refreshes pause after a failure: 85 % of the time between the random refresh time and the end of freshness,
 * where freshness counts as two hours at most. For two hours, that is 10.2 to 51 minutes, so that pages which failed together do not return
 * together. The pause is never longer than half of the remaining validity.
 */
export function refreshPauseMs({ refreshAfterMs, freshForMs, expiresAfterMs }: Lifetime, ageMs: number): number {
  const shareAfterRefresh = 1 - refreshAfterMs / freshForMs;
  // An answer that stays fresh forever has no pause: Infinity / Infinity is NaN.
  const spreadMs = 0.85 * shareAfterRefresh * Math.min(freshForMs, longestPausedFreshnessMs) || 0;
  return Math.min(spreadMs, (expiresAfterMs - ageMs) / 2);
}

function defaultValidityMs(expiresAfterMs: number): number {
  return Math.min(minuteMs, expiresAfterMs / 10);
}

/** A refresh starts at the latest at twice the default validity before the end, so that it can finish before `peek` becomes empty. */
function latestRefreshMs(expiresAfterMs: number): number {
  return expiresAfterMs === Infinity ? Infinity : expiresAfterMs - 2 * defaultValidityMs(expiresAfterMs);
}
