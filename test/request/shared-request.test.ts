import { describe, expect, it } from 'vitest';
import { delayed, httpError } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import { stubLocks } from '../support/locks.js';
import { hangIndexedDb } from '../support/storage.js';
import { advance, dayMs, failureOf, isSettled, jumpClock, minuteMs, outcomeOf, secondMs, settle } from '../support/world.js';

const many = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)));

describe('callers of one loader', () => {
  it('share one request, even 50 of them', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    const all = await settle(many(50, () => loader.load()));
    expect(new Set(all.map(userOf))).toEqual(new Set(['user-1']));
    expect(endpoint.requests).toHaveLength(1);
  });

  it('share a pending request', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    const first = loader.load();
    await advance(secondMs / 2);
    const second = loader.load();
    await settle(Promise.all([first, second]));
    expect(endpoint.requests).toHaveLength(1);
  });

  it('share its failure', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs, httpError(401)));
    const results = await settle(Promise.allSettled(Array.from({ length: 50 }, async () => loader.load())));
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'invalid-api-key' } });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-23: send one request if 50 of them load in a tab that slept past the expiry', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    jumpClock(3 * dayMs);
    endpoint.always(delayed(secondMs));
    const all = await settle(many(50, () => loader.load()));
    expect(new Set(all.map(userOf))).toEqual(new Set(['user-2']));
    await advance(minuteMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-24: send one request and take one lock, even 15 of them', async () => {
    const locks = stubLocks();
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    await settle(many(15, () => loader.load()));
    expect(endpoint.requests).toHaveLength(1);
    expect(locks.request).toHaveBeenCalledOnce();
  });

  it('share one request with cache: "reload" too', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    await settle(many(10, () => loader.load({ cache: 'reload' })));
    expect(endpoint.requests).toHaveLength(1);
  });

  it('never send two requests at once, whatever their cache modes', async () => {
    const { loader, endpoint } = openTab();
    endpoint.always(delayed(secondMs));
    await settle(loader.load());
    const modes = ['default', 'reload', 'no-store', 'default', 'reload'] as const;
    await settle(many(20, (i) => loader.load({ cache: modes[i % modes.length] })));
    expect(endpoint.maxConcurrent()).toBe(1);
  });
});

describe('a pending load', () => {
  it('does not let a later caller wait longer for hanging storage than itself', async () => {
    hangIndexedDb();
    const { loader } = openTab();
    const first = loader.load();
    await advance(50);
    const { ms } = await outcomeOf(loader.load());
    expect(ms).toBeLessThanOrEqual(50);
    await settle(first);
  });
});

describe('a shared promise', () => {
  it('C-21: that was rejected is not returned to the next caller', async () => {
    const { loader } = openTab({}, httpError(400));
    await failureOf(loader.load());
    jumpClock(5 * secondMs);
    expect(await isSettled(loader.load())).toBe(true);
    expect(userOf(loader.peek())).toBe('user-2');
  });
});
