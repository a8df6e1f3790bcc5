import { describe, expect, it, vi } from 'vitest';
import { httpError } from '../support/endpoint.js';
import { errorsOf, mockRandom, openTab, refreshesOf, userOf } from '../support/loaders.js';
import { advance, failureOf, flush, hourMs, jumpClock, minuteMs, settle } from '../support/world.js';

describe('the events', () => {
  it('refresh carries the status, once for each new answer', async () => {
    const { loader } = openTab();
    const statuses = refreshesOf(loader);
    await settle(loader.load());
    await settle(loader.load());
    expect(statuses).toHaveLength(1);
    expect(statuses[0]).toEqual({ ...loader.status, source: 'network' });
    await settle(loader.load({ cache: 'reload' }));
    expect(statuses).toHaveLength(2);
  });

  it('refresh is fired for servers that another tab loaded', async () => {
    mockRandom(0);
    const { loader, anotherTab, endpoint } = openTab({ autoRefresh: true });
    const statuses = refreshesOf(loader);
    await settle(loader.load());
    jumpClock(0.5 * hourMs);
    await settle(anotherTab().load({ cache: 'reload' }));
    await advance(minuteMs);
    expect(endpoint.requests).toHaveLength(2);
    expect(statuses).toHaveLength(2);
    expect(statuses[1]).toMatchObject({ source: 'indexeddb' });
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('refresh is not fired for an answer that is not cached', async () => {
    const { loader } = openTab();
    const statuses = refreshesOf(loader);
    await settle(loader.load({ cache: 'no-store' }));
    expect(statuses).toEqual([]);
  });

  it('error is not fired for a failure that rejects a caller', async () => {
    const { loader } = openTab({}, httpError(400));
    const errors = errorsOf(loader);
    await failureOf(loader.load());
    expect(errors).toEqual([]);
  });

  it('are CustomEvents of an EventTarget', async () => {
    const { loader } = openTab();
    const seen: Event[] = [];
    loader.addEventListener('refresh', (event) => void seen.push(event));
    await settle(loader.load());
    expect(loader).toBeInstanceOf(EventTarget);
    expect(seen[0]).toBeInstanceOf(CustomEvent);
    expect(seen[0]!.type).toBe('refresh');
  });

  it('may include events that the app dispatches itself', () => {
    const { loader } = openTab();
    const heard = vi.fn();
    loader.addEventListener('own', heard);
    loader.dispatchEvent(new Event('own'));
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('a listener that throws', () => {
  const failingListener = () => {
    throw new Error('mine');
  };

  it('does not affect the loader or other listeners', async () => {
    const reported: unknown[] = [];
    // Node reports an error in a listener as an uncaught exception, and a browser as an error event on the page.
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error) => void reported.push(error.message));
    try {
      const { loader } = openTab();
      loader.addEventListener('refresh', failingListener);
      const statuses = refreshesOf(loader);
      expect(userOf(await settle(loader.load()))).toBe('user-1');
      expect(statuses).toHaveLength(1);
      await flush();
      expect(reported).toEqual(['mine']);
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const other of others) process.on('uncaughtException', other);
    }
  });
});
