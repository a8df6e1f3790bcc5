import { describe, expect, it, vi } from 'vitest';
import { noAnswer, otherApiKey, unreachable } from '../support/endpoint.js';
import { storeBesideForeignRecord } from '../support/foreign-record.js';
import { openTab, userOf } from '../support/loaders.js';
import { stubLocks } from '../support/locks.js';
import { createStorage, deleteDatabase, hangIndexedDb, readRecords, slowIndexedDb, stubLocalStorage } from '../support/storage.js';
import { advance, afterTest, dayMs, failureOf, flush, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, settle } from '../support/world.js';

describe('the hint in localStorage', () => {
  it('is there once an answer is stored, under a name without secrets, and holds no data', async () => {
    const items = stubLocalStorage();
    const { loader } = openTab();
    await settle(loader.load());
    await flush();
    expect([...items]).toEqual([[expect.stringMatching(/^ice-servers-loader:[\da-z]{2,14}$/), '1']]);
  });

  it.each([
    ['with Web Locks', () => void stubLocks()],
    ['without Web Locks', () => {}],
  ])('that is missing lets the request start within 3 ms, whatever IndexedDB does, %s', async (_, prepare) => {
    prepare();
    stubLocalStorage();
    hangIndexedDb();
    const { loader } = openTab();
    expect((await outcomeOf(loader.load())).ms).toBe(3);
  });

  it('is not read if storage answers first', async () => {
    stubLocalStorage();
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    const look = vi.spyOn(localStorage, 'getItem');
    await settle(anotherTab().load());
    expect(look).not.toHaveBeenCalled();
  });

  it('that is there makes the loader wait for storage', async () => {
    stubLocalStorage();
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('that is wrong because the database was deleted costs one read', async () => {
    stubLocalStorage();
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    await deleteDatabase();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
  });

  it.each([
    ['that the app has cleared', (items: Map<string, string>) => items.clear()],
    [
      'that cannot be written because localStorage is full',
      () => vi.stubGlobal('localStorage', { getItem: () => null, setItem: throwQuotaError, removeItem: () => {} }),
    ],
  ])('%s does not keep a stored entry from being served while the endpoint hangs', async (_, breakIt) => {
    const items = stubLocalStorage();
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    breakIt(items);
    slowIndexedDb(50);
    endpoint.always(noAnswer);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    await flush();
    expect(endpoint.pendingCount()).toBe(0);
  });

  it('that the app has cleared does not keep a stale entry from being served', async () => {
    const items = stubLocalStorage();
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(2 * hourMs);
    items.clear();
    slowIndexedDb(50);
    endpoint.always(unreachable);
    const second = anotherTab();
    expect(userOf(await settle(second.load()))).toBe('user-1');
    expect(second.status).toMatchObject({ source: 'stale' });
  });

  it('that cannot be written because localStorage is full costs no request on a slow page', async () => {
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: throwQuotaError, removeItem: () => {} });
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    slowIndexedDb(50);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('is removed with the entry', async () => {
    const items = stubLocalStorage();
    const { loader } = openTab();
    await settle(loader.load());
    await flush();
    await settle(loader.invalidate());
    expect(items.size).toBe(0);
  });

  it('is removed when its expired entry is deleted', async () => {
    const items = stubLocalStorage();
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(30 * dayMs);
    await settle(anotherTab({ apiKey: otherApiKey }).load());
    await advance(secondMs);
    expect(items.size).toBe(1);
  });

  it('is all that is removed with a foreign record: an item of the app with the same name stays', async () => {
    const items = stubLocalStorage();
    items.set('theirs', 'kept');
    await storeBesideForeignRecord();
    expect([...(await readRecords()).keys()]).not.toContain('theirs');
    expect(items.get('theirs')).toBe('kept');
  });

  it('is there after a failure too, so that the next page finds the cool-down', async () => {
    stubLocalStorage();
    const { loader, endpoint, anotherTab } = openTab();
    endpoint.always(unreachable);
    await failureOf(loader.load());
    await flush();
    await failureOf(anotherTab().load());
    expect(endpoint.requests).toHaveLength(3);
  });

  it.each([
    ['throws from its methods', () => vi.stubGlobal('localStorage', new Proxy({}, { get: () => throwSecurityError }))],
    ['throws from its getter', () => Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: throwSecurityError })],
    ['is null', () => vi.stubGlobal('localStorage', null)],
    ['is full', () => vi.stubGlobal('localStorage', { getItem: () => null, setItem: throwSecurityError, removeItem: () => {} })],
  ])('is not needed if localStorage %s', async (_, breakIt) => {
    breakIt();
    const { loader } = openTab();
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await settle(loader.invalidate());
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    Reflect.deleteProperty(globalThis, 'localStorage');
  });

  it.each([
    ['by default', {}],
    ['with "memory"', { storage: 'memory' as const }],
    ['with a storage of the app', { storage: createStorage() }],
  ])('C-76: is neither read nor written without IndexedDB, as in Node, where a look would warn (%s)', async (_, options) => {
    const look = vi.fn();
    vi.stubGlobal('indexedDB', undefined);
    Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: look });
    afterTest(() => Reflect.deleteProperty(globalThis, 'localStorage'));
    const { loader, endpoint } = openTab(options);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await settle(loader.invalidate());
    endpoint.next(unreachable, unreachable, unreachable);
    await failureOf(loader.load());
    await advance(minuteMs);
    expect(look).not.toHaveBeenCalled();
  });

  it('is not written for memory or for a custom storage', async () => {
    const items = stubLocalStorage();
    await settle(openTab({ storage: 'memory' }).loader.load());
    await settle(openTab({ storage: createStorage() }).loader.load());
    await flush();
    expect(items.size).toBe(0);
  });
});

function throwQuotaError(): never {
  throw new DOMException('full', 'QuotaExceededError');
}

function throwSecurityError(): never {
  throw new DOMException('refused', 'SecurityError');
}
