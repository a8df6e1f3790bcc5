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

  it('C-25: is no longer queued for after 2 s', async () => {
    const locks = stubLocks();
    locks.holdForever();
    const { loader } = openTab();
    await settle(loader.load());
    await flush();
    const queued = locks.requested.filter(({ options }) => !options.ifAvailable);
    expect(queued).toHaveLength(1);
    expect(queued[0]!.options.signal?.aborted).toBe(true);
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

  it('is followed by a request if the other tab stored nothing', async () => {
    stubLocks();
    const { endpoint, anotherTab } = openTab({ storage: 'memory' }, delayed(secondMs), delayed(secondMs));
    const all = await settle(Promise.all([anotherTab().load(), anotherTab().load()]));
    expect(all.map(userOf)).toEqual(['user-1', 'user-2']);
    expect(endpoint.maxConcurrent()).toBe(1);
  });
});
