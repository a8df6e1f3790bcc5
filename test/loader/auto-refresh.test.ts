import { describe, expect, it } from 'vitest';
import { delayed, good, unreachable } from '../support/endpoint.js';
import { errorsOf, mockRandom, openTab, refreshesOf, userOf } from '../support/loaders.js';
import { stubPage } from '../support/page.js';
import {
  advance,
  advanceQuickly,
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

describe('a loader that refreshes by itself', () => {
  it('with a listener, new servers are brought at the soft time without any load', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab({ autoRefresh: true });
    const statuses = refreshesOf(loader);
    await settle(loader.load());
    await advance(hourMs / 2 + minuteMs);
    expect(endpoint.requests).toHaveLength(2);
    expect(statuses).toHaveLength(2);
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('timers are short, so that sleep does not hold a refresh up', async () => {
    const delays = recordTimerDelays();
    const { loader } = openTab({ autoRefresh: true });
    await settle(loader.load());
    await advanceQuickly(10 * minuteMs);
    expect(Math.max(...delays)).toBeLessThanOrEqual(minuteMs);
  });

  it.each(['visibilitychange', 'pageshow', 'online'])('a page that wakes past the soft time refreshes at once on %s', async (type) => {
    mockRandom(0);
    const page = stubPage();
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    jumpClock(0.6 * hourMs);
    page.fire(type);
    await flush();
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each(['visibilitychange', 'pageshow', 'online'])('a page that wakes before the soft time asks for nothing on %s', async (type) => {
    const page = stubPage();
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    jumpClock(10 * minuteMs);
    page.fire(type);
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each(['visibilitychange', 'pageshow', 'online'])('a page that wakes many times at once asks once (%s)', async (type) => {
    const page = stubPage();
    const { loader, endpoint } = openTab({ autoRefresh: true });
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
    const { endpoint } = openTab({ autoRefresh: true });
    await advance(2 * hourMs);
    expect(endpoint.requests).toEqual([]);
  });

  it('a refresh that failed is tried again well before the end', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true });
    const errors = errorsOf(loader);
    await settle(loader.load());
    endpoint.next(unreachable);
    await advance(hourMs);
    expect(errors).toHaveLength(1);
    expect(userOf(loader.peek())).toBe('user-3');
  });
});

describe('an outage while a loader refreshes by itself', () => {
  it.each([0, 0.5, 0.999])('an hour of outage with a listener takes at most 12 requests, whatever is drawn (%d)', async (share) => {
    mockRandom(share);
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    const { refreshAt } = loader.status!;
    endpoint.always(unreachable);
    const before = endpoint.requests.length;
    await advance(refreshAt - Date.now());
    await advance(hourMs);
    expect(endpoint.requests.length - before).toBeGreaterThan(2);
    expect(endpoint.requests.length - before).toBeLessThanOrEqual(12);
  });

  it('after the outage the listener gets its new servers within 26 minutes', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true });
    const statuses = refreshesOf(loader);
    await settle(loader.load());
    endpoint.always(unreachable);
    await advance(2 * hourMs);
    endpoint.always(good);
    await advance(26 * minuteMs);
    expect(statuses).toHaveLength(2);
  });

  it('asks at once where a listener is attached', async () => {
    const page = stubPage();
    const { loader, endpoint } = openTab({ autoRefresh: true });
    endpoint.always(unreachable);
    await failureOf(loader.load());
    endpoint.always(good);
    page.fire('online');
    await flush();
    expect(loader.peek()).toBeDefined();
  });
});
