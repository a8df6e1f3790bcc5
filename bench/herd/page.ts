import { nextCooldown, isActiveCooldown, type Cooldown } from '../../src/credentials/cooldown.js';
import { refreshDueInMs, getFreshness, getLifetime, type Lifetime } from '../../src/credentials/freshness.js';

export interface Habits {
  /** Milliseconds; `staleIfError` is at its default of a day. */
  readonly maxAgeMs: number;
  /** Whether each draw is one's own; without, all pages draw the same. */
  readonly hasJitter: boolean;
  /** Whether a failure is remembered; without, the next tick of the page's timer asks again. */
  readonly hasCoolDown: boolean;
}

export interface Endpoint {
  readonly isDown: (at: number) => boolean;
  /** Called at each request. */
  readonly ask: (at: number) => void;
}

/** A page of one browser, which asks when the package's own rules say so. All times are in milliseconds. */
export interface Page {
  /** It is opened, or reloaded, and calls `load`. */
  readonly open: (now: number) => void;
  /** The timer of its loader fires, which a listener keeps going. */
  readonly tick: (now: number) => void;
  /** When that is to be. */
  readonly nextTick: (now: number) => number;
}

const shortestTickMs = 1000;
const retries = 2;

export const createPage = ({ maxAgeMs, hasJitter, hasCoolDown }: Habits, endpoint: Endpoint, random: () => number): Page => {
  const draw = (): number => (hasJitter ? random() : 0.5);
  let fetchedAt = 0;
  let life: Lifetime | undefined;
  let cool: Cooldown | undefined;

  const live = (): void => {
    life = getLifetime({ fetchedAt, ttl: undefined }, { maxAge: maxAgeMs / 1000, staleIfError: 86_400, expiresAt: Infinity }, draw());
  };

  const request = (now: number, isAwaited: boolean): void => {
    const isDown = endpoint.isDown(now);
    // The retries fall into the minute of their request.
    for (let tries = isDown && isAwaited ? 1 + retries : 1; tries; tries--) endpoint.ask(now);
    if (isDown) {
      if (hasCoolDown) cool = nextCooldown({ code: 'server-error', status: 503, retryAt: undefined }, cool, now, draw());
    } else {
      cool = undefined;
      fetchedAt = now;
      live();
    }
  };

  return {
    open: (now) => {
      // What storage holds gets its life anew.
      if (life) live();
      const freshness = life ? getFreshness(life, now - fetchedAt) : 'expired';
      if (freshness !== 'fresh' && !isActiveCooldown(cool, now)) request(now, freshness !== 'needs-refresh');
    },
    tick: (now) => request(now, false),
    nextTick: (now) => now + Math.max(shortestTickMs, refreshDueInMs(life, now - fetchedAt, cool, now)),
  };
};
