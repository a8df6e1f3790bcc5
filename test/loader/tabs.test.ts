import { describe, expect, it } from 'vitest';
import { delayed, httpError, json, otherApiKey } from '../support/endpoint.js';
import { openTab, refreshesOf, userOf } from '../support/loaders.js';
import { stubLocks } from '../support/locks.js';
import { createSlowStorage } from '../support/storage.js';
import { advance, failureOf, flush, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, settle } from '../support/world.js';

const many = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)));

describe('tabs of one origin', () => {
  it('send one request for 8 of them, because of the lock', async () => {
    stubLocks();
    const { endpoint, anotherTab } = openTab({}, delayed(secondMs));
    const all = await settle(many(8, () => anotherTab().load()));
    expect(new Set(all.map(userOf))).toEqual(new Set(['user-1']));
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-30: send one or two requests for 10 of them with the same expiry, at different refresh times', async () => {
    stubLocks();
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    const tabs = Array.from({ length: 10 }, () => anotherTab({ autoRefresh: true }));
    for (const tab of tabs) {
      await settle(tab.load());
    }
    const times = tabs.map((tab) => tab.status!.refreshAt - tab.status!.fetchedAt);
    expect(new Set(times).size).toBeGreaterThan(5);
    for (const time of times) {
      expect(time).toBeGreaterThanOrEqual(0.5 * hourMs);
      expect(time).toBeLessThanOrEqual(0.9 * hourMs);
    }
    const before = endpoint.requests.length;
    for (let i = 0; i < 54; i++) await advance(minuteMs);
    const { length } = endpoint.requests;
    expect(length - before).toBeGreaterThanOrEqual(1);
    expect(length - before).toBeLessThanOrEqual(2);
    for (const tab of tabs) expect(tab.peek()).toBeDefined();
  });

  it('with other keys or regions do not wait for each other', async () => {
    stubLocks();
    const { endpoint, anotherTab } = openTab();
    endpoint.always(delayed(secondMs));
    const { ms } = await outcomeOf(
      Promise.all([anotherTab().load(), anotherTab({ region: 'eu' }).load(), anotherTab({ apiKey: otherApiKey }).load()]),
    );
    expect(ms).toBeLessThan(2 * secondMs);
    expect(endpoint.maxConcurrent()).toBe(3);
  });

  it.each([
    ['500', httpError(500), 3],
    ['400', httpError(400), 1],
    ['a body without servers', json({}), 1],
  ])('do not repeat a request that fails with %s, even if storage is slow', async (_, answer, requests) => {
    stubLocks();
    const { endpoint, anotherTab } = openTab({ storage: createSlowStorage(50) });
    endpoint.always(answer);
    const results = await settle(Promise.allSettled(Array.from({ length: 5 }, async () => anotherTab().load())));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(endpoint.requests).toHaveLength(requests);
  });

  it('all reject if the request of one fails', async () => {
    stubLocks();
    const { endpoint, anotherTab } = openTab();
    endpoint.always(delayed(secondMs / 2, httpError(401)));
    const results = await settle(Promise.allSettled(Array.from({ length: 8 }, async () => anotherTab().load())));
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'invalid-api-key' } });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-31: do not replace a newer stored answer with a late one', async () => {
    const { loader, endpoint, anotherTab } = openTab({}, delayed(9 * secondMs));
    const slow = loader.load();
    await advance(secondMs);
    const second = anotherTab();
    expect(userOf(await settle(second.load()))).toBe('user-2');
    await flush();
    expect(userOf(await settle(slow))).toBe('user-1');
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });
});

describe('a tab that finds the answer of another tab', () => {
  it('fires no refresh event for its first servers', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    const second = anotherTab();
    const refreshes = refreshesOf(second);
    await settle(second.load());
    expect(second.status).toMatchObject({ source: 'indexeddb' });
    expect(refreshes).toEqual([]);
  });

  it('forgets its own earlier failure', async () => {
    const { loader, anotherTab, endpoint } = openTab({ maxAge: 120 }, httpError(404));
    await failureOf(loader.load());
    await flush();
    jumpClock(secondMs);
    await settle(anotherTab().load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    jumpClock(130 * secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-3');
    expect(endpoint.requests).toHaveLength(3);
  });

  it('C-22: with a cool-down serves it as stale without a request', async () => {
    const { loader, anotherTab, endpoint } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(hourMs + minuteMs);
    endpoint.always(httpError(429));
    await settle(loader.load());
    await flush();
    const second = anotherTab();
    expect(userOf(await settle(second.load()))).toBe('user-1');
    expect(second.status).toMatchObject({ source: 'stale' });
    expect(endpoint.requests).toHaveLength(2);
  });
});
