import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb';
import { clear, get, set } from 'idb-keyval';
import { describe, expect, it, vi } from 'vitest';
import { apiKey, createEndpoint, good, unreachable } from '../support/endpoint.js';
import { makeLoader, openTab, userOf } from '../support/loaders.js';
import { breakStore, databaseName, forbidIndexedDb, refuseIndexedDb, restoreIndexedDb, throwIndexedDb } from '../support/storage.js';
import { advance, failureOf, flush, jumpClock, minuteMs, outcomeOf, secondMs, settle } from '../support/world.js';

const broken: [number: string, what: string, breakIt: () => unknown][] = [
  ['C-04', 'rejects every call with UnknownError', () => refuseIndexedDb('UnknownError')],
  ['C-06', 'always rejects with UnknownError', () => refuseIndexedDb('UnknownError')],
  ['C-07', 'rejects with InvalidStateError (private window)', () => refuseIndexedDb('InvalidStateError')],
  ['C-07', 'rejects with VersionError', () => refuseIndexedDb('VersionError')],
  ['C-09', 'rejects with null', () => refuseIndexedDb(null)],
  ['C-08', 'throws SecurityError from open', () => throwIndexedDb('SecurityError')],
  ['C-08', 'throws SecurityError from its getter', () => forbidIndexedDb()],
  ['C-18', 'is missing', () => vi.stubGlobal('indexedDB', undefined)],
  ['C-18', 'is null', () => vi.stubGlobal('indexedDB', null)],
  ['C-05', 'rejects reads only', () => breakStore('UnknownError', 'get', 'getAll', 'getAllKeys')],
  ['C-09', 'aborts every transaction without an error', abortTransactions],
  ['C-10', 'throws DataCloneError from put', () => breakStore('DataCloneError', 'put')],
  ['C-15', 'throws QuotaExceededError from put', () => breakStore('QuotaExceededError', 'put')],
  ['C-17', 'rejects reads, writes and deletes', () => breakStore('UnknownError', 'get', 'put', 'delete', 'getAll', 'getAllKeys')],
];

function abortTransactions(): void {
  const { transaction } = IDBDatabase.prototype;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function begin(this: IDBDatabase, ...args) {
    const begun = transaction.apply(this, args);
    begun.abort();
    return begun;
  });
}

describe('an IndexedDB', () => {
  it.each(broken)('%s: that %s neither fails nor delays a load', async (_, __, breakIt) => {
    breakIt();
    const { loader, endpoint } = openTab();
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBeLessThanOrEqual(200);
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each(broken)('%s: that %s leaves the cache in memory working', async (_, __, breakIt) => {
    breakIt();
    const { loader, endpoint } = openTab();
    for (let i = 0; i < 5; i++) expect(userOf(await settle(loader.load()))).toBe('user-1');
    await advance(secondMs);
    expect(userOf(loader.peek())).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
    expect(loader.status?.storage).toBe('memory');
  });

  it.each(broken)('%s: that %s lets invalidate settle, and the next load sends a request', async (_, __, breakIt) => {
    breakIt();
    const { loader } = openTab();
    await settle(loader.load());
    await settle(loader.invalidate());
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it.each(broken)('%s: that %s does not change how a load fails', async (_, __, breakIt) => {
    breakIt();
    const { loader, endpoint } = openTab();
    endpoint.always(unreachable);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
    expect(endpoint.requests).toHaveLength(3);
  });

  it.each(broken)('%s: that %s makes no method throw synchronously', (_, __, breakIt) => {
    breakIt();
    const { loader } = openTab();
    expect(() => {
      loader.peek();
      loader.load().catch(() => {});
      loader.invalidate().catch(() => {});
    }).not.toThrow();
  });

  it('C-04: that rejects every call serves 100 loads with one request and at most one warning', async () => {
    refuseIndexedDb('UnknownError');
    const methods = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
    const { loader, endpoint } = openTab();
    for (let i = 0; i < 100; i++) expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
    expect(methods.reduce((count, { mock }) => count + mock.calls.length, 0)).toBeLessThanOrEqual(1);
  });

  it('C-06: that stays corrupt is opened at most ten times, however often a page loads', async () => {
    const open = refuseIndexedDb('UnknownError');
    const { loader } = openTab();
    for (let i = 0; i < 100; i++) await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(open.mock.calls.length).toBeLessThanOrEqual(10);
    expect(loader.status?.storage).toBe('memory');
  });

  it('C-06: that works again is used again after a while', async () => {
    refuseIndexedDb('UnknownError');
    const { loader, anotherTab } = openTab();
    for (let i = 0; i < 10; i++) await settle(loader.load({ cache: 'reload' }));
    restoreIndexedDb();
    await advance(minuteMs);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-11');
    expect(loader.status?.storage).toBe('indexeddb');
  });

  it('C-15: that is full keeps the older entry', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(secondMs);
    breakStore('QuotaExceededError', 'put');
    expect(userOf(await settle(loader.load({ cache: 'reload' })))).toBe('user-2');
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('C-11: with a database of our name but without our store is deleted and created again, once', async () => {
    const request = indexedDB.open(databaseName, 7);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore('foreign'));
    await new Promise((resolve) => request.addEventListener('success', resolve));
    request.result.close();
    const { loader, endpoint, anotherTab } = openTab();
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await advance(secondMs);
    jumpClock(secondMs);
    await settle(loader.load({ cache: 'reload' }));
    await advance(secondMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-19: keeps our entry when another library clears the default store of idb-keyval', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    await settle(set('theirs', 1));
    await settle(clear());
    expect(await settle(get('theirs'))).toBeUndefined();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-16: does not delay a load if its write never ends', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => ({}) as never);
    const { loader } = openTab();
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(0);
  });
});

describe('without any global of a page', () => {
  it('C-18: as in plain Node, a loader works with the network and memory', async () => {
    for (const name of ['indexedDB', 'navigator', 'localStorage', 'document', 'window', 'BroadcastChannel']) vi.stubGlobal(name, undefined);
    const { fetch, requests } = createEndpoint(good);
    const loader = makeLoader({ appName: 'demo', apiKey, fetch, autoRefresh: true });
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(requests).toHaveLength(1);
    expect(loader.status?.storage).toBe('memory');
  });
});
