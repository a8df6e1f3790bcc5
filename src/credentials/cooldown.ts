import { policyFor, type IceServersErrorCode } from '../errors/error-policy.js';

/** A recorded failure after which no request is made for a while. All times are in epoch milliseconds. */
export interface Cooldown {
  readonly code: IceServersErrorCode;
  /** The HTTP status of the failure, if there was one. */
  readonly status: number | undefined;
  readonly failedAt: number;
  readonly until: number;
  /** How many failures occurred in a row. */
  readonly count: number;
}

/** The properties of a failure that decide its cool-down. */
interface Failure {
  readonly code: IceServersErrorCode;
  readonly status: number | undefined;
  readonly retryAt: number | undefined;
}

const minuteMs = 60_000;
const longestDelayMs = 5 * minuteMs;
/** A Retry-After header can stop requests for a day at most. */
const longestRetryAfterMs = 24 * 60 * minuteMs;

/**
 * Returns the cool-down after a failure.
 *
 * @param random a number from 0 to 1, which spreads the next requests of pages that failed together
 */
export function nextCooldown(failure: Failure, previous: Cooldown | undefined, now: number, random: number): Cooldown {
  const count = previous && now - previous.until < longestDelayMs ? previous.count + 1 : 1;
  const { code, status } = failure;
  return { code, status, failedAt: now, until: Math.ceil(now + delayMsAfter(failure, count, now, random)), count };
}

/** Returns whether the cool-down still applies. One that starts in the future, or is impossibly long, does not: the clock was wrong. */
export function isActiveCooldown(cooldown: Cooldown | undefined, now: number): cooldown is Cooldown {
  return !!cooldown && cooldown.failedAt <= now && now < cooldown.until && cooldown.until - now <= longestRetryAfterMs;
}

/** Returns whether the cool-down is an active rate limit, which overrides every other rule, even `cache: "reload"`. */
export function isActiveRateLimit(cooldown: Cooldown | undefined, now: number): cooldown is Cooldown {
  return isActiveCooldown(cooldown, now) && isRateLimit(cooldown.code);
}

/** Returns whether the code is a rate limit: the endpoint itself says how long to wait. */
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
