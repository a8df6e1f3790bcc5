import { describe, expect, it, vi } from 'vitest';
import { delayed, meteredBody, otherApiKey } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import { createStorage, readRecords } from '../support/storage.js';
import { advance, flush, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, settle, startOfTime } from '../support/world.js';

describe('the first load', () => {
  it('requests the endpoint and returns its servers', async () => {
    const { loader, endpoint } = openTab();
    expect(await settle(loader.load())).toEqual({ iceServers: meteredBody() });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('leaves no timer behind', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is preceded by no request, timer or access to storage', async () => {
    const get = vi.fn();
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, get });
    const { endpoint } = openTab();
    await advance(minuteMs);
    expect(endpoint.requests).toEqual([]);
    expect(get).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('while memory is fresh', () => {
  it('the next load takes no time, no request and no storage', async () => {
    const storage = createStorage();
    const { loader, endpoint } = openTab({ storage });
    await settle(loader.load());
    await flush();
    storage.get.mockClear();
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(0);
    expect(endpoint.requests).toHaveLength(1);
    expect(storage.get).not.toHaveBeenCalled();
    expect(loader.status?.source).toBe('memory');
  });

  it('peek returns the same at once', async () => {
    const { loader } = openTab();
    expect(loader.peek()).toBeUndefined();
    const loaded = await settle(loader.load());
    expect(loader.peek()).toEqual(loaded);
  });

  it('peek returns undefined from maxAge on', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    jumpClock(hourMs - 1);
    expect(loader.peek()).toBeDefined();
    jumpClock(1);
    expect(loader.peek()).toBeUndefined();
  });

  it('peek sends no request', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(hourMs - 1);
    loader.peek();
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('after a page reload', () => {
  it('a fresh answer comes from IndexedDB, without a request', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(10 * minuteMs);
    const second = anotherTab();
    expect(userOf(await settle(second.load()))).toBe('user-1');
    expect(second.status).toMatchObject({
      source: 'indexeddb',
      fetchedAt: startOfTime,
      expiresAt: startOfTime + hourMs,
      storage: 'indexeddb',
    });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('an answer past maxAge is requested again', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(hourMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('a smaller maxAge of the new page counts', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(10 * minuteMs);
    await settle(anotherTab({ maxAge: 60 }).load());
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-63: another key or another region is another entry', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await settle(anotherTab({ region: 'europe' }).load());
    await settle(anotherTab({ apiKey: otherApiKey }).load());
    await settle(anotherTab({ appName: 'other' }).load());
    expect(endpoint.requests).toHaveLength(4);
    await flush();
    expect((await readRecords()).size).toBe(4);
  });

  it('storage "memory" has nothing', async () => {
    const { loader, endpoint, anotherTab } = openTab({ storage: 'memory' });
    await settle(loader.load());
    await settle(anotherTab().load());
    expect(endpoint.requests).toHaveLength(2);
    expect(loader.status?.storage).toBe('memory');
  });
});

describe('past maxAge', () => {
  it('a load waits for a new answer', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(hourMs);
    endpoint.next(delayed(secondMs));
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-2');
    expect(ms).toBe(secondMs);
    expect(loader.status).toMatchObject({ source: 'network', fetchedAt: startOfTime + hourMs });
  });
});
