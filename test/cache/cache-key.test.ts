import { describe, expect, it, vi } from 'vitest';
import { loadRTCConfiguration, type IceServersOptions, type SourceContext } from '../../src/index.js';
import type { AllOptions } from '../../src/types.js';
import { apiKey, createEndpoint, httpError, meteredBody } from '../support/endpoint.js';
import { makeLoader, openTab, urlsOf, userOf } from '../support/loaders.js';
import { stubLocks } from '../support/locks.js';
import { createStorage, readRecords, stubLocalStorage } from '../support/storage.js';
import { failureOf, flush, settle } from '../support/world.js';

const ada = 'user-ada@example.com';
const bob = 'user-bob@example.com';

/** A route that answers each request with another pair, as it would for each user. */
const sources: [what: string, source: () => Partial<IceServersOptions>][] = [
  ['an endpoint', () => ({ endpoint: 'https://app.example/api/turn', fetch: createEndpoint().fetch })],
  ['an app and a key function', () => ({ appName: 'demo', apiKey: () => apiKey, fetch: createEndpoint().fetch })],
  [
    'getServers',
    () => {
      let count = 0;
      return { getServers: () => meteredBody(++count) };
    },
  ],
];

describe.each(sources)('C-87: with %s', (_, makeSource) => {
  it.each([
    ['IndexedDB', () => ({})],
    ['a storage of the app', () => ({ storage: createStorage() })],
  ])('two users of one browser never get each other’s servers from %s', async (__, makeStorage) => {
    const shared = { ...makeSource(), ...makeStorage() };
    const loadAs = async (cacheKey: string | undefined): Promise<string | undefined> => {
      const user = userOf(await settle(makeLoader({ ...shared, cacheKey }).load()));
      await flush();
      return user;
    };
    expect([await loadAs(ada), await loadAs(bob), await loadAs(ada), await loadAs(bob)]).toEqual(['user-1', 'user-2', 'user-1', 'user-2']);
    expect(await loadAs(undefined)).toBe('user-3');
  });

  it('two users of one page never get each other’s servers from memory', async () => {
    const shared = { ...makeSource(), storage: 'memory' as const };
    const loadAs = async (cacheKey: string): Promise<string | undefined> =>
      userOf(await settle(loadRTCConfiguration({ ...shared, cacheKey })));
    expect([await loadAs(ada), await loadAs(bob), await loadAs(ada)]).toEqual(['user-1', 'user-2', 'user-1']);
  });

  it('invalidate of one user leaves the other’s servers in place', async () => {
    const shared = makeSource();
    const [one, two] = [makeLoader({ ...shared, cacheKey: ada }), makeLoader({ ...shared, cacheKey: bob })];
    await settle(one.load());
    await settle(two.load());
    await flush();
    await settle(one.invalidate());
    expect(userOf(await settle(makeLoader({ ...shared, cacheKey: bob }).load()))).toBe('user-2');
    expect(userOf(await settle(makeLoader({ ...shared, cacheKey: ada }).load()))).toBe('user-3');
  });
});

describe('C-87: the cool-down of one user', () => {
  it('does not stop the other', async () => {
    const { endpoint, anotherTab } = openTab({}, httpError(403));
    expect(await failureOf(anotherTab({ cacheKey: ada }).load())).toMatchObject({ code: 'invalid-api-key' });
    await flush();
    expect(userOf(await settle(anotherTab({ cacheKey: bob }).load()))).toBe('user-2');
    expect(await failureOf(anotherTab({ cacheKey: ada }).load())).toMatchObject({ code: 'invalid-api-key' });
    expect(endpoint.requests).toHaveLength(2);
  });
});

describe('a cacheKey', () => {
  it('is sent nowhere, and stored only as a digest', async () => {
    const locks = stubLocks();
    const items = stubLocalStorage();
    const { loader, endpoint } = openTab({ cacheKey: ada });
    await settle(loader.load());
    await flush();
    const records = await readRecords();
    const written = JSON.stringify([
      [...records],
      [...items],
      locks.requested,
      endpoint.requests.map(({ url }) => url.href),
      loader.status,
    ]);
    expect(records.size).toBe(1);
    for (const piece of ['ada', 'example.com']) expect(written).not.toContain(piece);
    for (const name of records.keys()) expect(name).toMatch(/^ice-servers-loader:[\da-z]{2,14}$/);
  });

  it.each([
    ['the whole text', 'user', 'userx'],
    ['capitals', 'user', 'User'],
    ['blanks', 'user', ' user'],
    ['quotes', 'a","b', 'a'],
  ])('counts with %s', async (_, one, two) => {
    const { endpoint, anotherTab } = openTab();
    await settle(anotherTab({ cacheKey: one }).load());
    await flush();
    await settle(anotherTab({ cacheKey: two }).load());
    expect(endpoint.requests).toHaveLength(2);
  });

  it('cannot be guessed together from an address and another key', async () => {
    const { endpoint, anotherTab } = openTab({ appName: undefined, apiKey: undefined });
    await settle(anotherTab({ endpoint: 'https://a.example/x', cacheKey: 'y' }).load());
    await flush();
    await settle(anotherTab({ endpoint: 'https://a.example/x', cacheKey: undefined }).load());
    await flush();
    await settle(anotherTab({ endpoint: 'https://a.example/', cacheKey: 'xy' }).load());
    expect(endpoint.requests).toHaveLength(3);
  });

  it('that is empty is none: it may stand for a user who is not known yet', async () => {
    const { endpoint, anotherTab } = openTab();
    await settle(anotherTab({ cacheKey: '' }).load());
    await flush();
    await settle(anotherTab().load());
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('loadRTCConfiguration with a cacheKey', () => {
  /** Options as an app makes them anew for each call: the functions are others each time. Shared loaders outlive a test, so each test has users of its own. */
  const inline = (fetch: AllOptions['fetch'], key: string, more: AllOptions) =>
    ({
      appName: 'demo',
      apiKey: async () => key,
      storage: 'memory',
      fetch: async (input, init) => fetch!(input, init),
      ...more,
    }) as IceServersOptions;

  it('shares one loader among calls with functions of their own', async () => {
    const { fetch, requests } = createEndpoint();
    for (let i = 0; i < 5; i++)
      expect(userOf(await settle(loadRTCConfiguration(inline(fetch, `key-${i}`, { cacheKey: 'shared' }))))).toBe('user-1');
    expect(requests).toHaveLength(1);
  });

  it('asks the function that was given last', async () => {
    const { fetch, requests } = createEndpoint();
    await settle(loadRTCConfiguration(inline(fetch, 'key-first', { cacheKey: 'given last' })));
    await settle(loadRTCConfiguration(inline(fetch, 'key-second', { cacheKey: 'given last' })));
    await settle(loadRTCConfiguration(inline(fetch, 'key-third', { cacheKey: 'given last' }), { cache: 'reload' }));
    expect(requests.map(({ url }) => url.searchParams.get('apiKey'))).toEqual(['key-first', 'key-third']);
  });

  it('uses the fetch that was given last', async () => {
    const [old, latest] = [createEndpoint(), createEndpoint()];
    await settle(loadRTCConfiguration(inline(old.fetch, 'key', { cacheKey: 'fetch' })));
    await settle(loadRTCConfiguration(inline(latest.fetch, 'key', { cacheKey: 'fetch' }), { cache: 'reload' }));
    expect([old.requests.length, latest.requests.length]).toEqual([1, 1]);
  });

  it('asks the getServers that was given last', async () => {
    const ask = (name: string) => vi.fn((_context: SourceContext) => meteredBody(name));
    const [first, second] = [ask('first'), ask('second')];
    await settle(loadRTCConfiguration({ getServers: first, cacheKey: 'last' }));
    expect(userOf(await settle(loadRTCConfiguration({ getServers: second, cacheKey: 'last' })))).toBe('user-first');
    expect(userOf(await settle(loadRTCConfiguration({ getServers: second, cacheKey: 'last' }, { cache: 'reload' })))).toBe('user-second');
    expect(first).toHaveBeenCalledOnce();
  });

  it.each<[what: string, more: Partial<IceServersOptions>]>([
    ['cacheKey', { cacheKey: 'another' }],
    ['region', { region: 'eu' }],
    ['app', { appName: 'other' }],
    ['maxAge', { maxAge: 60 }],
    ['a fixed key', { apiKey }],
  ])('does not share it with options that have another %s', async (_, more) => {
    const { fetch, requests } = createEndpoint();
    await settle(loadRTCConfiguration(inline(fetch, 'key', { cacheKey: `not shared: ${Object.keys(more).join()}` })));
    await settle(loadRTCConfiguration(inline(fetch, 'key', { cacheKey: `not shared: ${Object.keys(more).join()}`, ...more })));
    expect(requests).toHaveLength(2);
  });

  it('does not share it between two storages, which are more than functions', async () => {
    const { fetch, requests } = createEndpoint();
    for (let i = 0; i < 2; i++) {
      await settle(loadRTCConfiguration(inline(fetch, 'key', { cacheKey: 'storages', storage: createStorage() })));
    }
    expect(requests).toHaveLength(2);
  });

  it('hands out the configuration of the own call', async () => {
    const { fetch } = createEndpoint();
    const own = { iceServers: [{ urls: 'stun:own.example' }] };
    await settle(loadRTCConfiguration(inline(fetch, 'key', { cacheKey: 'own' })));
    expect(urlsOf(await settle(loadRTCConfiguration(inline(fetch, 'key', { cacheKey: 'own', rtcConfiguration: own }))))).toContain(
      'stun:own.example',
    );
  });
});

describe('loadRTCConfiguration with a function and without a cacheKey', () => {
  it('tells functions apart by identity', async () => {
    const { fetch, requests } = createEndpoint();
    const key = (): string => apiKey;
    const options = { appName: 'identity', storage: 'memory' as const, fetch };
    await settle(loadRTCConfiguration({ ...options, apiKey: key }));
    await settle(loadRTCConfiguration({ ...options, apiKey: key }));
    await settle(loadRTCConfiguration({ ...options, apiKey: () => apiKey }));
    expect(requests).toHaveLength(2);
  });

  it('makes no request with an inline function while a stored answer is fresh', async () => {
    const { fetch, requests } = createEndpoint();
    vi.stubGlobal('fetch', fetch);
    for (let i = 0; i < 5; i++) {
      expect(userOf(await settle(loadRTCConfiguration({ appName: 'inline', apiKey: async () => `key-${i}` })))).toBe('user-1');
      await flush();
    }
    expect(requests).toHaveLength(1);
  });
});
