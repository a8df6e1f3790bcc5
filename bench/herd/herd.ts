import { randomFrom } from '../../test/support/random.js';
import { createPage, type Habits, type Service, type Services } from './page.js';

export const minuteMs = 60_000;
export const hourMs: number = 60 * minuteMs;
const minutesOfDay = 24 * 60;

export interface Herd extends Habits {
  readonly pages: number;
  readonly seed: number;
  /** How long a page stays open before somebody reloads it, on average. */
  readonly reloadMs: number;
  readonly outage?: Outage | undefined;
}

/** In minutes after the first page was opened. */
export interface Outage {
  readonly from: number;
  readonly to: number;
  /** The endpoint, if nothing is said. */
  readonly of?: keyof Services;
}

/** What each service gets in each minute of a day. */
export type Day = Readonly<Record<keyof Services, Float64Array>>;

export const usual: Habits & Pick<Herd, 'reloadMs'> = { maxAgeMs: hourMs, reloadMs: 2 * hourMs, hasJitter: true, hasCoolDown: true };

/** Pages with an `apiKey` function, whose keys live for four hours. */
export const minted: typeof usual = { ...usual, maxAgeMs: 4 * hourMs, mintedLifeMs: 4 * hourMs };

/** A day of pages that were all opened within its first minute and stay open: the requests that each service gets in each minute. */
export const dayOf = ({ pages, seed, reloadMs, outage, ...habits }: Herd): Day => {
  const random = randomFrom(seed);
  const day: Day = { endpoint: new Float64Array(minutesOfDay), mintRoute: new Float64Array(minutesOfDay) };
  const service = (name: keyof Services): Service => ({
    isDown: (at) => (outage?.of ?? 'endpoint') === name && isDuring(outage, at),
    ask: (at) => void day[name][Math.floor(at / minuteMs)]!++,
  });
  const services: Services = { endpoint: service('endpoint'), mintRoute: service('mintRoute') };
  for (let i = 0; i < pages; i++) {
    const page = createPage(habits, services, random);
    let reloadAt = random() * minuteMs;
    for (let now = reloadAt; now < minutesOfDay * minuteMs; now = Math.min(page.nextTick(now), reloadAt)) {
      if (now < reloadAt) page.tick(now);
      else {
        page.open(now);
        reloadAt = now - Math.log(1 - random()) * reloadMs;
      }
    }
  }
  return day;
};

/** The requests that the endpoint gets in each minute of such a day. */
export const requestsByMinute = (herd: Herd): Float64Array => dayOf(herd).endpoint;

const isDuring = (outage: Outage | undefined, at: number): boolean => !!outage && at >= outage.from * minuteMs && at < outage.to * minuteMs;

/** How often the endpoint is asked by somebody who opens a page at these times, without `autoRefresh`, on average. */
export const callsOfVisits = (openedAtMs: readonly number[], habits: Pick<Habits, 'maxAgeMs' | 'mintedLifeMs'>, seed: number): number => {
  const people = 10_000;
  const random = randomFrom(seed);
  let calls = 0;
  const endpoint: Service = { isDown: () => false, ask: () => void calls++ };
  const mintRoute: Service = { isDown: () => false, ask: () => {} };
  for (let i = 0; i < people; i++) {
    const page = createPage({ ...habits, hasJitter: true, hasCoolDown: true }, { endpoint, mintRoute }, random);
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
