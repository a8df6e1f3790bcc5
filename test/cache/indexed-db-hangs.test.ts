import { describe, expect, it, vi } from 'vitest';
import { delayed, noAnswer } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import { createStorage, hangIndexedDb, restoreIndexedDb, slowIndexedDb } from '../support/storage.js';
import { advance, flush, hourMs, outcomeOf, secondMs, settle } from '../support/world.js';

describe('an IndexedDB whose open never fires an event', () => {
  it('C-01: delays the request by 100 ms, and the load succeeds', async () => {
    hangIndexedDb();
    const { loader, endpoint } = openTab();
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(100);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-01: is opened again by a later load, and recovers', async () => {
    hangIndexedDb();
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await advance(10 * secondMs);
    restoreIndexedDb();
    await advance(2 * hourMs);
    await settle(loader.load());
    await advance(secondMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
    expect(loader.status?.storage).toBe('indexeddb');
  });

  it('C-02: is opened again for the write after the hung read', async () => {
    const open = hangIndexedDb();
    const { loader, endpoint, anotherTab } = openTab();
    const loading = loader.load({ cache: 'reload' });
    await flush();
    expect(open).toHaveBeenCalledOnce();
    restoreIndexedDb();
    await settle(loading);
    await advance(secondMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-20: for good, as when storage was blocked and allowed again, leaves every load working', async () => {
    hangIndexedDb();
    const { loader, endpoint } = openTab();
    for (let i = 1; i <= 5; i++) {
      const { value, ms } = await outcomeOf(loader.load());
      expect(userOf(value)).toBe(`user-${i}`);
      expect(ms).toBeLessThanOrEqual(200);
      await advance(2 * hourMs);
    }
    expect(endpoint.requests).toHaveLength(5);
  });

  it('C-01: leaves no timer behind', async () => {
    hangIndexedDb();
    const { loader } = openTab();
    await settle(loader.load());
    await advance(5 * secondMs);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('delays only-if-cached by at most 500 ms', async () => {
    hangIndexedDb();
    const { loader } = openTab();
    const { error, ms } = await outcomeOf(loader.load({ cache: 'only-if-cached' }));
    expect(error).toMatchObject({ code: 'not-cached' });
    expect(ms).toBeLessThanOrEqual(500);
  });
});

describe('an IndexedDB that is slow', () => {
  it('and answers before the network does wins the race, and the request is aborted', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    slowIndexedDb(300);
    endpoint.always(noAnswer);
    const { value, ms } = await outcomeOf(anotherTab().load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBeLessThan(500);
    await flush();
    expect(endpoint.pendingCount()).toBe(0);
  });

  it('and holds nothing does not disturb the request', async () => {
    const storage = { ...createStorage(), get: () => new Promise((resolve) => setTimeout(resolve, 300)) };
    const { loader, endpoint } = openTab({ storage }, delayed(secondMs));
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(1100);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('and answers within 100 ms saves the request', async () => {
    const storage = createStorage();
    const { loader, endpoint, anotherTab } = openTab({ storage });
    await settle(loader.load());
    const slow = { ...storage, get: (key: string) => new Promise((resolve) => setTimeout(() => resolve(storage.items.get(key)), 90)) };
    expect(userOf(await settle(anotherTab({ storage: slow }).load()))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });
});
