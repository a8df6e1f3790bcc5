import { describe, expect, it, vi } from 'vitest';
import { loadRTCConfiguration, type IceServersOptions, type LoadOptions } from '../src/index.js';
import {
  address,
  apiKey,
  createEndpoint,
  good,
  delayed,
  meteredBody,
  otherApiKey,
  httpError,
  noAnswer,
  unreachable,
} from './support/endpoint.js';
import { errorsOf, mockRandom, makeLoader, openTab, refreshesOf, userOf } from './support/loaders.js';
import { stubLocks } from './support/locks.js';
import { stubPage } from './support/page.js';
import { createStorage, hangIndexedDb } from './support/storage.js';
import { advance, settle, dayMs, failureOf, hourMs, isSettled, jumpClock, minuteMs, outcomeOf, secondMs, flush } from './support/world.js';

const many = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)));

/** A caller who may leave. */
const caller = (load: (options?: LoadOptions) => Promise<RTCConfiguration>, options: LoadOptions = {}) => {
  const controller = new AbortController();
  const promise = load({ ...options, signal: controller.signal });
  promise.catch(() => {});
  return { promise, leave: (reason?: unknown) => controller.abort(reason) };
};

describe('callers of one loader', () => {
  it('share one request: 50 of them', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    const all = await settle(many(50, () => loader.load()));
    expect(new Set(all.map(userOf))).toEqual(new Set(['user-1']));
    expect(endpoint.requests).toHaveLength(1);
  });

  it('share it with those who come while it is under way', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    const first = loader.load();
    await advance(secondMs / 2);
    const second = loader.load();
    await settle(Promise.all([first, second]));
    expect(endpoint.requests).toHaveLength(1);
  });

  it('share its failure', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs, httpError(401)));
    const results = await settle(Promise.allSettled(Array.from({ length: 50 }, async () => loader.load())));
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'invalid-api-key' } });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-23: are 50 who wake in a tab that slept past the expiry, and make one request', async () => {
    const { loader, endpoint } = openTab();
    refreshesOf(loader);
    await settle(loader.load());
    jumpClock(3 * dayMs);
    endpoint.always(delayed(secondMs));
    const all = await settle(many(50, () => loader.load()));
    expect(new Set(all.map(userOf))).toEqual(new Set(['user-2']));
    await advance(minuteMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-24: are 15 cold ones, and make one request and take one lock', async () => {
    const locks = stubLocks();
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    await settle(many(15, () => loader.load()));
    expect(endpoint.requests).toHaveLength(1);
    expect(locks.request).toHaveBeenCalledOnce();
  });

  it('with cache: "reload" share one request too', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    await settle(many(10, () => loader.load({ cache: 'reload' })));
    expect(endpoint.requests).toHaveLength(1);
  });

  it('of every cache mode never make two requests at once', async () => {
    const { loader, endpoint } = openTab();
    endpoint.always(delayed(secondMs));
    await settle(loader.load());
    const modes = ['default', 'reload', 'no-store', 'default', 'reload'] as const;
    await settle(many(20, (i) => loader.load({ cache: modes[i % modes.length] })));
    expect(endpoint.maxConcurrent()).toBe(1);
  });
});

describe('a signal', () => {
  it.each([
    ['an error', new Error('left')],
    ['a word', 'left'],
    ['a number', 0],
  ])('rejects its caller with the very reason: %s', async (_, reason) => {
    const { loader } = openTab({}, noAnswer);
    const one = caller(loader.load);
    await advance(secondMs);
    one.leave(reason);
    const [result] = await settle(Promise.allSettled([one.promise]));
    expect(result).toEqual({ status: 'rejected', reason });
  });

  it('without a reason rejects with an AbortError', async () => {
    const { loader } = openTab({}, noAnswer);
    const one = caller(loader.load);
    one.leave();
    expect(await failureOf(one.promise)).toMatchObject({ name: 'AbortError' });
  });

  it('that is aborted already rejects without a request, a hit or not', async () => {
    const { loader, endpoint } = openTab();
    const signal = AbortSignal.abort(new Error('left'));
    expect(await failureOf(loader.load({ signal }))).toMatchObject({ message: 'left' });
    expect(endpoint.requests).toEqual([]);
    await settle(loader.load());
    expect(await failureOf(loader.load({ signal }))).toMatchObject({ message: 'left' });
  });

  it('C-32: of A rejects A at once, and B resolves', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    const [a, b] = [caller(loader.load), caller(loader.load)];
    await advance(secondMs / 2);
    a.leave(new Error('A left'));
    const { error, ms } = await outcomeOf(a.promise);
    expect(error).toMatchObject({ message: 'A left' });
    expect(ms).toBe(0);
    expect(endpoint.pendingCount()).toBe(1);
    expect(userOf(await settle(b.promise))).toBe('user-1');
  });

  it('C-32: of both ends the request', async () => {
    const { loader, endpoint } = openTab({}, noAnswer);
    const [a, b] = [caller(loader.load), caller(loader.load)];
    await advance(secondMs);
    a.leave(new Error('A left'));
    await flush();
    expect(endpoint.requests[0]!.init.signal?.aborted).toBe(false);
    b.leave(new Error('B left'));
    await flush();
    expect(endpoint.requests[0]!.init.signal?.aborted).toBe(true);
    expect(endpoint.pendingCount()).toBe(0);
    expect(await failureOf(a.promise)).toMatchObject({ message: 'A left' });
    expect(await failureOf(b.promise)).toMatchObject({ message: 'B left' });
  });

  it('C-32: of the last one leaves nothing behind: no timer, no cool-down, and the next load asks anew', async () => {
    const { loader, endpoint } = openTab({}, noAnswer);
    const one = caller(loader.load);
    await advance(secondMs);
    one.leave();
    await flush();
    expect(vi.getTimerCount()).toBe(0);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.maxConcurrent()).toBe(1);
  });

  it('C-32: of one who shares with a caller without a signal leaves the request alone', async () => {
    const { loader } = openTab({}, delayed(secondMs));
    const plain = loader.load();
    const one = caller(loader.load);
    await flush();
    one.leave();
    expect(userOf(await settle(plain))).toBe('user-1');
  });

  it('that is aborted twice counts once', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    const controller = new AbortController();
    const leaving = Promise.allSettled([loader.load({ signal: controller.signal }), loader.load({ signal: controller.signal })]);
    const plain = loader.load();
    await flush();
    controller.abort();
    controller.abort();
    expect(await settle(leaving)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    expect(userOf(await settle(plain))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('after the answer came changes nothing', async () => {
    const { loader, endpoint } = openTab();
    const one = caller(loader.load);
    await settle(one.promise);
    one.leave();
    await flush();
    expect(userOf(loader.peek())).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('does not end a refresh behind the scenes', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(0.8 * hourMs);
    endpoint.next(delayed(secondMs));
    const one = caller(loader.load);
    await settle(one.promise);
    one.leave();
    await advance(secondMs);
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('of the only waiter does not end a refresh behind the scenes that it joined', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(0.8 * hourMs);
    endpoint.next(delayed(secondMs));
    await settle(loader.load());
    await flush();
    const one = caller(loader.load, { cache: 'reload' });
    await flush();
    one.leave();
    await advance(2 * secondMs);
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('while storage is read rejects at once', async () => {
    const { loader } = openTab({ storage: { ...createStorage(), get: () => new Promise(() => {}) } });
    const one = caller(loader.load, { cache: 'only-if-cached' });
    await flush();
    one.leave(new Error('left'));
    expect((await outcomeOf(one.promise)).ms).toBe(0);
  });

  it('C-32: of the last one who waits for a lock leaves the queue, and no timer', async () => {
    const locks = stubLocks();
    locks.holdForever();
    const { loader, endpoint } = openTab();
    const one = caller(loader.load);
    await advance(secondMs);
    one.leave();
    await flush();
    expect(locks.requested.at(-1)!.options.signal?.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    await advance(minuteMs);
    expect(endpoint.requests).toEqual([]);
  });

  it('leaves no listener on a signal that lives on', async () => {
    const { loader } = openTab();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await settle(loader.load({ signal }));
    await settle(loader.load({ signal }));
    await flush();
    expect(removed.mock.calls.length).toBe(added.mock.calls.length);
  });
});

describe('tabs of one origin', () => {
  it('8 of them make one request, by the lock', async () => {
    stubLocks();
    const { endpoint, anotherTab } = openTab({}, delayed(secondMs));
    const all = await settle(many(8, () => anotherTab().load()));
    expect(new Set(all.map(userOf))).toEqual(new Set(['user-1']));
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-30: 10 of them with the same expiry make one or two requests in all at the refresh, and spread over the time', async () => {
    stubLocks();
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    const tabs = Array.from({ length: 10 }, () => anotherTab());
    for (const tab of tabs) {
      refreshesOf(tab);
      await settle(tab.load());
    }
    const times = tabs.map((tab) => tab.status!.refreshAt - tab.status!.fetchedAt);
    expect(new Set(times).size).toBeGreaterThan(5);
    for (const time of times) {
      expect(time).toBeGreaterThanOrEqual(0.5 * hourMs);
      expect(time).toBeLessThanOrEqual(0.9 * hourMs);
    }
    const before = endpoint.requests.length;
    for (let i = 0; i < 54; i++) await advance(minuteMs);
    const { length } = endpoint.requests;
    expect(length - before).toBeGreaterThanOrEqual(1);
    expect(length - before).toBeLessThanOrEqual(2);
    for (const tab of tabs) expect(tab.peek()).toBeDefined();
  });

  it('with other keys or regions do not wait for each other', async () => {
    stubLocks();
    const { endpoint, anotherTab } = openTab();
    endpoint.always(delayed(secondMs));
    const { ms } = await outcomeOf(
      Promise.all([anotherTab().load(), anotherTab({ region: 'eu' }).load(), anotherTab({ apiKey: otherApiKey }).load()]),
    );
    expect(ms).toBeLessThan(2 * secondMs);
    expect(endpoint.maxConcurrent()).toBe(3);
  });

  it('each get an answer where the one that asks fails', async () => {
    stubLocks();
    const { endpoint, anotherTab } = openTab();
    endpoint.always(delayed(secondMs / 2, httpError(401)));
    const results = await settle(Promise.allSettled(Array.from({ length: 8 }, async () => anotherTab().load())));
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'invalid-api-key' } });
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('dispose', () => {
  it('C-35: while waiting for the network: AbortError at once, the request ends, no timer', async () => {
    const { loader, endpoint } = openTab({}, noAnswer);
    const waiting = loader.load();
    waiting.catch(() => {});
    await advance(secondMs);
    loader.dispose();
    const { error, ms } = await outcomeOf(waiting);
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(ms).toBe(0);
    await flush();
    expect(endpoint.pendingCount()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('C-35: while backing off between tries: no later request, no timer', async () => {
    mockRandom(1);
    const { loader, endpoint } = openTab();
    endpoint.always(unreachable);
    const waiting = loader.load();
    waiting.catch(() => {});
    await advance(10);
    loader.dispose();
    expect(await failureOf(waiting)).toMatchObject({ name: 'AbortError' });
    const { length } = endpoint.requests;
    expect(vi.getTimerCount()).toBe(0);
    await advance(minuteMs);
    expect(endpoint.requests).toHaveLength(length);
  });

  it('C-35: while storage is silent: AbortError at once, no request, no timer', async () => {
    const { loader, endpoint } = openTab({ storage: { ...createStorage(), get: () => new Promise(() => {}) } });
    const waiting = loader.load();
    waiting.catch(() => {});
    await flush();
    loader.dispose();
    expect((await outcomeOf(waiting)).error).toMatchObject({ name: 'AbortError' });
    await advance(minuteMs);
    expect(endpoint.requests).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('C-35: while waiting for a lock: AbortError at once, no request, no timer', async () => {
    stubLocks().holdForever();
    const { loader, endpoint } = openTab();
    const waiting = loader.load();
    waiting.catch(() => {});
    await advance(secondMs);
    loader.dispose();
    expect((await outcomeOf(waiting)).error).toMatchObject({ name: 'AbortError' });
    await advance(minuteMs);
    expect(endpoint.requests).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('C-35: with a listener and an outage: no later request, no timer, no listener of the page', async () => {
    const page = stubPage();
    const { loader, endpoint } = openTab();
    refreshesOf(loader);
    await settle(loader.load());
    endpoint.always(unreachable);
    await advance(hourMs);
    const { length } = endpoint.requests;
    expect(page.listenedTypes.length).toBeGreaterThan(0);
    loader.dispose();
    await flush();
    expect(page.listenedTypes).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    await advance(dayMs);
    expect(endpoint.requests).toHaveLength(length);
  });

  it('C-35: during a refresh behind the scenes: the request ends and nothing is reported', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    const errors = errorsOf(loader);
    await settle(loader.load());
    jumpClock(0.8 * hourMs);
    endpoint.always(noAnswer);
    await settle(loader.load());
    await flush();
    loader.dispose();
    await flush();
    expect(endpoint.pendingCount()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('C-35: while only-if-cached waits for a silent storage: AbortError at once', async () => {
    const { loader } = openTab({ storage: { ...createStorage(), get: () => new Promise(() => {}) } });
    const waiting = loader.load({ cache: 'only-if-cached' });
    waiting.catch(() => {});
    await flush();
    loader.dispose();
    const { error, ms } = await outcomeOf(waiting);
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(ms).toBe(0);
  });

  it('C-35: while a caller waits for the end of a request that was invalidated: AbortError, no later request', async () => {
    const { loader, endpoint } = openTab({}, noAnswer);
    const before = loader.load();
    before.catch(() => {});
    await advance(secondMs);
    const dropping = loader.invalidate();
    const after = loader.load();
    after.catch(() => {});
    await settle(dropping);
    loader.dispose();
    expect((await outcomeOf(before)).error).toMatchObject({ name: 'AbortError' });
    expect((await outcomeOf(after)).error).toMatchObject({ name: 'AbortError' });
    await flush();
    expect(endpoint.requests).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['begun before', async (loader: ReturnType<typeof openTab>['loader']) => loader.invalidate()],
    [
      'begun after',
      async (loader: ReturnType<typeof openTab>['loader']) => {
        loader.dispose();
        return loader.invalidate();
      },
    ],
  ])('does not leave an invalidate that was %s it hanging where storage is silent', async (_, begin) => {
    const never = (): Promise<never> => new Promise(() => {});
    const { loader } = openTab({ storage: { get: never, set: never, delete: never } });
    const dropping = begin(loader);
    await flush();
    loader.dispose();
    await advance(secondMs);
    expect(await isSettled(dropping)).toBe(true);
  });

  it('leaves nothing to a caller of later: AbortError, and no peek', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    loader.dispose();
    expect(await failureOf(loader.load())).toMatchObject({ name: 'AbortError' });
    expect(loader.peek()).toBeUndefined();
    expect(endpoint.requests).toHaveLength(1);
  });

  it('may be called twice, and before anything else', () => {
    const { loader } = openTab();
    loader.dispose();
    expect(() => loader.dispose()).not.toThrow();
  });

  it('starts no timer for a listener that comes later', async () => {
    const page = stubPage();
    const { loader } = openTab();
    await settle(loader.load());
    loader.dispose();
    refreshesOf(loader);
    expect(vi.getTimerCount()).toBe(0);
    expect(page.listenedTypes).toEqual([]);
  });

  it('is what using does', async () => {
    const { loader } = openTab();
    loader[Symbol.dispose]();
    expect(await failureOf(loader.load())).toMatchObject({ name: 'AbortError' });
  });

  it('leaves what is stored to the next page', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    loader.dispose();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('of one loader leaves another of the same options alone', async () => {
    const { loader, anotherTab } = openTab({}, delayed(secondMs), delayed(secondMs));
    const other = anotherTab();
    const [mine, theirs] = [loader.load(), other.load()];
    mine.catch(() => {});
    await flush();
    loader.dispose();
    expect(userOf(await settle(theirs))).toMatch(/user-/);
    expect(await failureOf(mine)).toMatchObject({ name: 'AbortError' });
  });

  it('C-34: five times construct, load, listen, dispose: timers, listeners and requests do not grow', async () => {
    const page = stubPage();
    const { endpoint, anotherTab } = openTab();
    for (let i = 0; i < 5; i++) {
      const loader = anotherTab();
      refreshesOf(loader);
      await settle(loader.load());
      await flush();
      expect(vi.getTimerCount()).toBe(1);
      expect(new Set(page.listenedTypes).size).toBe(page.listenedTypes.length);
      loader.dispose();
      expect(vi.getTimerCount()).toBe(0);
      expect(page.listenedTypes).toEqual([]);
    }
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('loadRTCConfiguration', () => {
  const options = (fetch: IceServersOptions['fetch'], more: Partial<IceServersOptions> = {}): IceServersOptions => ({
    appName: 'demo',
    apiKey,
    fetch,
    storage: 'memory',
    ...more,
  });

  it('shares one loader among calls with equal options', async () => {
    const { fetch, requests } = createEndpoint(delayed(secondMs));
    const all = await settle(many(50, () => loadRTCConfiguration(options(fetch))));
    await settle(loadRTCConfiguration(options(fetch)));
    expect(new Set(all.map(userOf))).toEqual(new Set(['user-1']));
    expect(requests).toHaveLength(1);
  });

  it('shares it among all spellings of the same options', async () => {
    const { fetch, requests } = createEndpoint();
    vi.stubGlobal('fetch', fetch);
    const key = otherApiKey;
    const spellings: (IceServersOptions | string | URL)[] = [
      { appName: 'demo', apiKey: key },
      { appName: 'https://demo.metered.live', apiKey: ` "${key}" ` },
      { endpoint: address, apiKey: key, region: undefined },
      `${address}?apiKey=${key}`,
      new URL(`${address}?apiKey=${key}`),
    ];
    for (const spelling of spellings) expect(userOf(await settle(loadRTCConfiguration(spelling)))).toBe('user-1');
    expect(requests).toHaveLength(1);
  });

  it('shares it whatever the order of what is in rtcConfiguration', async () => {
    const { fetch, requests } = createEndpoint();
    const [one, two] = [{ bundlePolicy: 'max-bundle' }, { iceTransportPolicy: 'relay' }] as const;
    await settle(loadRTCConfiguration(options(fetch, { rtcConfiguration: { ...one, ...two } })));
    await settle(loadRTCConfiguration(options(fetch, { rtcConfiguration: { ...two, ...one } })));
    expect(requests).toHaveLength(1);
  });

  it('takes a storage that refers to itself', async () => {
    const { fetch, requests } = createEndpoint();
    const storage = Object.assign(createStorage(), { self: {} });
    storage.self = storage;
    await settle(loadRTCConfiguration(options(fetch, { storage })));
    await settle(loadRTCConfiguration(options(fetch, { storage })));
    expect(requests).toHaveLength(1);
  });

  it('hands out a copy of its own each time', async () => {
    const { fetch } = createEndpoint();
    const first = await settle(loadRTCConfiguration(options(fetch)));
    first.iceServers!.length = 0;
    expect(await settle(loadRTCConfiguration(options(fetch)))).toEqual({ iceServers: meteredBody() });
  });

  it.each([
    ['key', { apiKey: otherApiKey }],
    ['region', { region: 'eu' }],
    ['app', { appName: 'other' }],
    ['rtcConfiguration', { rtcConfiguration: { iceTransportPolicy: 'relay' as const } }],
    ['fallback', { fallback: [{ urls: 'stun:stun.example.com' }] }],
    ['maxAge', { maxAge: 60 }],
  ])('does not share between options with another %s', async (_, more) => {
    const { fetch, requests } = createEndpoint();
    await settle(loadRTCConfiguration(options(fetch)));
    await settle(loadRTCConfiguration(options(fetch, more)));
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['storages', () => ({ storage: createStorage() })],
    ['certificates', () => ({ rtcConfiguration: { certificates: [Object.create({ expires: 1 }) as RTCCertificate] } })],
  ])('does not take two %s that look alike for the same', async (_, make) => {
    const { fetch, requests } = createEndpoint();
    await settle(loadRTCConfiguration(options(fetch, make())));
    await settle(loadRTCConfiguration(options(fetch, make())));
    expect(requests).toHaveLength(2);
  });

  it('does not take two fetch functions that look alike for the same', async () => {
    const [one, two] = [createEndpoint(), createEndpoint()];
    await settle(loadRTCConfiguration(options(one.fetch)));
    await settle(loadRTCConfiguration(options(two.fetch)));
    expect([one.requests.length, two.requests.length]).toEqual([1, 1]);
  });

  it('passes what one call asks for on to the loader', async () => {
    const { fetch, requests } = createEndpoint();
    expect(await failureOf(loadRTCConfiguration(options(fetch), { cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
    await settle(loadRTCConfiguration(options(fetch)));
    expect(userOf(await settle(loadRTCConfiguration(options(fetch), { cache: 'reload' })))).toBe('user-2');
    expect(requests).toHaveLength(2);
  });

  it('does not grow for ever where an app makes its options anew each time', async () => {
    for (let i = 0; i < 200; i++) {
      const { fetch } = createEndpoint(good);
      await settle(loadRTCConfiguration(options(fetch)));
    }
    const { fetch, requests } = createEndpoint();
    await settle(many(5, () => loadRTCConfiguration(options(fetch))));
    expect(requests).toHaveLength(1);
  });

  it('is not the loader of createIceServersLoader, which is the app’s own to dispose of', async () => {
    const { fetch } = createEndpoint();
    const own = makeLoader(options(fetch));
    await settle(own.load());
    own.dispose();
    expect(userOf(await settle(loadRTCConfiguration(options(fetch))))).toBe('user-2');
  });
});

describe('a reload under way', () => {
  it('does not keep another caller of the page from what storage holds', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    endpoint.always(delayed(5 * secondMs));
    const page = anotherTab();
    const reloading = page.load({ cache: 'reload' });
    const { value, ms } = await outcomeOf(page.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(0);
    expect(userOf(await settle(reloading))).toBe('user-2');
  });
});

describe('a load under way', () => {
  it('lets another caller wait no longer for a silent storage than it does itself', async () => {
    hangIndexedDb();
    const { loader } = openTab();
    const first = loader.load();
    await advance(50);
    const { ms } = await outcomeOf(loader.load());
    expect(ms).toBeLessThanOrEqual(50);
    await settle(first);
  });
});

describe('a promise', () => {
  it('C-21: that rejected is not what the next caller gets', async () => {
    const { loader } = openTab({}, httpError(400));
    await failureOf(loader.load());
    jumpClock(5 * secondMs);
    expect(await isSettled(loader.load())).toBe(true);
    expect(userOf(loader.peek())).toBe('user-2');
  });
});
