import { policyFor, type IceServersErrorCode } from '../errors/error-policy.js';

/** A failure that is remembered, so that the endpoint is left alone for a while. All times are epoch milliseconds. */
export interface Cooldown {
  readonly code: IceServersErrorCode;
  /** The HTTP status of the failure, if there was one. */
  readonly status: number | undefined;
  readonly failedAt: number;
  readonly until: number;
  /** How many failures followed each other. */
  readonly count: number;
}

/** What of a failure decides its cool-down. */
interface Failure {
  readonly code: IceServersErrorCode;
  readonly status: number | undefined;
  readonly retryAt: number | undefined;
}

const minuteMs = 60_000;
const longestDelayMs = 5 * minuteMs;
/** A server's word keeps a page from its servers for a day at most. */
const longestRetryAfterMs = 24 * 60 * minuteMs;

/**
 * Returns the cool-down after a failure.
 *
 * @param random a number from 0 to 1: it spreads the next requests of pages that failed together
 */
export function nextCooldown(failure: Failure, previous: Cooldown | undefined, now: number, random: number): Cooldown {
  const count = previous && now - previous.until < longestDelayMs ? previous.count + 1 : 1;
  const { code, status } = failure;
  return { code, status, failedAt: now, until: Math.ceil(now + delayMsAfter(failure, count, now, random)), count };
}

/** Tells whether the endpoint is still to be left alone. A cool-down from the future, or longer than any, is void: the clock was wrong. */
export function isActiveCooldown(cooldown: Cooldown | undefined, now: number): cooldown is Cooldown {
  return !!cooldown && cooldown.failedAt <= now && now < cooldown.until && cooldown.until - now <= longestRetryAfterMs;
}

/** Tells whether a rate limit is active. It overrides every other rule, also `cache: "reload"`. */
export function isActiveRateLimit(cooldown: Cooldown | undefined, now: number): cooldown is Cooldown {
  return isActiveCooldown(cooldown, now) && isRateLimit(cooldown.code);
}

/** Tells whether the endpoint itself said how long to wait. */
export function isRateLimit(code: IceServersErrorCode): boolean {
  return policyFor(code).cooldown === 'server';
}

function delayMsAfter({ code, retryAt }: Failure, count: number, now: number, random: number): number {
  switch (policyFor(code).cooldown) {
    case 'final':
      return longestDelayMs;
    case 'server':
      return Math.min(Math.max((retryAt ?? now + minuteMs) - now, 1000), longestRetryAfterMs);
    default:
      return Math.min(1000 * 2 ** count * (1 + random / 2), longestDelayMs);
  }
}
