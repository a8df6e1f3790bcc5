import { describe, expect, it } from 'vitest';
import { delayed, httpError, noAnswer, unreachable } from '../support/endpoint.js';
import { errorsOf, mockRandom, openTab, userOf } from '../support/loaders.js';
import { readRecords, createStorage } from '../support/storage.js';
import { advance, failureOf, flush, hourMs, jumpClock, outcomeOf, secondMs, settle } from '../support/world.js';

describe('invalidate', () => {
  it('C-63: drops the entry in memory and in storage, so that the next load sends a request', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    await settle(loader.invalidate());
    expect(loader.peek()).toBeUndefined();
    expect((await readRecords()).size).toBe(0);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('need not be awaited: a load right after it sends a request', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    const dropping = loader.invalidate();
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    await settle(dropping);
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('on a page that has not loaded yet drops the stored entry', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(secondMs);
    const second = anotherTab();
    await settle(second.invalidate());
    expect(userOf(await settle(second.load()))).toBe('user-2');
  });

  it('drops the entry that staleIfError would serve', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(2 * hourMs);
    endpoint.always(unreachable);
    await settle(loader.invalidate());
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });

  it('ends a cool-down, so that the next load sends a request', async () => {
    const { loader, endpoint } = openTab({}, httpError(401));
    await failureOf(loader.load());
    await settle(loader.invalidate());
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('makes the next load send a request even if storage cannot delete', async () => {
    const { loader } = openTab({ storage: { ...createStorage(), delete: () => {} } });
    await settle(loader.load());
    jumpClock(secondMs);
    await settle(loader.invalidate());
    jumpClock(secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('C-45: during a request that ends with 429 does not end the cool-down', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs, httpError(429)));
    const before = loader.load();
    before.catch(() => {});
    await advance(secondMs / 2);
    await settle(loader.invalidate());
    await failureOf(before);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'rate-limited' });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('never rejects, and settles if storage hangs', async () => {
    const storage = { get: () => new Promise(() => {}), set: () => new Promise(() => {}), delete: () => new Promise(() => {}) };
    const { loader } = openTab({ storage });
    const { ms } = await outcomeOf(loader.invalidate());
    expect(ms).toBeLessThanOrEqual(500);
  });

  it('never rejects, and settles if storage fails', async () => {
    const fail = () => {
      throw new Error('broken');
    };
    const { loader } = openTab({ storage: { get: fail, set: fail, delete: fail } });
    await expect(settle(loader.invalidate())).resolves.toBeUndefined();
  });

  it('C-63: drops the entry for other tabs too, even during a rate limit', async () => {
    const { loader, anotherTab, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(httpError(429));
    await failureOf(loader.load({ cache: 'reload' }));
    await settle(loader.invalidate());
    expect(await failureOf(anotherTab().load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
  });
});

describe('invalidate during a request', () => {
  it('C-31: leaves no cool-down if the request fails', async () => {
    const { loader } = openTab({}, delayed(secondMs, httpError(401)));
    const before = loader.load();
    before.catch(() => {});
    await advance(secondMs / 2);
    await settle(loader.invalidate());
    await failureOf(before);
    await flush();
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('C-31: lets the late answer resolve its callers, but not be cached', async () => {
    const { loader, endpoint, anotherTab } = openTab({}, delayed(secondMs));
    const waiting = loader.load();
    await advance(secondMs / 2);
    await settle(loader.invalidate());
    expect(userOf(await settle(waiting))).toBe('user-1');
    await flush();
    expect(loader.peek()).toBeUndefined();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-31: by a listener of its refresh event keeps the answer out of storage', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    loader.addEventListener('refresh', () => void loader.invalidate(), { once: true });
    await settle(loader.load());
    await advance(secondMs);
    expect((await failureOf(anotherTab().load({ cache: 'only-if-cached' }))) as Error).toMatchObject({ code: 'not-cached' });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-31: makes a later load send a request, whose answer resolves earlier callers too', async () => {
    const { loader, endpoint } = openTab({}, noAnswer, delayed(secondMs));
    const before = loader.load();
    await advance(secondMs / 2);
    const dropping = loader.invalidate();
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-2');
    expect(ms).toBe(1000);
    expect(userOf(await settle(before))).toBe('user-2');
    await settle(dropping);
    expect(userOf(loader.peek())).toBe('user-2');
    expect(endpoint.maxConcurrent()).toBe(1);
  });

  it('C-31: in the background makes a later load send a request, without an error event', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    const errors = errorsOf(loader);
    await settle(loader.load());
    await flush();
    jumpClock(0.8 * hourMs);
    endpoint.next(noAnswer);
    await settle(loader.load());
    await flush();
    void loader.invalidate();
    expect(userOf(await settle(loader.load()))).toBe('user-3');
    expect(errors).toEqual([]);
  });

  it('C-31: does not let an earlier caller who aborts end the request of a later one', async () => {
    const { loader } = openTab({}, noAnswer, delayed(secondMs));
    const controller = new AbortController();
    const before = loader.load({ signal: controller.signal });
    before.catch(() => {});
    await flush();
    void loader.invalidate();
    const after = loader.load();
    await flush();
    controller.abort();
    expect(userOf(await settle(after))).toBe('user-2');
    expect(await failureOf(before)).toMatchObject({ name: 'AbortError' });
  });
});
