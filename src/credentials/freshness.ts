import type { Cooldown } from './cooldown.js';

/** How long an answer may serve. Every age is in milliseconds and counts from the start of the answer's request. */
export interface Lifetime {
  /** From this age on, each use also starts a refresh. */
  readonly refreshAfterMs: number;
  /** Up to this age the answer is fresh. */
  readonly freshForMs: number;
  /** Up to this age it may serve while the endpoint fails. */
  readonly usableForMs: number;
  /** The age at which the credential dies; `Infinity` if nobody knows. */
  readonly expiresAfterMs: number;
}

export type Freshness = 'fresh' | 'needs-refresh' | 'stale' | 'expired';

/** What decides a lifetime, in the units of the options: seconds, and epoch milliseconds for dates. */
export interface LifetimeOptions {
  readonly maxAge: number | undefined;
  readonly staleIfError: number;
  readonly expiresAt: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The refresh is due between half and nine tenths of the fresh time. */
const earliestRefresh = 0.5;
const refreshSpread = 0.4;

/** Many routes answer STUN alone when their provider fails: one bad minute must not cost an hour. */
const freshWithoutTurnMs = minuteMs;

/**
 * Returns the lifetime of an answer.
 *
 * @param random a number from 0 to 1, drawn for each client and each answer: it spreads the refreshes of pages that loaded together
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

/** Tells what an answer of this age is good for. A negative age is `expired`: the clock was set back, and nothing is known. */
export function getFreshness(lifetime: Lifetime, ageMs: number): Freshness {
  if (!(ageMs >= 0) || ageMs >= lifetime.usableForMs) return 'expired';
  if (ageMs >= lifetime.freshForMs) return 'stale';
  return ageMs >= lifetime.refreshAfterMs ? 'needs-refresh' : 'fresh';
}

/**
 * Tells whether enough known life is left. If even a new answer has less than required, half of its life is enough: otherwise each call
 * would start a request.
 *
 * @param requiredMs by default a minute, or a tenth of the whole life if that is less
 */
export function isValidFor(lifetime: Lifetime, ageMs: number, requiredMs: number = defaultValidityMs(lifetime.expiresAfterMs)): boolean {
  const { expiresAfterMs } = lifetime;
  const achievableMs = expiresAfterMs < requiredMs ? expiresAfterMs / 2 : requiredMs;
  return expiresAfterMs - ageMs >= achievableMs;
}

/** Returns the time until a background refresh makes sense: at its drawn instant, and after a failure not before cool-down and pause end. */
export function refreshDueInMs(lifetime: Lifetime | undefined, ageMs: number, cooldown: Cooldown | undefined, now: number): number {
  // With a negative age the clock was set back: nothing is fresh, so a refresh is due.
  const dueInMs = lifetime && ageMs >= 0 ? lifetime.refreshAfterMs - ageMs : 0;
  if (!cooldown || cooldown.failedAt > now) return dueInMs;
  const sinceFailureMs = now - cooldown.failedAt;
  const pauseLeftMs = lifetime ? refreshPauseMs(lifetime, ageMs - sinceFailureMs) - sinceFailureMs : 0;
  return Math.max(dueInMs, cooldown.until - now, pauseLeftMs);
}

/**
 * Returns how long background refreshes wait after a failure: 85 % of the time that the draw leaves between the refresh and the end of an
 * hour at most. That is 5.1 to 25.5 minutes, so that pages which failed together return one by one, and less than half of the known life.
 */
export function refreshPauseMs({ refreshAfterMs, freshForMs, expiresAfterMs }: Lifetime, ageMs: number): number {
  const shareAfterRefresh = 1 - refreshAfterMs / freshForMs;
  // Infinity / Infinity is no number: an answer that stays fresh for ever has no pause.
  const spreadMs = 0.85 * shareAfterRefresh * Math.min(freshForMs, hourMs) || 0;
  return Math.min(spreadMs, (expiresAfterMs - ageMs) / 2);
}

function defaultValidityMs(expiresAfterMs: number): number {
  return Math.min(minuteMs, expiresAfterMs / 10);
}

/** Twice the default validity before the end: a refresh has as much time as is then left, and `peek` is never empty. */
function latestRefreshMs(expiresAfterMs: number): number {
  return expiresAfterMs === Infinity ? Infinity : expiresAfterMs - 2 * defaultValidityMs(expiresAfterMs);
}
