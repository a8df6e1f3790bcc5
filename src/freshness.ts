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
 * The life of an answer.
 *
 * @param share a number from 0 to 1, drawn anew for each client and answer: it spreads the refreshes of pages that loaded together
 */
export const lifeOf = (
  { fetchedAt, ttl = Infinity }: { readonly fetchedAt: number; readonly ttl: number | undefined },
  { maxAgeMs, staleIfErrorMs, expiresAt }: { readonly maxAgeMs: number; readonly staleIfErrorMs: number; readonly expiresAt: number },
  share: number,
): Life => {
  const deadMs = Math.min(expiresAt - fetchedAt, ttl * 1000);
  const freshMs = Math.min(maxAgeMs, deadMs);
  return { softMs: freshMs * (0.5 + 0.4 * share), freshMs, staleMs: Math.min(freshMs + staleIfErrorMs, deadMs), deadMs };
};

/** What an answer of this age is good for. One from the future is good for nothing: the clock was turned back. */
export const freshnessAt = (life: Life, ageMs: number): Freshness =>
  !(ageMs >= 0) || ageMs >= life.staleMs ? 'dead' : ageMs >= life.freshMs ? 'stale' : ageMs >= life.softMs ? 'ageing' : 'fresh';

/**
 * Whether enough known life is left. An answer that had too little when it was new counts as enough: a newer one would be no better.
 */
export const isValidFor = (life: Life, ageMs: number, minValidityMs: number = Math.min(60_000, life.deadMs / 10)): boolean =>
  life.deadMs < minValidityMs || life.deadMs - ageMs >= minValidityMs;

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

/** How long behind-the-scenes refreshes wait after a failure: a tenth of the life, 5 minutes at most. */
export const retryPauseMs = (life: Life): number => Math.min(maxDelayMs, life.freshMs / 10);
