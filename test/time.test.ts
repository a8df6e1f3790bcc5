import { describe, expect, it, vi } from 'vitest';
import { createIceServersLoader } from '../src/index.js';
import { apiKey, good, json, delayed, meteredBody, httpError, unreachable } from './support/endpoint.js';
import { errorsOf, mockRandom, openTab, refreshesOf, userOf } from './support/loaders.js';
import { stubPage } from './support/page.js';
import { changeRecords } from './support/storage.js';
import {
  advance,
  settle,
  afterTest,
  dayMs,
  failureOf,
  hourMs,
  advanceQuickly,
  jumpClock,
  minuteMs,
  outcomeOf,
  secondMs,
  startOfTime,
  flush,
} from './support/world.js';

/** The longest delay that any timer gets. */
const watchTimers = () => {
  const delays: number[] = [];
  const { setTimeout: real } = globalThis;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation((callback: () => void, ms = 0) => {
    delays.push(ms);
    return real(callback, ms);
  });
  return delays;
};

describe('a page that stays open', () => {
  it.each([
    ['an hour', hourMs],
    ['a day', dayMs],
    ['a week', 7 * dayMs],
  ])('C-38: for %s and longer than maxAge, without any timer: the next load brings live credentials', async (_, ms) => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(ms);
    expect(loader.peek()).toBeUndefined();
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-38: gets the old list only while the endpoint cannot answer and staleIfError lasts', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(20 * hourMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(loader.status?.source).toBe('stale');
    jumpClock(6 * hourMs);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
    endpoint.always(good);
    jumpClock(6 * hourMs);
    expect(userOf(await settle(loader.load()))).toMatch(/user-\d/);
    expect(loader.status?.source).toBe('network');
  });

  it('C-38: with a listener stays fresh for a week, with a request or two an hour', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    refreshesOf(loader);
    await settle(loader.load());
    for (let hour = 0; hour < 7 * 24; hour++) {
      await advanceQuickly(hourMs);
      expect(loader.peek()).toBeDefined();
    }
    expect(endpoint.requests.length).toBeLessThanOrEqual(2 * 7 * 24 + 1);
    expect(endpoint.requests.length).toBeGreaterThanOrEqual(7 * 24);
  });
});

describe('a clock that jumps', () => {
  it('C-37: 8 hours in one step: nothing past its life is served as fresh', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    jumpClock(8 * hourMs);
    expect(loader.peek()).toBeUndefined();
    expect(await failureOf(loader.load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('C-37: 8 hours in one step: events come in order, one refresh for the jump', async () => {
    const { loader, endpoint } = openTab();
    const statuses = refreshesOf(loader);
    await settle(loader.load());
    jumpClock(8 * hourMs);
    await advance(2 * minuteMs);
    await settle(loader.load());
    expect(endpoint.requests).toHaveLength(2);
    expect(statuses).toHaveLength(2);
    expect(statuses[1]!.fetchedAt).toBeGreaterThan(statuses[0]!.fetchedAt);
  });

  it('C-37: forward while a request is under way settles all the same', async () => {
    const { loader } = openTab({}, delayed(5 * secondMs));
    const loading = loader.load();
    await advance(secondMs);
    jumpClock(8 * hourMs);
    expect(await settle(loading)).toBeDefined();
  });

  it('C-39: back by a day after storing: an entry from the future is a miss', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(-dayMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-39: back by a day in an open page: one request, and then hits', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(-dayMs);
    for (let i = 0; i < 10; i++) await settle(loader.load());
    await flush();
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-39: back by a day: what replaces the entry from the future is kept for the next page', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(-dayMs);
    await settle(loader.load());
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-39: back by a day: the entry from the future does not serve an endpoint that is down', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(-dayMs);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });

  it('C-39: of another tab does not replace a good entry by one from the future', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    await flush();
    await changeRecords((record) => ({ ...record, fetchedAt: startOfTime + dayMs, iceServers: meteredBody('future') }));
    endpoint.always(unreachable);
    await failureOf(loader.load({ cache: 'reload' }));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it('C-39: back by a minute at a time cannot keep an entry alive: the monotonic clock counts too', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    for (let i = 0; i < 61; i++) {
      await advance(minuteMs);
      jumpClock(-minuteMs + 10);
    }
    expect(loader.peek()).toBeUndefined();
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it.each([-2, 2])('C-39: wrong by %i hours all day: one request for each maxAge, no loop', async (hours) => {
    jumpClock(hours * hourMs);
    const { loader, endpoint } = openTab();
    for (let minute = 0; minute < 4 * 60; minute += 10) {
      await settle(loader.load());
      await advance(10 * minuteMs);
    }
    expect(endpoint.requests.length).toBeGreaterThanOrEqual(4);
    expect(endpoint.requests.length).toBeLessThanOrEqual(9);
  });

  it('C-39: back by a day ends a cool-down, which would else last for a day', async () => {
    const { loader, endpoint } = openTab({}, httpError(401));
    await failureOf(loader.load());
    jumpClock(-dayMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('forward and back again leaves a fresh answer fresh', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(2 * hourMs);
    jumpClock(-2 * hourMs);
    await settle(loader.load());
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('maxAge', () => {
  it.each([
    ['30 days', 30 * 86_400],
    ['a year', 365 * 86_400],
    ['for ever', Infinity],
  ])('C-36: of %s, with a listener: at most one request in two weeks, and no timer beyond 2³¹−1 ms', async (_, maxAge) => {
    const delays = watchTimers();
    const { loader, endpoint } = openTab({ maxAge, storage: 'memory' });
    refreshesOf(loader);
    await settle(loader.load());
    for (let day = 0; day < 14; day++) await advanceQuickly(dayMs);
    expect(endpoint.requests).toHaveLength(1);
    expect(Math.max(...delays)).toBeLessThan(2 ** 31);
  });

  it('C-36: of for ever has an expiry of Infinity', async () => {
    const { loader } = openTab({ maxAge: Infinity });
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(Infinity);
    jumpClock(365 * dayMs);
    expect(loader.peek()).toBeDefined();
  });

  it.each([Infinity, 1e12])('C-36: a timeout of %d ms lets an answer take its time', async (timeout) => {
    const { loader } = openTab({ storage: 'memory', timeout }, delayed(20 * secondMs));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it('C-36: makes no TimeoutOverflowWarning', async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error): void => void warnings.push(warning);
    process.on('warning', hear);
    afterTest(() => process.off('warning', hear));
    const { loader } = openTab({ maxAge: 1e9, timeout: 1e12 });
    refreshesOf(loader);
    await settle(loader.load());
    await flush();
    expect(warnings).toEqual([]);
  });

  it.each([NaN, -1, 0])('C-36: of %d is a TypeError', (maxAge) => {
    expect(() => createIceServersLoader({ appName: 'demo', apiKey, maxAge })).toThrow(TypeError);
  });

  it('of 1 s means a request at most each half second, with a listener that never sleeps', async () => {
    const { loader, endpoint } = openTab({ maxAge: 1, storage: 'memory' });
    refreshesOf(loader);
    await settle(loader.load());
    await advanceQuickly(minuteMs);
    expect(endpoint.requests.length).toBeLessThanOrEqual(62);
    expect(endpoint.requests.length).toBeGreaterThan(20);
  });

  it('C-40: in milliseconds by mistake makes no loop of requests', async () => {
    const { loader, endpoint } = openTab({ maxAge: 3_600_000, storage: 'memory' });
    refreshesOf(loader);
    await settle(loader.load());
    await advanceQuickly(dayMs);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-40: that is tiny makes no loop of requests', async () => {
    const { loader, endpoint } = openTab({ maxAge: 0.001, storage: 'memory' });
    refreshesOf(loader);
    await settle(loader.load());
    await advanceQuickly(10 * secondMs);
    expect(endpoint.requests.length).toBeLessThanOrEqual(12);
  });
});

describe('expiresAt', () => {
  it('C-40: a moment ahead makes no loop of requests', async () => {
    const { loader, endpoint } = openTab({ expiresAt: startOfTime + 10 * secondMs });
    refreshesOf(loader);
    await settle(loader.load());
    await advance(5 * minuteMs);
    for (let i = 0; i < 20; i++) await outcomeOf(loader.load());
    expect(endpoint.requests.length).toBeLessThanOrEqual(15);
  });

  it('C-40: past makes no loop of requests', async () => {
    const { loader, endpoint } = openTab({ expiresAt: startOfTime - hourMs });
    refreshesOf(loader);
    for (let i = 0; i < 20; i++) await failureOf(loader.load());
    await advance(5 * minuteMs);
    expect(endpoint.requests.length).toBeLessThanOrEqual(1);
  });
});

describe('a ttl', () => {
  it('that is tiny makes no loop of requests', async () => {
    const { loader, endpoint } = openTab();
    endpoint.always(json({ iceServers: meteredBody(), ttl: 0.01 }));
    refreshesOf(loader);
    await settle(loader.load());
    await advance(10 * secondMs);
    expect(endpoint.requests.length).toBeLessThanOrEqual(12);
  });
});

describe('a slow answer', () => {
  it('C-41: lives from the start of its request', async () => {
    const { loader } = openTab({}, delayed(8 * secondMs));
    await settle(loader.load());
    expect(loader.status).toMatchObject({ fetchedAt: startOfTime, expiresAt: startOfTime + hourMs });
    jumpClock(hourMs - 8 * secondMs - 1);
    expect(loader.peek()).toBeDefined();
    jumpClock(1);
    expect(loader.peek()).toBeUndefined();
  });

  it('C-41: lives from the start of the try that brought it or before, never after', async () => {
    const { loader } = openTab({}, delayed(2 * secondMs, httpError(500)), delayed(2 * secondMs));
    await settle(loader.load());
    expect(loader.status!.fetchedAt).toBeLessThanOrEqual(startOfTime + 3 * secondMs);
  });

  it('C-41: whose life is over when it comes is handed out once, and is not fresh after', async () => {
    const { loader, endpoint } = openTab({ maxAge: 5 }, delayed(8 * secondMs), delayed(8 * secondMs));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(loader.peek()).toBeUndefined();
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-41: counts by the monotonic clock where the wall clock was set back meanwhile', async () => {
    const { loader } = openTab({ maxAge: 60 }, delayed(8 * secondMs));
    const loading = loader.load();
    await advance(4 * secondMs);
    jumpClock(-2 * secondMs);
    await settle(loading);
    await advance(52 * secondMs);
    expect(loader.peek()).toBeUndefined();
  });
});

describe('with a listener', () => {
  it('timers are short, so that sleep does not hold a refresh up', async () => {
    const delays = watchTimers();
    const { loader } = openTab();
    refreshesOf(loader);
    await settle(loader.load());
    await advanceQuickly(10 * minuteMs);
    expect(Math.max(...delays)).toBeLessThanOrEqual(minuteMs);
  });

  it.each(['visibilitychange', 'pageshow', 'online'])('a page that wakes past the soft time refreshes at once on %s', async (type) => {
    mockRandom(0);
    const page = stubPage();
    const { loader, endpoint } = openTab();
    refreshesOf(loader);
    await settle(loader.load());
    jumpClock(0.6 * hourMs);
    page.fire(type);
    await flush();
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each(['visibilitychange', 'pageshow', 'online'])('a page that wakes before the soft time asks for nothing on %s', async (type) => {
    const page = stubPage();
    const { loader, endpoint } = openTab();
    refreshesOf(loader);
    await settle(loader.load());
    jumpClock(10 * minuteMs);
    page.fire(type);
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each(['visibilitychange', 'pageshow', 'online'])('a page that wakes many times at once asks once (%s)', async (type) => {
    const page = stubPage();
    const { loader, endpoint } = openTab();
    refreshesOf(loader);
    await settle(loader.load());
    jumpClock(dayMs);
    endpoint.always(delayed(secondMs));
    for (let i = 0; i < 20; i++) page.fire(type);
    await advance(2 * secondMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('no page is heard where nobody listens and nothing failed', async () => {
    const page = stubPage();
    const { loader } = openTab();
    await settle(loader.load());
    expect(page.listenedTypes).toEqual([]);
  });

  it('and before the first load nothing is asked for', async () => {
    const { loader, endpoint } = openTab();
    refreshesOf(loader);
    await advance(2 * hourMs);
    expect(endpoint.requests).toEqual([]);
  });

  it('a refresh that failed is tried again well before the end', async () => {
    const { loader, endpoint } = openTab();
    const errors = errorsOf(loader);
    refreshesOf(loader);
    await settle(loader.load());
    endpoint.next(unreachable);
    await advance(hourMs);
    expect(errors).toHaveLength(1);
    expect(userOf(loader.peek())).toBe('user-3');
  });
});
