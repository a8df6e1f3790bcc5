import { describe, expect, it } from 'vitest';
import { createIceServersLoader } from '../../src/index.js';
import { apiKey, delayed, good, unreachable } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import {
  advanceQuickly,
  afterTest,
  dayMs,
  failureOf,
  flush,
  hourMs,
  jumpClock,
  minuteMs,
  secondMs,
  settle,
  recordTimerDelays,
} from '../support/world.js';

describe('a page that stays open', () => {
  it.each([
    ['an hour', hourMs],
    ['a day', dayMs],
    ['a week', 7 * dayMs],
  ])('C-38: for %s, past maxAge and without any timer, gets new servers with the next load', async (_, ms) => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(ms);
    expect(loader.peek()).toBeUndefined();
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-38: gets stale servers only while the endpoint fails and staleIfError lasts', async () => {
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

  it('C-38: with autoRefresh stays fresh for a week with one or two requests an hour', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true, storage: 'memory' });
    await settle(loader.load());
    for (let hour = 0; hour < 7 * 24; hour++) {
      await advanceQuickly(hourMs);
      expect(loader.peek()).toBeDefined();
    }
    expect(endpoint.requests.length).toBeLessThanOrEqual(2 * 7 * 24 + 1);
    expect(endpoint.requests.length).toBeGreaterThanOrEqual(7 * 24);
  });
});

describe('maxAge', () => {
  it.each([
    ['30 days', 30 * 86_400],
    ['a year', 365 * 86_400],
    ['Infinity', Infinity],
  ])('C-36: of %s with autoRefresh causes at most one request in two weeks, and no timer beyond 2³¹−1 ms', async (_, maxAge) => {
    const delays = recordTimerDelays();
    const { loader, endpoint } = openTab({ autoRefresh: true, maxAge, storage: 'memory' });
    await settle(loader.load());
    for (let day = 0; day < 14; day++) await advanceQuickly(dayMs);
    expect(endpoint.requests).toHaveLength(1);
    expect(Math.max(...delays)).toBeLessThan(2 ** 31);
  });

  it('C-36: of Infinity makes expiresAt Infinity', async () => {
    const { loader } = openTab({ maxAge: Infinity });
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(Infinity);
    jumpClock(365 * dayMs);
    expect(loader.peek()).toBeDefined();
  });

  it.each([Infinity, 1e12])('C-36: beside a timeout of %d ms lets an answer take its time', async (timeout) => {
    const { loader } = openTab({ storage: 'memory', timeout }, delayed(20 * secondMs));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it('C-36: causes no TimeoutOverflowWarning', async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error): void => void warnings.push(warning);
    process.on('warning', hear);
    afterTest(() => process.off('warning', hear));
    const { loader } = openTab({ autoRefresh: true, maxAge: 1e9, timeout: 1e12 });
    await settle(loader.load());
    await flush();
    expect(warnings).toEqual([]);
  });

  it.each([NaN, -1, 0])('C-36: of %d is a TypeError', (maxAge) => {
    expect(() => createIceServersLoader({ appName: 'demo', apiKey, maxAge })).toThrow(TypeError);
  });

  it('of 1 s with autoRefresh causes at most about one request a second', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true, maxAge: 1, storage: 'memory' });
    await settle(loader.load());
    await advanceQuickly(minuteMs);
    expect(endpoint.requests.length).toBeLessThanOrEqual(62);
    expect(endpoint.requests.length).toBeGreaterThan(20);
  });

  it('C-40: in milliseconds by mistake causes no loop of requests', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true, maxAge: 3_600_000, storage: 'memory' });
    await settle(loader.load());
    await advanceQuickly(dayMs);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-40: of a millisecond causes no loop of requests', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true, maxAge: 0.001, storage: 'memory' });
    await settle(loader.load());
    await advanceQuickly(10 * secondMs);
    expect(endpoint.requests.length).toBeLessThanOrEqual(12);
  });
});
