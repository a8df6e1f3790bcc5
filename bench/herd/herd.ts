import { randomFrom } from '../../test/support/random.js';
import { createPage, type Endpoint, type Habits } from './page.js';

export const minuteMs = 60_000;
export const hourMs: number = 60 * minuteMs;
const minutesOfDay = 24 * 60;

export interface Herd extends Habits {
  readonly pages: number;
  readonly seed: number;
  /** How long a page stays open before somebody reloads it, on average. */
  readonly reloadMs: number;
  /** In minutes after the first page was opened. */
  readonly outage?: { readonly from: number; readonly to: number } | undefined;
}

export const usual: Habits & Pick<Herd, 'reloadMs'> = { maxAgeMs: hourMs, reloadMs: 2 * hourMs, hasJitter: true, hasCoolDown: true };

/** A day of pages that were all opened within its first minute and stay open: the requests that the endpoint gets in each minute. */
export const requestsByMinute = ({ pages, seed, reloadMs, outage = { from: 0, to: 0 }, ...habits }: Herd): Float64Array => {
  const random = randomFrom(seed);
  const minutes = new Float64Array(minutesOfDay);
  const endpoint: Endpoint = {
    isDown: (at) => at >= outage.from * minuteMs && at < outage.to * minuteMs,
    ask: (at) => void minutes[Math.floor(at / minuteMs)]!++,
  };
  for (let i = 0; i < pages; i++) {
    const page = createPage(habits, endpoint, random);
    let reloadAt = random() * minuteMs;
    for (let now = reloadAt; now < minutesOfDay * minuteMs; now = Math.min(page.nextTick(now), reloadAt)) {
      if (now < reloadAt) page.tick(now);
      else {
        page.open(now);
        reloadAt = now - Math.log(1 - random()) * reloadMs;
      }
    }
  }
  return minutes;
};

/** How often somebody asks who opens a page at these times and listens to nothing, on average. */
export const callsOfVisits = (openedAtMs: readonly number[], maxAgeMs: number, seed: number): number => {
  const people = 10_000;
  const random = randomFrom(seed);
  let calls = 0;
  const endpoint: Endpoint = { isDown: () => false, ask: () => void calls++ };
  for (let i = 0; i < people; i++) {
    const page = createPage({ maxAgeMs, hasJitter: true, hasCoolDown: true }, endpoint, random);
    for (const at of openedAtMs) page.open(at);
  }
  return calls / people;
};

export const meanOf = (minutes: Float64Array): number => minutes.reduce((sum, count) => sum + count, 0) / minutes.length;

export const peakOf = (minutes: Float64Array): number => Math.max(...minutes);

/** The minutes by which every page has refreshed twice: the second refresh comes at 1.8 lives at the latest. */
export const settledAfter = (maxAgeMs: number): number => Math.ceil((1.8 * maxAgeMs) / minuteMs) + 1;

/** The highest minute over the mean once every page has refreshed twice. */
export const peakOverMean = (minutes: Float64Array, maxAgeMs: number): number => {
  const settled = minutes.subarray(settledAfter(maxAgeMs));
  return peakOf(settled) / meanOf(settled);
};
