import { describe, expect, it, vi } from 'vitest';
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

describe('a loader with autoRefresh', () => {
  it('gets new servers at the refresh time without any load', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab({ autoRefresh: true });
    const statuses = refreshesOf(loader);
    await settle(loader.load());
    await advance(hourMs / 2 + minuteMs);
    expect(endpoint.requests).toHaveLength(2);
    expect(statuses).toHaveLength(2);
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('uses short timers, so that sleep does not delay a refresh', async () => {
    const delays = recordTimerDelays();
    const { loader } = openTab({ autoRefresh: true });
    await settle(loader.load());
    await advanceQuickly(10 * minuteMs);
    expect(Math.max(...delays)).toBeLessThanOrEqual(minuteMs);
  });

  it.each(['visibilitychange', 'pageshow', 'online'])('refreshes at once on %s if the page wakes past the refresh time', async (type) => {
    mockRandom(0);
    const page = stubPage();
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    jumpClock(0.6 * hourMs);
    page.fire(type);
    await flush();
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each(['visibilitychange', 'pageshow', 'online'])('sends no request on %s if the page wakes before the refresh time', async (type) => {
    const page = stubPage();
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    jumpClock(10 * minuteMs);
    page.fire(type);
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each(['visibilitychange', 'pageshow', 'online'])('sends one request if the page wakes many times at once (%s)', async (type) => {
    const page = stubPage();
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    jumpClock(dayMs);
    endpoint.always(delayed(secondMs));
    for (let i = 0; i < 20; i++) page.fire(type);
    await advance(2 * secondMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('is the only one that listens to the page, unless a load failed', async () => {
    const page = stubPage();
    const { loader } = openTab();
    await settle(loader.load());
    expect(page.listenedTypes).toEqual([]);
  });

  it('sends no request before the first load', async () => {
    const { endpoint } = openTab({ autoRefresh: true });
    await advance(2 * hourMs);
    expect(endpoint.requests).toEqual([]);
  });

  it('goes on after each refresh', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    for (let count = 2; count <= 6; count++) {
      await advance(hourMs / 2 + secondMs);
      expect(endpoint.requests).toHaveLength(count);
    }
  });

  it('begins with a load that storage answers, as in the next page', async () => {
    mockRandom(0);
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    const next = anotherTab({ autoRefresh: true });
    await settle(next.load());
    await advance(hourMs / 2 + minuteMs);
    expect(endpoint.requests).toHaveLength(2);
    expect(userOf(next.peek())).toBe('user-2');
  });

  it('begins with a load that fails: servers come when the cool-down is over', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true });
    endpoint.always(unreachable);
    await failureOf(loader.load());
    endpoint.always(good);
    await advance(10 * secondMs);
    expect(loader.peek()).toBeDefined();
  });

  it('waits for the next load after an invalidate, whatever the page wakes for', async () => {
    const page = stubPage();
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    await settle(loader.invalidate());
    await advance(2 * hourMs);
    page.fire('pageshow');
    await flush();
    expect(endpoint.requests).toHaveLength(1);
    expect(loader.peek()).toBeUndefined();
  });

  it('goes on with the first load after an invalidate', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    await settle(loader.invalidate());
    await settle(loader.load());
    await advance(hourMs / 2 + minuteMs);
    expect(endpoint.requests).toHaveLength(3);
  });

  it('has no timer and listens to nothing after dispose', async () => {
    const page = stubPage();
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    await flush();
    expect({ timers: vi.getTimerCount(), listensTo: page.listenedTypes.length }).toEqual({ timers: 1, listensTo: 3 });
    loader.dispose();
    expect({ timers: vi.getTimerCount(), listensTo: page.listenedTypes.length }).toEqual({ timers: 0, listensTo: 0 });
    await advance(2 * hourMs);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('repeats a failed refresh well before maxAge', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true });
    const errors = errorsOf(loader);
    await settle(loader.load());
    endpoint.next(unreachable);
    await advance(hourMs);
    expect(errors).toHaveLength(1);
    expect(userOf(loader.peek())).toBe('user-3');
  });
});

it.each([
  ['without the option', {}],
  ['with undefined', { autoRefresh: undefined }],
  ['with false', { autoRefresh: false }],
])('a loader %s starts no timer and sends no request by itself', async (_, options) => {
  const { loader, endpoint } = openTab(options);
  await settle(loader.load());
  await flush();
  expect(vi.getTimerCount()).toBe(0);
  await advance(2 * hourMs);
  expect(endpoint.requests).toHaveLength(1);
  expect(loader.peek()).toBeUndefined();
});
