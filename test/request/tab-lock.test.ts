import { describe, expect, it, vi } from 'vitest';
import { delayed, httpError, noAnswer } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import { stubLockRequest, stubLocks } from '../support/locks.js';
import { advance, failureOf, flush, hourMs, jumpClock, outcomeOf, secondMs, settle } from '../support/world.js';

describe('the tab lock', () => {
  it('C-24: is never requested for a hit, in memory or in storage', async () => {
    const locks = stubLocks();
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    locks.request.mockClear();
    await settle(loader.load());
    await settle(anotherTab().load());
    await settle(anotherTab().load({ cache: 'only-if-cached' }));
    loader.peek();
    expect(locks.request).not.toHaveBeenCalled();
  });

  it('C-24: does not delay a hit while another tab holds it', async () => {
    const locks = stubLocks();
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    locks.holdForever();
    expect((await outcomeOf(loader.load())).ms).toBe(0);
    const { value, ms } = await outcomeOf(anotherTab().load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBeLessThan(100);
  });

  it('is held during the request and released after it', async () => {
    const locks = stubLocks();
    const { loader, anotherTab } = openTab({}, delayed(secondMs), delayed(secondMs));
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    const { ms } = await outcomeOf(anotherTab().load({ cache: 'reload' }));
    expect(ms).toBe(secondMs);
    expect(locks.request).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['fails', httpError(400)],
    ['is rejected with 401', httpError(401)],
  ])('is released if the request %s', async (_, answer) => {
    stubLocks();
    const { loader, anotherTab } = openTab({}, answer);
    await failureOf(loader.load());
    const { value, ms } = await outcomeOf(anotherTab().load({ cache: 'reload' }));
    expect(userOf(value)).toBe('user-2');
    expect(ms).toBe(0);
  });

  it.each([
    ['aborts', (controller: AbortController) => controller.abort()],
    ['disposes', (_: AbortController, loader: { dispose(): void }) => loader.dispose()],
  ])('is released if the holder %s', async (_, leave) => {
    stubLocks();
    const { loader, anotherTab } = openTab({}, noAnswer);
    const controller = new AbortController();
    const leaving = loader.load({ signal: controller.signal });
    leaving.catch(() => {});
    await advance(100);
    leave(controller, loader);
    const { value, ms } = await outcomeOf(anotherTab().load());
    expect(userOf(value)).toBe('user-2');
    expect(ms).toBeLessThan(secondMs);
  });

  it('C-25: delays a load by 2 s if another context never releases it', async () => {
    stubLocks().holdForever();
    const { loader } = openTab({}, delayed(secondMs));
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBeGreaterThanOrEqual(2 * secondMs);
    expect(ms).toBeLessThanOrEqual(3.2 * secondMs);
  });

  it('C-25: delays a load by a minute if other contexts never release it, nor the one of those that gave up', async () => {
    stubLocks().holdForever('both');
    const { loader, endpoint } = openTab();
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(60 * secondMs);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-25: is never stolen', async () => {
    const locks = stubLocks();
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    locks.holdForever();
    jumpClock(2 * hourMs);
    await settle(Promise.all([loader.load(), anotherTab().load()]));
    expect(locks.requested.length).toBeGreaterThan(1);
    for (const { options } of locks.requested) expect(options.steal).toBeFalsy();
  });

  const queuedFor = ({ requested }: ReturnType<typeof stubLocks>) => requested.filter(({ options }) => !options.ifAvailable);

  it('C-25: is still queued for after 2 s, while the request that then begins is under way', async () => {
    const locks = stubLocks();
    locks.holdForever();
    const { loader } = openTab({}, delayed(4 * secondMs));
    const loading = loader.load();
    await advance(3 * secondMs);
    expect(queuedFor(locks).map(({ options }) => options.signal?.aborted)).toEqual([false]);
    await settle(loading);
  });

  it.each([
    ['the first is', 'first' as const, 1],
    ['both are', 'both' as const, 2],
  ])('C-25: is no longer queued for after the load, if %s never released', async (_, which, count) => {
    const locks = stubLocks();
    locks.holdForever(which);
    const { loader } = openTab();
    await settle(loader.load());
    await flush();
    expect(queuedFor(locks).map(({ options }) => options.signal?.aborted)).toEqual(Array.from({ length: count }, () => true));
  });

  it('C-25: is not requested any more by a caller who leaves while it is held', async () => {
    const locks = stubLocks();
    locks.holdForever('both');
    const { loader, endpoint } = openTab();
    const controller = new AbortController();
    const leaving = loader.load({ signal: controller.signal });
    leaving.catch(() => {});
    await advance(5 * secondMs);
    controller.abort();
    await failureOf(leaving);
    await advance(10 * secondMs);
    expect(queuedFor(locks).map(({ options }) => options.signal?.aborted)).toEqual([true, true]);
    expect(endpoint.requests).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('C-25: of a tab that froze during its request delays the others by 2 s', async () => {
    stubLocks();
    const { endpoint, anotherTab } = openTab({}, noAnswer);
    const frozen = anotherTab();
    frozen.load().catch(() => {});
    await advance(100);
    endpoint.always(delayed(10));
    const { value, ms } = await outcomeOf(anotherTab().load());
    expect(userOf(value)).toBe('user-2');
    expect(ms).toBeLessThan(2.2 * secondMs);
  });

  const refuse = (name: string) => () => {
    throw new DOMException('refused', name);
  };

  const reject = (name: string) => async () => {
    throw new DOMException('refused', name);
  };

  it.each([
    ['C-08', 'throws SecurityError at once', refuse('SecurityError')],
    ['C-25', 'rejects with SecurityError', reject('SecurityError')],
    ['C-25', 'rejects with InvalidStateError', reject('InvalidStateError')],
    ['C-25', 'rejects with AbortError', reject('AbortError')],
    ['C-25', 'rejects with nothing', () => Promise.reject(null)],
    ['C-25', 'returns no promise', () => undefined],
  ])('%s: is not needed if its request %s, and no error reaches the caller', async (_, __, request) => {
    const spy = stubLockRequest(request);
    const { loader, endpoint } = openTab();
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBeLessThanOrEqual(2 * secondMs);
    expect(spy).toHaveBeenCalled();
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-25: is not waited for after 2 s if its request never settles', async () => {
    stubLockRequest(() => new Promise(() => {}));
    const { loader, endpoint } = openTab();
    expect((await outcomeOf(loader.load())).ms).toBe(2 * secondMs);
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each([
    ['without a navigator', undefined],
    ['without navigator.locks', {}],
    ['with locks of null', { locks: null }],
    ['with locks of another kind', { locks: {} }],
  ])('is not needed, and costs no time, %s', async (_, navigator) => {
    vi.stubGlobal('navigator', navigator);
    const { loader } = openTab();
    expect((await outcomeOf(loader.load())).ms).toBe(0);
  });

  it('is not needed if reading navigator.locks throws', async () => {
    vi.stubGlobal('navigator', {
      get locks() {
        throw new DOMException('refused', 'SecurityError');
      },
    });
    const { loader } = openTab();
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it('that comes after another tab’s answer was stored causes no second request', async () => {
    stubLocks();
    const { endpoint, anotherTab } = openTab({}, delayed(1.5 * secondMs));
    const first = anotherTab().load();
    await advance(100);
    const second = anotherTab().load();
    expect(userOf(await settle(second))).toBe('user-1');
    await settle(first);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('is not requested for what is kept in memory alone, which no other tab can bring', async () => {
    const locks = stubLocks();
    await settle(openTab({ storage: 'memory' }).loader.load());
    expect(locks.requested).toEqual([]);
  });

  it('is followed by a request if the other tab stored nothing', async () => {
    stubLocks();
    const { endpoint, anotherTab } = openTab({}, delayed(secondMs), delayed(secondMs));
    const all = await settle(Promise.all([anotherTab().load({ cache: 'no-store' }), anotherTab().load()]));
    expect(all.map(userOf)).toEqual(['user-1', 'user-2']);
    expect(endpoint.maxConcurrent()).toBe(1);
  });
});

describe('C-86: cold tabs with an endpoint that is slower than the lock is patient', () => {
  /** Loads in so many new tabs at once; returns how long each took. */
  async function loadInTabs(count: number, { anotherTab }: ReturnType<typeof openTab>): Promise<number[]> {
    const timed = async (): Promise<number> => {
      await anotherTab().load();
      return performance.now();
    };
    const begunMs = performance.now();
    const ends = await settle(Promise.all(Array.from({ length: count }, timed)));
    return ends.map((end) => end - begunMs);
  }

  it('send two requests, and all are served when the first answer is stored', async () => {
    stubLocks();
    const tab = openTab();
    tab.endpoint.always(delayed(4 * secondMs));
    const times = await loadInTabs(6, tab);
    expect(tab.endpoint.requests).toHaveLength(2);
    for (const ms of times) expect(ms).toBeLessThan(4.2 * secondMs);
  });

  it('send two requests if the first tab is frozen, and are served when the answer of the second is stored', async () => {
    stubLocks();
    const tab = openTab({}, noAnswer);
    tab
      .anotherTab({ timeout: Infinity })
      .load()
      .catch(() => {});
    await advance(100);
    tab.endpoint.always(delayed(4 * secondMs));
    const times = await loadInTabs(6, tab);
    expect(tab.endpoint.requests).toHaveLength(2);
    for (const ms of times) expect(ms).toBeLessThan(6.3 * secondMs);
  });

  it('abort the second request as soon as the first answer is stored', async () => {
    stubLocks();
    const tab = openTab({}, delayed(4 * secondMs), noAnswer);
    await loadInTabs(2, tab);
    await flush();
    expect(tab.endpoint.requests[1]!.init.signal?.aborted).toBe(true);
    expect(tab.endpoint.pendingCount()).toBe(0);
  });
});
