import { describe, expect, it, vi } from 'vitest';
import { delayed, noAnswer, unreachable } from '../support/endpoint.js';
import { errorsOf, mockRandom, openTab, userOf } from '../support/loaders.js';
import { stubLocks } from '../support/locks.js';
import { stubPage } from '../support/page.js';
import { createStorage } from '../support/storage.js';
import { advance, dayMs, failureOf, flush, hourMs, isSettled, jumpClock, minuteMs, outcomeOf, secondMs, settle } from '../support/world.js';

describe('dispose', () => {
  it('C-35: during a request rejects at once with an AbortError, aborts the request and leaves no timer', async () => {
    const { loader, endpoint } = openTab({}, noAnswer);
    const waiting = loader.load();
    waiting.catch(() => {});
    await advance(secondMs);
    loader.dispose();
    const { error, ms } = await outcomeOf(waiting);
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(ms).toBe(0);
    await flush();
    expect(endpoint.pendingCount()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('C-35: between two attempts prevents the next request and leaves no timer', async () => {
    mockRandom(1);
    const { loader, endpoint } = openTab();
    endpoint.always(unreachable);
    const waiting = loader.load();
    waiting.catch(() => {});
    await advance(10);
    loader.dispose();
    expect(await failureOf(waiting)).toMatchObject({ name: 'AbortError' });
    const { length } = endpoint.requests;
    expect(vi.getTimerCount()).toBe(0);
    await advance(minuteMs);
    expect(endpoint.requests).toHaveLength(length);
  });

  it('C-35: while storage hangs rejects at once with an AbortError and leaves no timer', async () => {
    const { loader, endpoint } = openTab({ storage: { ...createStorage(), get: () => new Promise(() => {}) } });
    const waiting = loader.load();
    waiting.catch(() => {});
    await flush();
    loader.dispose();
    expect((await outcomeOf(waiting)).error).toMatchObject({ name: 'AbortError' });
    await advance(minuteMs);
    expect(endpoint.requests).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('C-35: while waiting for a lock rejects at once with an AbortError and leaves no timer', async () => {
    stubLocks().holdForever();
    const { loader, endpoint } = openTab();
    const waiting = loader.load();
    waiting.catch(() => {});
    await advance(secondMs);
    loader.dispose();
    expect((await outcomeOf(waiting)).error).toMatchObject({ name: 'AbortError' });
    await advance(minuteMs);
    expect(endpoint.requests).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('C-35: during an outage with autoRefresh leaves no timer and no listener on the page', async () => {
    const page = stubPage();
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    endpoint.always(unreachable);
    await advance(hourMs);
    const { length } = endpoint.requests;
    expect(page.listenedTypes.length).toBeGreaterThan(0);
    loader.dispose();
    await flush();
    expect(page.listenedTypes).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    await advance(dayMs);
    expect(endpoint.requests).toHaveLength(length);
  });

  it('C-35: during a background refresh aborts the request without an error event', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    const errors = errorsOf(loader);
    await settle(loader.load());
    jumpClock(0.8 * hourMs);
    endpoint.always(noAnswer);
    await settle(loader.load());
    await flush();
    loader.dispose();
    await flush();
    expect(endpoint.pendingCount()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('C-35: while only-if-cached waits for storage rejects at once with an AbortError', async () => {
    const { loader } = openTab({ storage: { ...createStorage(), get: () => new Promise(() => {}) } });
    const waiting = loader.load({ cache: 'only-if-cached' });
    waiting.catch(() => {});
    await flush();
    loader.dispose();
    const { error, ms } = await outcomeOf(waiting);
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(ms).toBe(0);
  });

  it('C-35: during a request that was invalidated rejects every caller with an AbortError', async () => {
    const { loader, endpoint } = openTab({}, noAnswer);
    const before = loader.load();
    before.catch(() => {});
    await advance(secondMs);
    const dropping = loader.invalidate();
    const after = loader.load();
    after.catch(() => {});
    await settle(dropping);
    loader.dispose();
    expect((await outcomeOf(before)).error).toMatchObject({ name: 'AbortError' });
    expect((await outcomeOf(after)).error).toMatchObject({ name: 'AbortError' });
    await flush();
    expect(endpoint.requests).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['begun before', async (loader: ReturnType<typeof openTab>['loader']) => loader.invalidate()],
    [
      'begun after',
      async (loader: ReturnType<typeof openTab>['loader']) => {
        loader.dispose();
        return loader.invalidate();
      },
    ],
  ])('does not leave an invalidate that was %s it pending if storage hangs', async (_, begin) => {
    const never = (): Promise<never> => new Promise(() => {});
    const { loader } = openTab({ storage: { get: never, set: never, delete: never } });
    const dropping = begin(loader);
    await flush();
    loader.dispose();
    await advance(secondMs);
    expect(await isSettled(dropping)).toBe(true);
  });

  it.each([
    ['in the same moment', 0],
    ['a turn of the event loop later', 1],
    ['while the request is under way', 20],
  ])('C-80: %s as load, which nobody catches, is no unhandled rejection', async (_, turns) => {
    const { loader } = openTab({}, noAnswer);
    void loader.load();
    void loader.load({ cache: 'reload' });
    await flush(turns);
    loader.dispose();
    await flush();
    // Whoever catches it hears of it all the same.
    expect(await failureOf(loader.load())).toMatchObject({ name: 'AbortError' });
  });

  it('C-80: does not keep a caller who waits from hearing of it', async () => {
    const { loader } = openTab({}, noAnswer);
    const waiting = loader.load();
    loader.dispose();
    expect(await failureOf(waiting)).toMatchObject({ name: 'AbortError' });
  });

  it('makes later loads reject with an AbortError, and peek return undefined', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    loader.dispose();
    expect(await failureOf(loader.load())).toMatchObject({ name: 'AbortError' });
    expect(loader.peek()).toBeUndefined();
    expect(endpoint.requests).toHaveLength(1);
  });

  it('may be called twice, and first', () => {
    const { loader } = openTab();
    loader.dispose();
    expect(() => loader.dispose()).not.toThrow();
  });

  it('is called by using', async () => {
    const { loader } = openTab();
    loader[Symbol.dispose]();
    expect(await failureOf(loader.load())).toMatchObject({ name: 'AbortError' });
  });

  it('leaves the stored entry to the next page', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    loader.dispose();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('of one loader does not affect another with the same options', async () => {
    const { loader, anotherTab } = openTab({}, delayed(secondMs), delayed(secondMs));
    const other = anotherTab();
    const [mine, theirs] = [loader.load(), other.load()];
    mine.catch(() => {});
    await flush();
    loader.dispose();
    expect(userOf(await settle(theirs))).toMatch(/user-/);
    expect(await failureOf(mine)).toMatchObject({ name: 'AbortError' });
  });

  it('C-34: after each of five times construct and load leaves no timer, listener or request', async () => {
    const page = stubPage();
    const { endpoint, anotherTab } = openTab();
    for (let i = 0; i < 5; i++) {
      const loader = anotherTab({ autoRefresh: true });
      await settle(loader.load());
      await flush();
      expect(vi.getTimerCount()).toBe(1);
      expect(new Set(page.listenedTypes).size).toBe(page.listenedTypes.length);
      loader.dispose();
      expect(vi.getTimerCount()).toBe(0);
      expect(page.listenedTypes).toEqual([]);
    }
    expect(endpoint.requests).toHaveLength(1);
  });
});
