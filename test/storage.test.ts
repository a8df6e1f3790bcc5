import { IDBDatabase, IDBFactory, IDBObjectStore, forceCloseDatabase } from 'fake-indexeddb';
import { clear, get, set } from 'idb-keyval';
import { describe, expect, it, vi } from 'vitest';
import type { IceServersOptions } from '../src/index.js';
import { apiKey, createEndpoint, good, delayed, meteredBody, otherApiKey, httpError, noAnswer, unreachable } from './support/endpoint.js';
import { makeLoader, openTab, userOf, type Tab } from './support/loaders.js';
import { stubLocks } from './support/locks.js';
import { stubPage } from './support/page.js';
import {
  breakStore,
  changeRecords,
  createPausedStorage,
  createStorage,
  databaseName,
  deleteDatabase,
  forbidIndexedDb,
  hangIndexedDb,
  inDatabase,
  readRecords,
  refuseIndexedDb,
  slowIndexedDb,
  stubLocalStorage,
  throwIndexedDb,
  watchIndexedDb,
} from './support/storage.js';
import {
  advance,
  settle,
  dayMs,
  failureOf,
  hourMs,
  jumpClock,
  minuteMs,
  outcomeOf,
  secondMs,
  startOfTime,
  flush,
} from './support/world.js';

/** IndexedDB works, from now on. */
const restoreIndexedDb = (): void => void vi.stubGlobal('indexedDB', new IDBFactory());

/** Something that is no record of ours stands in our database, under the key `theirs`, when an answer is stored. */
const storeBesideForeignRecord = async (): Promise<void> => {
  await settle(openTab().loader.load());
  await flush();
  await inDatabase((store) => store.put('rubbish', 'theirs'));
  await settle(openTab({ region: 'eu' }).loader.load());
  await advance(secondMs);
};

describe('an IndexedDB whose open fires no event', () => {
  it('C-01: delays the network by 100 ms of silence, and the configuration comes', async () => {
    hangIndexedDb();
    const { loader, endpoint } = openTab();
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(100);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-01: is opened anew by a later load, and recovers', async () => {
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

  it('C-02: once, reads and writes at the next load: no hung open is remembered', async () => {
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

  it('C-20: for good, as where storage was blocked and allowed again, leaves every load working', async () => {
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

  it('does not hold only-if-cached up for longer than 500 ms', async () => {
    hangIndexedDb();
    const { loader } = openTab();
    const { error, ms } = await outcomeOf(loader.load({ cache: 'only-if-cached' }));
    expect(error).toMatchObject({ code: 'not-cached' });
    expect(ms).toBeLessThanOrEqual(500);
  });
});

describe('an IndexedDB that is slow', () => {
  it('and answers while the network is still silent wins the race, and the request ends', async () => {
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

  it('and answers with nothing leaves the request alone', async () => {
    const storage = { ...createStorage(), get: () => new Promise((resolve) => setTimeout(resolve, 300)) };
    const { loader, endpoint } = openTab({ storage }, delayed(secondMs));
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(1100);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('and answers within 100 ms makes no request', async () => {
    const storage = createStorage();
    const { loader, endpoint, anotherTab } = openTab({ storage });
    await settle(loader.load());
    const slow = { ...storage, get: (key: string) => new Promise((resolve) => setTimeout(() => resolve(storage.items.get(key)), 90)) };
    expect(userOf(await settle(anotherTab({ storage: slow }).load()))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('a connection to IndexedDB', () => {
  it('C-03: is not kept: when a load is over, nothing is open', async () => {
    const { opens, stillOpen } = watchIndexedDb();
    const { loader } = openTab();
    await settle(loader.load());
    await advance(secondMs);
    expect(opens).toHaveBeenCalled();
    expect(stillOpen.size).toBe(0);
  });

  it('C-03: that is closed underneath harms neither the next read nor the next write', async () => {
    const { opens } = watchIndexedDb();
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    for (const { value } of opens.mock.results) forceCloseDatabase((value as IDBOpenDBRequest).result as never);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    jumpClock(secondMs);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-12: does not block deleteDatabase of another tab, and this tab goes on', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    expect(await deleteDatabase()).toBe('success');
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    jumpClock(secondMs);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-13: nothing of ours keeps a page out of the bfcache: no open database, no channel, no unload listener', async () => {
    const page = stubPage();
    const channel = vi.fn();
    vi.stubGlobal('BroadcastChannel', channel);
    const { stillOpen } = watchIndexedDb();
    const { loader } = openTab();
    loader.addEventListener('refresh', () => {});
    await settle(loader.load());
    await advance(secondMs);
    expect(stillOpen.size).toBe(0);
    expect(channel).not.toHaveBeenCalled();
    expect(page.listenedTypes).not.toContain('unload');
    expect(page.listenedTypes).not.toContain('beforeunload');
  });

  it.each(['visibilitychange', 'pagehide'])('C-14: a write under way survives %s, and storage works afterwards', async (type) => {
    const page = stubPage();
    const { loader, endpoint, anotherTab } = openTab();
    loader.addEventListener('refresh', () => {});
    await settle(loader.load());
    page.fire(type, { persisted: true });
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    jumpClock(secondMs);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-67: pagehide and pageshow after the expiry: a load works, with one request', async () => {
    const page = stubPage();
    const { loader, endpoint } = openTab();
    loader.addEventListener('refresh', () => {});
    await settle(loader.load());
    page.fire('pagehide', { persisted: true });
    jumpClock(8 * hourMs);
    page.fire('pageshow', { persisted: true });
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    await advance(minuteMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-67: pageshow after the expiry brings new servers to a listener without any load', async () => {
    const page = stubPage();
    const { loader } = openTab();
    loader.addEventListener('refresh', () => {});
    await settle(loader.load());
    jumpClock(8 * hourMs);
    page.fire('pageshow', { persisted: true });
    await flush();
    expect(userOf(loader.peek())).toBe('user-2');
  });
});

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

/** Anything that is done with it throws. */
const unreadable = { toString: 1, valueOf: 1 };

describe('what is stored', () => {
  it('C-10: is plain data: JSON brings it back whole', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    await flush();
    const records = [...(await readRecords()).values()];
    expect(records).toHaveLength(1);
    expect(JSON.parse(JSON.stringify(records[0]))).toEqual(records[0]);
    expect(records[0]).toMatchObject({ iceServers: meteredBody(), fetchedAt: startOfTime });
  });

  it('C-10: is plain data where maxAge and staleIfError are Infinity, too', async () => {
    const { loader, anotherTab } = openTab({ maxAge: Infinity, staleIfError: Infinity });
    await settle(loader.load());
    await flush();
    const records = [...(await readRecords()).values()];
    expect(JSON.parse(JSON.stringify(records[0]))).toEqual(records[0]);
    jumpClock(365 * dayMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('stands under a key of the package that is a digest', async () => {
    const { loader } = openTab({ region: 'europe' });
    await settle(loader.load());
    await flush();
    for (const key of (await readRecords()).keys()) expect(key).toMatch(/^ice-servers-loader:[\da-z]{2,14}$/);
  });

  it.each<[what: string, change: (record: Record<string, unknown>) => unknown]>([
    ['of another kind', () => 'hello'],
    ['null', () => null],
    ['an empty object', () => ({})],
    ['of a later version', (record) => ({ ...record, v: 2 })],
    ['without a version', (record) => ({ ...record, v: undefined })],
    ['without a date', (record) => ({ ...record, fetchedAt: undefined })],
    ['with a date that is text', (record) => ({ ...record, fetchedAt: 'today' })],
    ['with a date of NaN', (record) => ({ ...record, fetchedAt: NaN })],
    ['from the future', (record) => ({ ...record, fetchedAt: startOfTime + dayMs })],
    ['with servers that are none', (record) => ({ ...record, iceServers: 'x' })],
    ['with no server', (record) => ({ ...record, iceServers: [] })],
    ['with a TURN entry without its pair', (record) => ({ ...record, iceServers: [{ urls: 'turn:a.example' }] })],
    ['with a URL that no constructor takes', (record) => ({ ...record, iceServers: [{ urls: 'https://a.example' }] })],
    ['with a cool-down that is none', (record) => ({ ...record, iceServers: [], cool: 'x' })],
    ...Object.entries({ code: unreadable, status: unreadable, failedAt: unreadable, until: unreadable }).map(
      ([name, value]): [string, (record: Record<string, unknown>) => unknown] => [
        `with a cool-down whose ${name} turns into no text`,
        (record) => ({
          ...record,
          iceServers: [],
          cool: { code: 'network', failedAt: startOfTime - 1, until: startOfTime + minuteMs, count: 1, [name]: value },
        }),
      ],
    ),
    ['with a date that turns into no number', (record) => ({ ...record, fetchedAt: unreadable })],
    [
      'with a cool-down after a failure that there is not',
      (record) => ({ ...record, iceServers: [], cool: { code: 'x', failedAt: startOfTime - 1, until: startOfTime + minuteMs, count: 1 } }),
    ],
    [
      'with a cool-down longer than any',
      (record) => ({ ...record, iceServers: [], cool: { code: 'network', failedAt: 1, until: startOfTime + 100 * dayMs, count: 1 } }),
    ],
    [
      'with a cool-down from the future',
      (record) => ({
        v: record['v'],
        until: startOfTime + 2 * dayMs,
        cool: { code: 'network', failedAt: startOfTime + dayMs, until: startOfTime + 2 * dayMs, count: 1 },
      }),
    ],
  ])('and was changed from outside (%s) is a miss, and the next answer mends it', async (_, change) => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    await changeRecords(change);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('and has a bad entry among good ones is taken without it', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    await changeRecords((record) => ({ ...record, iceServers: [...meteredBody(), { urls: 'stuns:a.example' }] }));
    expect(await settle(anotherTab().load())).toEqual({ iceServers: meteredBody() });
  });

  it('under other keys and past all use is swept', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(30 * dayMs);
    await settle(anotherTab({ apiKey: otherApiKey }).load());
    await advance(secondMs);
    expect((await readRecords()).size).toBe(1);
  });

  it('under other keys and still of use stays, and so does what is stale', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(20 * hourMs);
    await settle(anotherTab({ apiKey: otherApiKey }).load());
    await advance(secondMs);
    expect((await readRecords()).size).toBe(2);
  });

  it('under other keys and unreadable is swept', async () => {
    await storeBesideForeignRecord();
    expect([...(await readRecords()).keys()]).not.toContain('theirs');
  });
});

describe('the hint in localStorage', () => {
  it('is there after an answer was stored, under a name without secrets, and holds nothing', async () => {
    const items = stubLocalStorage();
    const { loader } = openTab();
    await settle(loader.load());
    await flush();
    expect([...items]).toEqual([[expect.stringMatching(/^ice-servers-loader:[\da-z]{2,14}$/), '1']]);
  });

  it.each([
    ['with Web Locks', () => void stubLocks()],
    ['without Web Locks', () => {}],
  ])('that is missing lets the network start within 3 ms, whatever IndexedDB does, %s', async (_, prepare) => {
    prepare();
    stubLocalStorage();
    hangIndexedDb();
    const { loader } = openTab();
    expect((await outcomeOf(loader.load())).ms).toBe(3);
  });

  it('is not looked at where storage answers before it is worth it', async () => {
    stubLocalStorage();
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    const look = vi.spyOn(localStorage, 'getItem');
    await settle(anotherTab().load());
    expect(look).not.toHaveBeenCalled();
  });

  it('that is there lets storage be read', async () => {
    stubLocalStorage();
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('that lies, because the database was deleted, costs a read and no more', async () => {
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
      'that cannot be written, as localStorage is full',
      () => vi.stubGlobal('localStorage', { getItem: () => null, setItem: throwQuotaError, removeItem: () => {} }),
    ],
  ])('%s keeps nothing from serving that storage brings while the endpoint is silent', async (_, breakIt) => {
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

  it('that the app has cleared keeps a stale answer from nobody', async () => {
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

  it('that cannot be written, as localStorage is full, costs a slow page no request', async () => {
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: throwQuotaError, removeItem: () => {} });
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    slowIndexedDb(50);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('goes with the entry', async () => {
    const items = stubLocalStorage();
    const { loader } = openTab();
    await settle(loader.load());
    await flush();
    await settle(loader.invalidate());
    expect(items.size).toBe(0);
  });

  it('of a swept entry goes with it', async () => {
    const items = stubLocalStorage();
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(30 * dayMs);
    await settle(anotherTab({ apiKey: otherApiKey }).load());
    await advance(secondMs);
    expect(items.size).toBe(1);
  });

  it('is all that sweeping takes from there: an item of the app, named like a foreign record, stays', async () => {
    const items = stubLocalStorage();
    items.set('theirs', 'kept');
    await storeBesideForeignRecord();
    expect([...(await readRecords()).keys()]).not.toContain('theirs');
    expect(items.get('theirs')).toBe('kept');
  });

  it('is there after a failure too, so that the cool-down is found', async () => {
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
  ])('in a localStorage that %s is gone without', async (_, breakIt) => {
    breakIt();
    const { loader } = openTab();
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await settle(loader.invalidate());
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    Reflect.deleteProperty(globalThis, 'localStorage');
  });

  it('is not used for memory and for a storage of the app’s own', async () => {
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

describe('a storage of the app’s own', () => {
  const asynchronous = (inner = createStorage()) => ({
    items: inner.items,
    get: async (key: string) => inner.get(key),
    set: async (key: string, value: object) => inner.set(key, value),
    delete: async (key: string) => inner.delete(key),
  });

  it.each([
    ['synchronous', createStorage],
    ['asynchronous', asynchronous],
  ])('may be %s: it keeps the answer for the next page', async (_, make) => {
    const storage = make();
    const { loader, endpoint, anotherTab } = openTab({ storage });
    await settle(loader.load());
    await flush();
    const second = anotherTab();
    expect(userOf(await settle(second.load()))).toBe('user-1');
    expect(second.status).toMatchObject({ source: 'indexeddb', storage: 'custom' });
    await settle(second.invalidate());
    expect(storage.items.size).toBe(0);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('has dropped what was refused before anybody hears of the refusal, and may leave the page', async () => {
    const storage = createPausedStorage();
    const { loader, endpoint } = openTab({ storage });
    endpoint.always(async () => new Response('', { status: 401 }));
    const heard = vi.fn();
    loader.load().catch(heard);
    await flush();
    expect(heard).not.toHaveBeenCalled();
    storage.finishWrite();
    await flush();
    expect(heard).toHaveBeenCalled();
  });

  it('may keep JSON text: what it is given survives that', async () => {
    const texts = new Map<string, string>();
    const storage = {
      get: (key: string) => JSON.parse(texts.get(key) ?? 'null') as unknown,
      set: (key: string, value: object) => void texts.set(key, JSON.stringify(value)),
      delete: (key: string) => void texts.delete(key),
    };
    const { loader, anotherTab } = openTab({ storage, maxAge: Infinity });
    await settle(loader.load());
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('may be an object of a class: its methods keep their this', async () => {
    class Store {
      readonly #items = new Map<string, object>();
      get(key: string): unknown {
        return this.#items.get(key);
      }
      set(key: string, value: object): void {
        this.#items.set(key, value);
      }
      delete(key: string): void {
        this.#items.delete(key);
      }
    }
    const { loader, endpoint, anotherTab } = openTab({ storage: new Store() });
    await settle(loader.load());
    await flush();
    await settle(anotherTab().load());
    expect(endpoint.requests).toHaveLength(1);
  });

  it('that hands out the object it was given is safe from what a consumer does to the configuration', async () => {
    const items = new Map<string, object>();
    const storage = {
      get: (key: string) => items.get(key),
      set: (key: string, value: object) => void items.set(key, value),
      delete: () => {},
    };
    const { loader, anotherTab } = openTab({ storage });
    const configuration = await settle(loader.load());
    configuration.iceServers!.length = 0;
    await flush();
    expect(await settle(anotherTab().load())).toEqual({ iceServers: meteredBody() });
  });

  const fail = () => {
    throw new Error('broken');
  };
  const never = () => new Promise<never>(() => {});
  const failingMethods: [string, Partial<ReturnType<typeof createStorage>>, number][] = [
    ['C-17: whose every method throws', { get: fail as never, set: fail as never, delete: fail as never }, 0],
    [
      'C-17: whose get rejects, and whose delete and set reject after it',
      { get: (async () => fail()) as never, set: (async () => fail()) as never, delete: (async () => fail()) as never },
      0,
    ],
    ['C-16: whose set never settles', { set: never as never }, 0],
    ['C-16: whose set rejects', { set: (async () => fail()) as never }, 0],
    ['C-01: whose get never settles', { get: never as never }, 200],
    ['C-01: whose every method never settles', { get: never as never, set: never as never, delete: never as never }, 200],
  ];

  it.each(failingMethods)('%s serves every load all the same', async (_, methods, maxMs) => {
    const storage = { ...createStorage(), ...methods } as NonNullable<IceServersOptions['storage']>;
    const { loader, endpoint } = openTab({ storage });
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBeLessThanOrEqual(maxMs);
    expect((await outcomeOf(loader.load())).ms).toBe(0);
    await advance(5 * secondMs);
    expect(endpoint.requests).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that gives an object whose every property throws is a miss', async () => {
    const gone = new Proxy(
      {},
      {
        get: (_, name) => {
          // An await looks for this.
          if (name !== 'then') throw new Error('revoked');
        },
      },
    );
    const { loader } = openTab({ storage: { ...createStorage(), get: () => gone } });
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it.each([
    ['invalidated', async ({ loader }: Tab) => loader.invalidate()],
    [
      'refused',
      async ({ loader, endpoint }: Tab) => {
        endpoint.always(httpError(401));
        await failureOf(loader.load({ cache: 'reload' }));
      },
    ],
  ])('that failed, and is left alone for a while, still drops what is %s meanwhile', async (_, lose) => {
    const storage = createStorage();
    const tab = openTab({ storage });
    await settle(tab.loader.load());
    await flush();
    for (const method of [storage.get, storage.set]) method.mockImplementation(fail);
    for (let i = 0; i < 3; i++) {
      await settle(tab.loader.load({ cache: 'reload' }));
      await flush();
    }
    for (const method of [storage.get, storage.set]) method.mockReset();
    await settle(lose(tab));
    expect([...storage.items.values()].filter((record) => 'iceServers' in (record as object))).toEqual([]);
  });

  it('whose write ends late does not bring back what was dropped meanwhile', async () => {
    const storage = createPausedStorage();
    const { loader } = openTab({ storage });
    await settle(loader.load());
    await advance(secondMs);
    await settle(loader.invalidate());
    storage.finishWrite();
    await flush();
    expect(storage.items.size).toBe(0);
  });

  it('that changes what it is given, as one that encrypts may, leaves alone what memory holds', async () => {
    const storage = createStorage();
    storage.set.mockImplementation((_key, value) => {
      for (const server of (value as RTCConfiguration).iceServers!) server.username = 'changed';
    });
    const { loader } = openTab({ storage });
    await settle(loader.load());
    await flush();
    expect(userOf(loader.peek())).toBe('user-1');
  });

  it('that never ends a write holds no failure up', async () => {
    const { loader, endpoint } = openTab({ storage: { ...createStorage(), set: () => new Promise(() => {}) } });
    endpoint.always(httpError(400));
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'invalid-request' });
    expect(ms).toBe(0);
  });

  it('that is broken is left alone for a while after some failures', async () => {
    const reading = vi.fn(fail);
    const { loader } = openTab({ storage: { get: reading, set: fail, delete: fail } });
    for (let i = 0; i < 50; i++) await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(reading.mock.calls.length).toBeLessThanOrEqual(10);
  });
});

describe('without any global of a page', () => {
  it('C-18: as in plain Node, everything works from the network with memory', async () => {
    for (const name of ['indexedDB', 'navigator', 'localStorage', 'document', 'window', 'BroadcastChannel']) vi.stubGlobal(name, undefined);
    const { fetch, requests } = createEndpoint(good);
    const loader = makeLoader({ appName: 'demo', apiKey, fetch });
    loader.addEventListener('refresh', () => {});
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(requests).toHaveLength(1);
    expect(loader.status?.storage).toBe('memory');
  });
});
