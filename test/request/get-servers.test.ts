import { describe, expect, it, vi } from 'vitest';
import { loadRTCConfiguration, type SourceContext } from '../../src/index.js';
import { meteredBody } from '../support/endpoint.js';
import { errorsOf, mockRandom, refreshesOf, userOf } from '../support/loaders.js';
import { stubLocks } from '../support/locks.js';
import { createHangingSource, openServersTab } from '../support/sources.js';
import { createStorage, readRecords } from '../support/storage.js';
import { advance, failureOf, flush, hourMs, jumpClock, minuteMs, outcomeOf, settle, startOfTime } from '../support/world.js';

/** A function that returns another pair each time. */
function createServers() {
  let count = 0;
  return vi.fn<(context: SourceContext) => unknown>(() => meteredBody(++count));
}

describe('getServers', () => {
  it.each([
    ['sync', () => meteredBody()],
    ['async', async () => meteredBody()],
    ['async, with a life', async () => ({ iceServers: meteredBody(), ttl: 3600 })],
  ])('may be %s', async (_, getServers) => {
    const { loader, endpoint } = openServersTab(getServers);
    expect(await settle(loader.load())).toEqual({ iceServers: meteredBody() });
    expect(loader.status).toMatchObject({ source: 'network', fetchedAt: startOfTime, expiresAt: startOfTime + hourMs, hasTurn: true });
    expect(endpoint.requests).toEqual([]);
  });

  it('works without any fetch', async () => {
    vi.stubGlobal('fetch', undefined);
    expect(userOf(await settle(openServersTab(createServers(), { fetch: undefined }).loader.load()))).toBe('user-1');
  });

  it('gets a signal, and nothing else', async () => {
    const getServers = createServers();
    await settle(openServersTab(getServers).loader.load());
    expect(getServers.mock.calls.map(([context]) => Object.keys(context))).toEqual([['signal']]);
  });

  it('has a life that counts from before it was called, and is the default of maxAge', async () => {
    const getServers = async (): Promise<unknown> => {
      await new Promise((resolve) => setTimeout(resolve, 5000));
      return { iceServers: meteredBody(), ttl: 7200 };
    };
    const { loader } = openServersTab(getServers);
    await settle(loader.load());
    expect(loader.status).toMatchObject({ fetchedAt: startOfTime, expiresAt: startOfTime + 2 * hourMs });
  });

  it('is cached in memory like a response, and called again past its fresh time', async () => {
    const getServers = createServers();
    const { loader } = openServersTab(getServers);
    for (let i = 0; i < 3; i++) expect(userOf(await settle(loader.load()))).toBe('user-1');
    jumpClock(hourMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(getServers).toHaveBeenCalledTimes(2);
  });

  it('is called once for callers who come together', async () => {
    const getServers = createServers();
    const { loader } = openServersTab(getServers);
    await settle(Promise.all(Array.from({ length: 20 }, () => loader.load())));
    expect(getServers).toHaveBeenCalledOnce();
  });

  it('is called early behind the scenes, and its servers come as a refresh event', async () => {
    mockRandom(0);
    const { loader } = openServersTab(createServers());
    const refreshes = refreshesOf(loader);
    await settle(loader.load());
    jumpClock(0.6 * hourMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await flush();
    expect(userOf(loader.peek())).toBe('user-2');
    expect(refreshes).toHaveLength(2);
  });

  it('is called by autoRefresh ahead of the expiry', async () => {
    const getServers = createServers();
    const { loader } = openServersTab(getServers, { autoRefresh: true });
    await settle(loader.load());
    await advance(hourMs);
    expect(getServers.mock.calls.length).toBeGreaterThan(1);
    expect(loader.peek()).toBeDefined();
  });

  it.each([
    ['nothing', undefined],
    ['an empty list', []],
    ['an error', { error: 'no session' }],
    ['text', JSON.stringify(meteredBody())],
    ['a Response that nobody has read', Response.json(meteredBody())],
    ['bad TURN entries alone', [{ urls: 'stun:a.example' }, { urls: 'turn:a.example' }]],
  ])('that returns %s rejects with invalid-response, which names the function and the shape', async (_, body) => {
    const getServers = vi.fn(() => body);
    const { loader } = openServersTab(getServers);
    const error = (await failureOf(loader.load())) as Error;
    expect(error).toMatchObject({ code: 'invalid-response', retryable: true });
    expect(error.cause).toBeUndefined();
    expect(error.message).toMatch(/^getServers returned no usable list .*\{ iceServers: \[\{ urls, username, credential \}\] \}/);
    expect(((await failureOf(loader.load())) as Error).message).toBe(error.message);
    expect(getServers).toHaveBeenCalledOnce();
  });

  it('that hangs rejects with timeout after timeout, and its signal is aborted', async () => {
    const { signals, source } = createHangingSource();
    const { error, ms } = await outcomeOf(openServersTab(source, { timeout: 3000 }).loader.load());
    expect(error).toMatchObject({ code: 'timeout' });
    expect(ms).toBe(3000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('beside an empty apiKey is not in its way: that is a setting which was not filled in', async () => {
    expect(userOf(await settle(openServersTab(createServers(), { apiKey: '' }).loader.load()))).toBe('user-1');
  });

  it('has bad entries dropped and counted, like a response', async () => {
    const { loader } = openServersTab(() => [...meteredBody(), { urls: 'https://x' }]);
    await settle(loader.load());
    expect(loader.status?.dropped).toBe(1);
  });

  it('shares nothing with what is handed out', async () => {
    const body = meteredBody();
    const { loader } = openServersTab(() => body);
    const configuration = await settle(loader.load());
    configuration.iceServers.length = 0;
    body[1]!.username = 'changed';
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });
});

describe('getServers without a cacheKey', () => {
  it.each([
    ['by default', {}],
    ['with "indexeddb"', { storage: 'indexeddb' as const }],
    ['with an empty cacheKey, as of a user who is not known yet', { cacheKey: '' }],
  ])('is kept in memory alone (%s)', async (_, options) => {
    const { loader, anotherTab } = openServersTab(createServers(), options);
    await settle(loader.load());
    await flush();
    expect(loader.status?.storage).toBe('memory');
    expect((await readRecords().catch(() => new Map())).size).toBe(0);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
  });

  it('never touches a storage of the app', async () => {
    const storage = createStorage();
    const { loader } = openServersTab(createServers(), { storage });
    await settle(loader.load());
    await settle(loader.invalidate());
    await settle(loader.load());
    await flush();
    expect([storage.get, storage.set, storage.delete].map(({ mock }) => mock.calls)).toEqual([[], [], []]);
  });

  it('takes no lock', async () => {
    const locks = stubLocks();
    await settle(openServersTab(createServers()).loader.load());
    expect(locks.requested).toEqual([]);
  });

  it('has its failures in memory alone as well', async () => {
    const getServers = vi.fn(() => undefined);
    const { loader, anotherTab } = openServersTab(getServers);
    await failureOf(loader.load());
    await flush();
    await failureOf(anotherTab().load());
    expect(getServers).toHaveBeenCalledTimes(2);
  });
});

describe('getServers with a cacheKey', () => {
  it('is stored, and serves the next page without a call', async () => {
    const getServers = createServers();
    const { loader, anotherTab } = openServersTab(getServers, { cacheKey: 'user-7' });
    await settle(loader.load());
    await flush();
    expect(loader.status?.storage).toBe('indexeddb');
    const next = anotherTab();
    expect(userOf(await settle(next.load()))).toBe('user-1');
    expect(next.status?.source).toBe('indexeddb');
    expect(getServers).toHaveBeenCalledOnce();
  });

  it('is called once by tabs that share a lock', async () => {
    stubLocks();
    const getServers = createServers();
    const slow = async (context: SourceContext): Promise<unknown> => {
      const body = getServers(context);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return body;
    };
    const { anotherTab } = openServersTab(slow, { cacheKey: 'user-7' });
    const all = await settle(Promise.all(Array.from({ length: 4 }, () => anotherTab().load())));
    expect(new Set(all.map(userOf))).toEqual(new Set(['user-1']));
  });

  it('has another entry for each region', async () => {
    const { loader, anotherTab } = openServersTab(createServers(), { cacheKey: 'user-7' });
    await settle(loader.load());
    await flush();
    expect(userOf(await settle(anotherTab({ region: 'eu' }).load()))).toBe('user-2');
  });
});

describe('loadRTCConfiguration with getServers', () => {
  it('shares a loader among calls with the same function, and not with another one', async () => {
    const [one, two] = [createServers(), createServers()];
    for (let i = 0; i < 3; i++) await settle(loadRTCConfiguration({ getServers: one }));
    await settle(loadRTCConfiguration({ getServers: two }));
    expect([one.mock.calls.length, two.mock.calls.length]).toEqual([1, 1]);
  });
});

describe('a failed early refresh by getServers', () => {
  it('is an error event, and the servers at hand serve on', async () => {
    mockRandom(0);
    let isDown = false;
    const { loader } = openServersTab(() => (isDown ? Promise.reject(new Error('down')) : meteredBody()));
    const errors = errorsOf(loader);
    await settle(loader.load());
    isDown = true;
    jumpClock(0.6 * hourMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await flush();
    expect(errors).toMatchObject([{ code: 'source-failed' }]);
    jumpClock(minuteMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });
});
