import { describe, expect, it, vi } from 'vitest';
import type { LoadOptions } from '../../src/index.js';
import { delayed, noAnswer } from '../support/endpoint.js';
import { mockRandom, openTab, userOf } from '../support/loaders.js';
import { stubLocks } from '../support/locks.js';
import { createStorage } from '../support/storage.js';
import { advance, failureOf, flush, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, settle } from '../support/world.js';

/** A load with a signal that `leave` aborts. */
const caller = (load: (options?: LoadOptions) => Promise<RTCConfiguration>, options: LoadOptions = {}) => {
  const controller = new AbortController();
  const promise = load({ ...options, signal: controller.signal });
  promise.catch(() => {});
  return { promise, leave: (reason?: unknown) => controller.abort(reason) };
};

describe('a signal', () => {
  it.each([
    ['an error', new Error('left')],
    ['a word', 'left'],
    ['a number', 0],
  ])('rejects its caller with its reason: %s', async (_, reason) => {
    const { loader } = openTab({}, noAnswer);
    const one = caller(loader.load);
    await advance(secondMs);
    one.leave(reason);
    const [result] = await settle(Promise.allSettled([one.promise]));
    expect(result).toEqual({ status: 'rejected', reason });
  });

  it('without a reason rejects with an AbortError', async () => {
    const { loader } = openTab({}, noAnswer);
    const one = caller(loader.load);
    one.leave();
    expect(await failureOf(one.promise)).toMatchObject({ name: 'AbortError' });
  });

  it('that is already aborted rejects without a request, even for a hit', async () => {
    const { loader, endpoint } = openTab();
    const signal = AbortSignal.abort(new Error('left'));
    expect(await failureOf(loader.load({ signal }))).toMatchObject({ message: 'left' });
    expect(endpoint.requests).toEqual([]);
    await settle(loader.load());
    expect(await failureOf(loader.load({ signal }))).toMatchObject({ message: 'left' });
  });

  it('C-32: of one caller rejects that caller at once, and the other resolves', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    const [a, b] = [caller(loader.load), caller(loader.load)];
    await advance(secondMs / 2);
    a.leave(new Error('A left'));
    const { error, ms } = await outcomeOf(a.promise);
    expect(error).toMatchObject({ message: 'A left' });
    expect(ms).toBe(0);
    expect(endpoint.pendingCount()).toBe(1);
    expect(userOf(await settle(b.promise))).toBe('user-1');
  });

  it('C-32: of both callers aborts the request', async () => {
    const { loader, endpoint } = openTab({}, noAnswer);
    const [a, b] = [caller(loader.load), caller(loader.load)];
    await advance(secondMs);
    a.leave(new Error('A left'));
    await flush();
    expect(endpoint.requests[0]!.init.signal?.aborted).toBe(false);
    b.leave(new Error('B left'));
    await flush();
    expect(endpoint.requests[0]!.init.signal?.aborted).toBe(true);
    expect(endpoint.pendingCount()).toBe(0);
    expect(await failureOf(a.promise)).toMatchObject({ message: 'A left' });
    expect(await failureOf(b.promise)).toMatchObject({ message: 'B left' });
  });

  it('C-32: of the last caller leaves no timer and no cool-down', async () => {
    const { loader, endpoint } = openTab({}, noAnswer);
    const one = caller(loader.load);
    await advance(secondMs);
    one.leave();
    await flush();
    expect(vi.getTimerCount()).toBe(0);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.maxConcurrent()).toBe(1);
  });

  it('C-32: of one caller does not abort the request of a caller without a signal', async () => {
    const { loader } = openTab({}, delayed(secondMs));
    const plain = loader.load();
    const one = caller(loader.load);
    await flush();
    one.leave();
    expect(userOf(await settle(plain))).toBe('user-1');
  });

  it('that is aborted twice counts once per caller', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    const controller = new AbortController();
    const leaving = Promise.allSettled([loader.load({ signal: controller.signal }), loader.load({ signal: controller.signal })]);
    const plain = loader.load();
    await flush();
    controller.abort();
    controller.abort();
    expect(await settle(leaving)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    expect(userOf(await settle(plain))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('has no effect after the answer', async () => {
    const { loader, endpoint } = openTab();
    const one = caller(loader.load);
    await settle(one.promise);
    one.leave();
    await flush();
    expect(userOf(loader.peek())).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('does not abort a background refresh', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(0.8 * hourMs);
    endpoint.next(delayed(secondMs));
    const one = caller(loader.load);
    await settle(one.promise);
    one.leave();
    await advance(secondMs);
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('of the only caller does not abort the background refresh that it joined', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(0.8 * hourMs);
    endpoint.next(delayed(secondMs));
    await settle(loader.load());
    await flush();
    const one = caller(loader.load, { cache: 'reload' });
    await flush();
    one.leave();
    await advance(2 * secondMs);
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('rejects at once while storage is read', async () => {
    const { loader } = openTab({ storage: { ...createStorage(), get: () => new Promise(() => {}) } });
    const one = caller(loader.load, { cache: 'only-if-cached' });
    await flush();
    one.leave(new Error('left'));
    expect((await outcomeOf(one.promise)).ms).toBe(0);
  });

  it('C-32: of the last caller who waits for a lock leaves the queue, and no timer', async () => {
    const locks = stubLocks();
    locks.holdForever();
    const { loader, endpoint } = openTab();
    const one = caller(loader.load);
    await advance(secondMs);
    one.leave();
    await flush();
    expect(locks.requested.at(-1)!.options.signal?.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    await advance(minuteMs);
    expect(endpoint.requests).toEqual([]);
  });

  it('is left without a listener after a load', async () => {
    const { loader } = openTab();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await settle(loader.load({ signal }));
    await settle(loader.load({ signal }));
    await flush();
    expect(removed.mock.calls.length).toBe(added.mock.calls.length);
  });
});
