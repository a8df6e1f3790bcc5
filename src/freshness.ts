/** How long an answer may serve: ages in milliseconds, counted from the start of its request. */
export interface Life {
  /** From this age on a use also refreshes. */
  readonly softMs: number;
  /** Up to this age it is fresh. */
  readonly freshMs: number;
  /** Up to this age it may serve while the endpoint can't answer. */
  readonly staleMs: number;
  /** At this age the credential dies; `Infinity` where nobody knows. */
  readonly deadMs: number;
}

export type Freshness = 'fresh' | 'ageing' | 'stale' | 'dead';

/**
 * The life of an answer, by the options and in their units: `ttl`, `maxAge` and `staleIfError` are seconds, the rest is epoch milliseconds.
 *
 * @param share a number from 0 to 1, drawn anew for each client and answer: it spreads the refreshes of pages that loaded together
 */
export const lifeOf = (
  { fetchedAt, ttl = Infinity }: { readonly fetchedAt: number; readonly ttl: number | undefined },
  { maxAge, staleIfError, expiresAt }: { readonly maxAge: number; readonly staleIfError: number; readonly expiresAt: number },
  share: number,
): Life => {
  const deadMs = Math.min(expiresAt - fetchedAt, ttl * 1000);
  const freshMs = Math.min(maxAge * 1000, deadMs);
  return { softMs: freshMs * (0.5 + 0.4 * share), freshMs, staleMs: Math.min(freshMs + staleIfError * 1000, deadMs), deadMs };
};

/** What an answer of this age is good for. One from the future is good for nothing: the clock was turned back. */
export const freshnessAt = (life: Life, ageMs: number): Freshness =>
  !(ageMs >= 0) || ageMs >= life.staleMs ? 'dead' : ageMs >= life.freshMs ? 'stale' : ageMs >= life.softMs ? 'ageing' : 'fresh';

/**
 * Whether enough known life is left. Where even a new answer has less than is wished for, half of a life is enough: a newer one would be
 * better, but not for each call.
 */
export const isValidFor = (life: Life, ageMs: number, minValidityMs: number = Math.min(60_000, life.deadMs / 10)): boolean =>
  life.deadMs - ageMs >= (life.deadMs < minValidityMs ? life.deadMs / 2 : minValidityMs);

/** A failure that is remembered, so that the endpoint is left alone for a while. */
export interface CoolDown {
  readonly code: string;
  readonly status: number | undefined;
  readonly failedAt: number;
  readonly until: number;
  /** How many failures came one after the other. */
  readonly count: number;
}

const final = /api-key|not-found/;
const minuteMs = 60_000;
const maxDelayMs = 5 * minuteMs;
/** No server's word keeps a page from its servers for longer than this. */
const maxRetryAfterMs = 24 * 60 * minuteMs;

/** How long to leave the endpoint alone after a failure: minutes after a final one, what a 429 says, else 2 s doubling to 5 min. */
export const coolDownAfter = (
  { code, status, retryAt }: { readonly code: string; readonly status: number | undefined; readonly retryAt: number | undefined },
  last: CoolDown | undefined,
  now: number,
  share: number,
): CoolDown => {
  const count = last && now - last.until < maxDelayMs ? last.count + 1 : 1;
  const delayMs = final.test(code)
    ? maxDelayMs
    : code === 'rate-limited'
      ? Math.min(Math.max((retryAt ?? now + minuteMs) - now, 1000), maxRetryAfterMs)
      : Math.min(1000 * 2 ** count * (1 + share / 2), maxDelayMs);
  return { code, status, failedAt: now, until: Math.ceil(now + delayMs), count };
};

/** Whether the endpoint is still to be left alone; a cool-down from the future, or longer than any, is void. */
export const isCooling = (cool: CoolDown | undefined, now: number): cool is CoolDown =>
  !!cool && cool.failedAt <= now && now < cool.until && cool.until - now <= maxRetryAfterMs;

/** Whether a rate limit is on, which gives way to nothing. */
export const isLimited = (cool: CoolDown | undefined, now: number): cool is CoolDown =>
  isCooling(cool, now) && cool.code === 'rate-limited';

/**
 * How long behind-the-scenes refreshes wait after a failure: 85 % of what the draw leaves between the soft time and the end, of
 * an hour at most (5.1 to 25.5 minutes: no 13 requests in an hour), so that pages that failed together come back one by one; never past
 * half of what is left of a known life.
 */
export const retryPauseMs = ({ softMs, freshMs, deadMs }: Life, ageMs: number): number =>
  Math.min(0.85 * (1 - softMs / freshMs) * Math.min(freshMs, 60 * minuteMs) || 0, (deadMs - ageMs) / 2);

/** How long until a refresh behind the scenes makes sense: at the soft time, and after a failure not before cool-down and pause are over. */
export const dueInMs = (life: Life | undefined, ageMs: number, cool: CoolDown | undefined, now: number): number => {
  const softMs = life ? life.softMs - ageMs : 0;
  if (!cool) return softMs;
  const sinceMs = now - cool.failedAt;
  return Math.max(softMs, cool.until - now, life ? retryPauseMs(life, ageMs - sinceMs) - sinceMs : 0);
};
