import { describe, expect, it, vi } from 'vitest';
import { connect, FakeConnection } from '../support/connection.js';
import { keep, openTab, userOf } from '../support/loaders.js';
import { advance, flush, hourMs, secondMs, settle } from '../support/world.js';

/** Counts the listeners that are added to a target from now on and not removed. */
const listenersOf = (target: EventTarget): (() => number) => {
  const live = new Set<string>();
  const ids = new Map<unknown, number>();
  const keyOf = (type: string, listener: unknown): string => {
    if (!ids.has(listener)) ids.set(listener, ids.size);
    return `${type} ${ids.get(listener)}`;
  };
  const { addEventListener: add, removeEventListener: remove } = target;
  target.addEventListener = (type, listener, options) => {
    const key = keyOf(type, listener);
    const { signal } = Object(options) as AddEventListenerOptions;
    live.add(key);
    signal?.addEventListener('abort', () => live.delete(key));
    add.call(target, type, listener, options);
  };
  target.removeEventListener = (type, listener, options) => {
    live.delete(keyOf(type, listener));
    remove.call(target, type, listener, options);
  };
  return () => live.size;
};

describe('stopping keepFresh', () => {
  it('takes at most ten seconds after the connection is closed', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    connection.close();
    await advance(10 * secondMs);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['the returned function', 'the signal', 'dispose'])('by %s leaves no timer', async (way) => {
    const { loader } = openTab({ storage: 'memory' });
    const controller = new AbortController();
    const connection = new FakeConnection(await settle(loader.load()));
    const stop = keep(connection, loader, { signal: controller.signal });
    if (way === 'dispose') loader.dispose();
    else if (way === 'the signal') controller.abort();
    else stop();
    await advance(10 * secondMs);
    expect(vi.getTimerCount()).toBe(0);
    connection.fireCandidateError();
    await flush();
    expect(connection.applied).toEqual([]);
  });

  it.each(['the returned function', 'the signal', 'dispose', 'closing'])(
    'by %s leaves no listener on the connection or the signal',
    async (way) => {
      const { loader } = openTab({ storage: 'memory' });
      const controller = new AbortController();
      const connection = new FakeConnection(await settle(loader.load()));
      const left = [listenersOf(connection), listenersOf(controller.signal)];
      keep(connection, loader, { signal: controller.signal });
      const stop = keep(connection, loader, { signal: controller.signal });
      await loader.load({ cache: 'reload' });
      await flush();
      expect(connection.restarts).toBe(1);
      if (way === 'dispose') loader.dispose();
      else if (way === 'the signal') controller.abort();
      else if (way === 'closing') connection.close();
      else stop();
      await advance(10 * secondMs);
      expect(left.map((listeners) => listeners())).toEqual([0, 0]);
    },
  );

  it('by a signal that is already aborted starts nothing', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = new FakeConnection(await settle(loader.load()));
    keep(connection, loader, { signal: AbortSignal.abort() });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a second time does not stop a later keepFresh of the same connection', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = new FakeConnection(await settle(loader.load()));
    const stop = keep(connection, loader);
    stop();
    keep(connection, loader);
    stop();
    await advance(hourMs);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
  });

  it('may be repeated, and so may keepFresh itself', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    const stop = keep(connection, loader);
    stop();
    stop();
    await advance(10 * secondMs);
    expect(vi.getTimerCount()).toBe(0);
  });
});
