import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb';
import { clear, get, set } from 'idb-keyval';
import { describe, expect, it, vi } from 'vitest';
import { apiKey, createEndpoint, good, unreachable } from '../support/endpoint.js';
import { makeLoader, openTab, userOf } from '../support/loaders.js';
import { breakStore, databaseName, forbidIndexedDb, refuseIndexedDb, restoreIndexedDb, throwIndexedDb } from '../support/storage.js';
import { advance, failureOf, flush, jumpClock, minuteMs, outcomeOf, secondMs, settle } from '../support/world.js';

const broken: [number: string, what: string, breakIt: () => unknown][] = [
  ['C-04', 'rejects UnknownError at every call', () => refuseIndexedDb('UnknownError')],
  ['C-06', 'rejects UnknownError for ever', () => refuseIndexedDb('UnknownError')],
  ['C-07', 'rejects InvalidStateError (private window)', () => refuseIndexedDb('InvalidStateError')],
  ['C-07', 'rejects VersionError', () => refuseIndexedDb('VersionError')],
  ['C-09', 'rejects with null', () => refuseIndexedDb(null)],
  ['C-08', 'throws SecurityError from open', () => throwIndexedDb('SecurityError')],
  ['C-08', 'throws SecurityError from its getter', () => forbidIndexedDb()],
  ['C-18', 'is missing', () => vi.stubGlobal('indexedDB', undefined)],
  ['C-18', 'is null', () => vi.stubGlobal('indexedDB', null)],
  ['C-05', 'rejects reading alone', () => breakStore('UnknownError', 'get', 'getAll', 'getAllKeys')],
  ['C-09', 'aborts every transaction without an error', abortTransactions],
  ['C-10', 'throws DataCloneError from put', () => breakStore('DataCloneError', 'put')],
  ['C-15', 'throws QuotaExceededError from put', () => breakStore('QuotaExceededError', 'put')],
  ['C-17', 'rejects reading, writing and deleting', () => breakStore('UnknownError', 'get', 'put', 'delete', 'getAll', 'getAllKeys')],
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
  it.each(broken)('%s: that %s costs a load neither its configuration nor much time', async (_, __, breakIt) => {
    breakIt();
    const { loader, endpoint } = openTab();
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBeLessThanOrEqual(200);
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each(broken)('%s: that %s leaves memory to serve', async (_, __, breakIt) => {
    breakIt();
    const { loader, endpoint } = openTab();
    for (let i = 0; i < 5; i++) expect(userOf(await settle(loader.load()))).toBe('user-1');
    await advance(secondMs);
    expect(userOf(loader.peek())).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
    expect(loader.status?.storage).toBe('memory');
  });

  it.each(broken)('%s: that %s lets invalidate settle, and the next load asks', async (_, __, breakIt) => {
    breakIt();
    const { loader } = openTab();
    await settle(loader.load());
    await settle(loader.invalidate());
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it.each(broken)('%s: that %s changes nothing about a failure', async (_, __, breakIt) => {
    breakIt();
    const { loader, endpoint } = openTab();
    endpoint.always(unreachable);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
    expect(endpoint.requests).toHaveLength(3);
  });

  it.each(broken)('%s: that %s throws nothing at once', (_, __, breakIt) => {
    breakIt();
    const { loader } = openTab();
    expect(() => {
      loader.peek();
      loader.load().catch(() => {});
      loader.invalidate().catch(() => {});
    }).not.toThrow();
  });

  it('C-04: that rejects every call: 100 loads are 100 configurations, one request and at most one warning', async () => {
    refuseIndexedDb('UnknownError');
    const methods = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
    const { loader, endpoint } = openTab();
    for (let i = 0; i < 100; i++) expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
    expect(methods.reduce((count, { mock }) => count + mock.calls.length, 0)).toBeLessThanOrEqual(1);
  });

  it('C-06: that is corrupt for ever is opened a bounded number of times, however often one loads', async () => {
    const open = refuseIndexedDb('UnknownError');
    const { loader } = openTab();
    for (let i = 0; i < 100; i++) await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(open.mock.calls.length).toBeLessThanOrEqual(10);
    expect(loader.status?.storage).toBe('memory');
  });

  it('C-06: that heals is used again after a while', async () => {
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

  it('C-15: that is full leaves the older entry untouched', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(secondMs);
    breakStore('QuotaExceededError', 'put');
    expect(userOf(await settle(loader.load({ cache: 'reload' })))).toBe('user-2');
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('C-11: with a database of our name and without our store is made anew once', async () => {
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

  it('C-19: whose default store of idb-keyval another library clears keeps our entry', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    await settle(set('theirs', 1));
    await settle(clear());
    expect(await settle(get('theirs'))).toBeUndefined();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-16: whose write never ends is not waited for', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => ({}) as never);
    const { loader } = openTab();
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(0);
  });
});

describe('without any global of a page', () => {
  it('C-18: as in plain Node, everything works from the network with memory', async () => {
    for (const name of ['indexedDB', 'navigator', 'localStorage', 'document', 'window', 'BroadcastChannel']) vi.stubGlobal(name, undefined);
    const { fetch, requests } = createEndpoint(good);
    const loader = makeLoader({ appName: 'demo', apiKey, fetch, autoRefresh: true });
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(requests).toHaveLength(1);
    expect(loader.status?.storage).toBe('memory');
  });
});
