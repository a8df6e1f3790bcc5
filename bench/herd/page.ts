import { nextCooldown, isActiveCooldown, type Cooldown } from '../../src/credentials/cooldown.js';
import { refreshDueInMs, getFreshness, getLifetime, isValidFor, type Lifetime } from '../../src/credentials/freshness.js';

export interface Habits {
  /** Milliseconds; `staleIfError` is at its default of a day. */
  readonly maxAgeMs: number;
  /** With an `apiKey` function: how long the credential of each minted key lives, in milliseconds. Nothing is served past it. */
  readonly mintedLifeMs?: number | undefined;
  /** Whether each draw is one's own; without, all pages draw the same. */
  readonly hasJitter: boolean;
  /** Whether a failure is remembered; without, the next tick of the page's timer asks again. */
  readonly hasCoolDown: boolean;
}

/** What a page calls: the Get Credential endpoint, or the app's mint route. */
export interface Service {
  readonly isDown: (at: number) => boolean;
  /** Called at each request. */
  readonly ask: (at: number) => void;
}

export interface Services {
  readonly endpoint: Service;
  readonly mintRoute: Service;
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

export const createPage = (
  { maxAgeMs, mintedLifeMs, hasJitter, hasCoolDown }: Habits,
  { endpoint, mintRoute }: Services,
  random: () => number,
): Page => {
  const draw = (): number => (hasJitter ? random() : 0.5);
  const ttl = mintedLifeMs === undefined ? undefined : mintedLifeMs / 1000;
  let fetchedAt = 0;
  let life: Lifetime | undefined;
  let cool: Cooldown | undefined;

  const live = (): void => {
    life = getLifetime({ fetchedAt, ttl }, { maxAge: maxAgeMs / 1000, staleIfError: 86_400, expiresAt: Infinity }, draw());
  };

  /** Returns the code of the failure, if there is one. The retries fall into the minute of their request. */
  const ask = (now: number, isAwaited: boolean): 'source-failed' | 'server-error' | undefined => {
    if (mintedLifeMs !== undefined) {
      // The function is called once for a load, not once for each retry.
      mintRoute.ask(now);
      if (mintRoute.isDown(now)) return 'source-failed';
    }
    const isDown = endpoint.isDown(now);
    for (let tries = isDown && isAwaited ? 1 + retries : 1; tries; tries--) endpoint.ask(now);
    return isDown ? 'server-error' : undefined;
  };

  const request = (now: number, isAwaited: boolean): void => {
    const code = ask(now, isAwaited);
    if (code) {
      const status = code === 'server-error' ? 503 : undefined;
      if (hasCoolDown) cool = nextCooldown({ code, status, retryAt: undefined }, cool, now, draw());
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
      const ageMs = now - fetchedAt;
      const freshness = life ? getFreshness(life, ageMs) : 'expired';
      const isServed = !!life && (freshness === 'fresh' || freshness === 'needs-refresh') && isValidFor(life, ageMs);
      if (!(isServed && freshness === 'fresh') && !isActiveCooldown(cool, now)) request(now, !isServed);
    },
    tick: (now) => request(now, false),
    nextTick: (now) => now + Math.max(shortestTickMs, refreshDueInMs(life, now - fetchedAt, cool, now)),
  };
};
