import { describe, expect, it, vi } from 'vitest';
import { json, delayed, meteredBody, otherApiKey, httpError, noAnswer, unreachable } from './support/endpoint.js';
import { errorsOf, mockRandom, openTab, refreshesOf, urlsOf, userOf } from './support/loaders.js';
import { createStorage, readRecords } from './support/storage.js';
import {
  advance,
  settle,
  dayMs,
  failureOf,
  hourMs,
  isSettled,
  jumpClock,
  minuteMs,
  outcomeOf,
  secondMs,
  startOfTime,
  flush,
} from './support/world.js';

describe('the first load', () => {
  it('asks the endpoint and hands out its servers', async () => {
    const { loader, endpoint } = openTab();
    expect(await settle(loader.load())).toEqual({ iceServers: meteredBody() });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('tells where the servers came from, and their times in epoch milliseconds', async () => {
    mockRandom(0.5);
    const { loader } = openTab();
    expect(loader.status).toBeUndefined();
    await settle(loader.load());
    expect(loader.status).toEqual({
      source: 'network',
      fetchedAt: startOfTime,
      refreshAt: startOfTime + 0.7 * hourMs,
      expiresAt: startOfTime + hourMs,
      storage: 'indexeddb',
      dropped: 0,
    });
  });

  it('leaves no timer behind where nobody listens', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does nothing before it is called', async () => {
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

  it('peek gives the same at once', async () => {
    const { loader } = openTab();
    expect(loader.peek()).toBeUndefined();
    const loaded = await settle(loader.load());
    expect(loader.peek()).toEqual(loaded);
  });

  it('peek gives nothing from maxAge on', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    jumpClock(hourMs - 1);
    expect(loader.peek()).toBeDefined();
    jumpClock(1);
    expect(loader.peek()).toBeUndefined();
  });

  it('peek asks nobody', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(hourMs - 1);
    loader.peek();
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('after a reload of the page', () => {
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

  it('an answer past maxAge is asked for again', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(hourMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('the life that an own proxy stated still holds', async () => {
    const { loader, endpoint, anotherTab } = openTab({}, json({ iceServers: meteredBody(), ttl: 600 }));
    await settle(loader.load());
    jumpClock(10 * minuteMs);
    await settle(anotherTab().load());
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

  it('storage "memory" has kept nothing', async () => {
    const { loader, endpoint, anotherTab } = openTab({ storage: 'memory' });
    await settle(loader.load());
    await settle(anotherTab().load());
    expect(endpoint.requests).toHaveLength(2);
    expect(loader.status?.storage).toBe('memory');
  });
});

describe('past the soft time', () => {
  it('a load is served at once and refreshes behind the scenes', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(hourMs / 2);
    endpoint.next(delayed(secondMs));
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(0);
    await advance(secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('but not before it, nothing is refreshed', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(hourMs / 2 - 1);
    await settle(loader.load());
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each([
    [0, 0.5],
    [1, 0.9],
  ])('means: with a draw of %d at %d of the life', async (share, part) => {
    mockRandom(share);
    const { loader } = openTab();
    await settle(loader.load());
    expect(loader.status?.refreshAt).toBeCloseTo(startOfTime + part * hourMs, -1);
  });

  it('many loads make one refresh', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(hourMs / 2);
    endpoint.next(delayed(secondMs));
    for (let i = 0; i < 20; i++) await settle(loader.load());
    await advance(secondMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('of a stored answer a reload of the page is served from it and refreshes behind the scenes', async () => {
    mockRandom(0);
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(hourMs / 2);
    const second = anotherTab();
    expect(userOf(await settle(second.load()))).toBe('user-1');
    await advance(secondMs);
    expect(endpoint.requests).toHaveLength(2);
    expect(userOf(second.peek())).toBe('user-2');
  });

  it('C-29: a failed refresh is an error event and no failure of the caller', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    const errors = errorsOf(loader);
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(56 * minuteMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await flush();
    expect(errors).toMatchObject([{ code: 'network' }]);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(errors).toHaveLength(1);
  });

  it('a refresh that ends with 401 drops the entry, fresh or not', async () => {
    mockRandom(0);
    const { loader, endpoint, anotherTab } = openTab();
    const errors = errorsOf(loader);
    await settle(loader.load());
    endpoint.always(httpError(401));
    jumpClock(hourMs / 2);
    await settle(loader.load());
    await advance(0);
    expect(errors).toMatchObject([{ code: 'invalid-api-key', status: 401 }]);
    expect(loader.peek()).toBeUndefined();
    expect(await failureOf(anotherTab().load())).toMatchObject({ code: 'invalid-api-key' });
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each([400, 404])('a refresh that ends with %i leaves the fresh entry in use', async (status) => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(httpError(status));
    jumpClock(hourMs / 2);
    await settle(loader.load());
    await flush();
    expect(userOf(await settle(loader.load()))).toBe('user-1');
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

describe('cache: "reload"', () => {
  it('asks the endpoint though a fresh answer is there', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    expect(userOf(await settle(loader.load({ cache: 'reload' })))).toBe('user-2');
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('keeps the new answer for the next page', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(secondMs);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
  });

  it('C-28: rejects where the network is down, and leaves the good entry in place', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'network' });
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('rejects in spite of a stale entry, which it does not ask for', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(2 * hourMs);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'network' });
  });

  it('rejects in spite of a fallback, which would hide the answer', async () => {
    const { loader } = openTab({ fallback: [{ urls: 'stun:stun.example.com' }] }, unreachable, unreachable, unreachable);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'network' });
  });

  it('while an unforced request is under way gets the answer of an endpoint that was really asked', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    const second = anotherTab();
    const [unforced, forced] = [second.load(), second.load({ cache: 'reload' })];
    expect(userOf(await settle(forced))).toBe('user-2');
    expect(userOf(await settle(unforced))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });
});

describe('cache: "no-store"', () => {
  it('asks the endpoint and keeps nothing', async () => {
    const { loader, anotherTab } = openTab();
    expect(userOf(await settle(loader.load({ cache: 'no-store' })))).toBe('user-1');
    await flush();
    expect(loader.peek()).toBeUndefined();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
  });

  it('leaves what was kept before as it is', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    expect(userOf(await settle(loader.load({ cache: 'no-store' })))).toBe('user-2');
    expect(userOf(loader.peek())).toBe('user-1');
  });

  it('tells in the status that the answer came from the network', async () => {
    const { loader } = openTab();
    await settle(loader.load({ cache: 'no-store' }));
    expect(loader.status).toMatchObject({ source: 'network', fetchedAt: startOfTime });
  });

  it('keeps the answer where a caller who shares it wants it kept', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    const both = Promise.all([loader.load({ cache: 'no-store' }), loader.load()]);
    await settle(both);
    expect(userOf(loader.peek())).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('rejects where the endpoint fails', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.next(httpError(400));
    expect(await failureOf(loader.load({ cache: 'no-store' }))).toMatchObject({ code: 'invalid-request' });
  });
});

describe('cache: "only-if-cached"', () => {
  it('gives what memory holds', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    expect(userOf(await settle(loader.load({ cache: 'only-if-cached' })))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('gives what storage holds', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    const second = anotherTab();
    expect(userOf(await settle(second.load({ cache: 'only-if-cached' })))).toBe('user-1');
    expect(second.status?.source).toBe('indexeddb');
  });

  it('rejects with not-cached where nothing is there, and asks nobody', async () => {
    const { loader, endpoint } = openTab();
    expect(await failureOf(loader.load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached', retryable: false });
    expect(endpoint.requests).toEqual([]);
  });

  it('rejects with not-cached where what is there is past maxAge', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    jumpClock(hourMs);
    expect(await failureOf(loader.load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
  });

  it('never asks, past the soft time either', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(0.8 * hourMs);
    await settle(loader.load({ cache: 'only-if-cached' }));
    await advance(secondMs);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('does not wait for a request that is under way', async () => {
    const { loader } = openTab({}, delayed(5 * secondMs));
    const slow = loader.load();
    expect(await failureOf(loader.load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
    await settle(slow);
  });
});

describe('minValidity', () => {
  const withLife = (ttl: number, count: number | string = 1) => json({ iceServers: meteredBody(count), ttl });

  it('C-42: less life left than wanted means a new request', async () => {
    const { loader, endpoint } = openTab({}, withLife(600), withLife(600, 2));
    await settle(loader.load());
    jumpClock(570 * secondMs);
    expect(userOf(await settle(loader.load({ minValidity: 60 })))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('as much life left as wanted means a hit', async () => {
    const { loader, endpoint } = openTab({}, withLife(600));
    await settle(loader.load());
    expect(userOf(await settle(loader.load({ minValidity: 600 })))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('of 60 s is wanted by default', async () => {
    const { loader } = openTab({}, withLife(600), withLife(600, 2));
    await settle(loader.load());
    jumpClock(541 * secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('of a tenth of a short life is wanted by default', async () => {
    mockRandom(1);
    const { loader, endpoint } = openTab({}, withLife(100), withLife(100, 2));
    await settle(loader.load());
    jumpClock(89 * secondMs);
    await settle(loader.load());
    expect(endpoint.requests).toHaveLength(1);
    jumpClock(2 * secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('of 0 takes what is left, to the last second', async () => {
    const { loader } = openTab({}, withLife(600), noAnswer);
    await settle(loader.load());
    jumpClock(599 * secondMs);
    expect(userOf(await settle(loader.load({ minValidity: 0 })))).toBe('user-1');
  });

  it('of more than even a new answer has hands out the new answer, without a loop', async () => {
    const { loader, endpoint } = openTab({}, withLife(30), withLife(30, 2), withLife(30, 3));
    expect(userOf(await settle(loader.load({ minValidity: 3600 })))).toBe('user-1');
    await advance(secondMs);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('does nothing where the life is unknown', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(10 * minuteMs);
    await settle(loader.load({ minValidity: 24 * 3600 }));
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });

  it('counts the life to expiresAt', async () => {
    const { loader, endpoint } = openTab({ expiresAt: startOfTime + 30 * minuteMs });
    await settle(loader.load());
    jumpClock(20 * minuteMs);
    await settle(loader.load({ minValidity: 10 * 60 + 1 }));
    expect(endpoint.requests).toHaveLength(2);
  });

  it('that a stored answer does not meet means a request as well', async () => {
    const { loader, anotherTab } = openTab({}, withLife(600), withLife(600, 2));
    await settle(loader.load());
    jumpClock(570 * secondMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
  });

  it('of the more demanding of two callers who share a request is met for both', async () => {
    const { loader, anotherTab } = openTab({}, withLife(600), withLife(600, 2));
    await settle(loader.load());
    jumpClock(400 * secondMs);
    const second = anotherTab();
    const [easy, strict] = [second.load({ minValidity: 0 }), second.load({ minValidity: 500 })];
    expect(userOf(await settle(strict))).toBe('user-2');
    await settle(easy);
  });

  it('that cannot be had serves the life that is left: the endpoint is down', async () => {
    const { loader, endpoint } = openTab({}, withLife(600));
    const errors = errorsOf(loader);
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(570 * secondMs);
    expect(userOf(await settle(loader.load({ minValidity: 60 })))).toBe('user-1');
    expect(errors).toMatchObject([{ code: 'network' }]);
  });
});

describe('the life that a body states', () => {
  it('shortens maxAge', async () => {
    const { loader } = openTab({}, json({ iceServers: meteredBody(), ttl: 600 }));
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + 600 * secondMs);
  });

  it('does not lengthen it', async () => {
    const { loader } = openTab({}, json({ iceServers: meteredBody(), ttl: 86_400 }));
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + hourMs);
  });

  it('ends the stale time too: nothing is served past it', async () => {
    const { loader, endpoint } = openTab({}, json({ iceServers: meteredBody(), ttl: 600 }));
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(601 * secondMs);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });
});

describe('expiresAt', () => {
  it.each([
    ['a Date', new Date(startOfTime + 10 * minuteMs)],
    ['epoch milliseconds', startOfTime + 10 * minuteMs],
  ])('as %s is when the answer expires', async (_, expiresAt) => {
    const { loader } = openTab({ expiresAt });
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + 10 * minuteMs);
  });

  it('past: nothing is served, and nothing is asked for ever so often', async () => {
    const { loader, endpoint } = openTab({ expiresAt: startOfTime + 10 * minuteMs });
    await settle(loader.load());
    jumpClock(10 * minuteMs);
    for (let i = 0; i < 5; i++) {
      expect(await failureOf(loader.load())).toMatchObject({ name: 'IceServersError' });
      jumpClock(minuteMs);
    }
    expect(loader.peek()).toBeUndefined();
    expect(endpoint.requests.length).toBeLessThanOrEqual(2);
  });

  it('past: not even the answer of a reload of the page is served', async () => {
    const { loader, anotherTab } = openTab({ expiresAt: startOfTime + 10 * minuteMs });
    await settle(loader.load());
    jumpClock(11 * minuteMs);
    expect(await failureOf(anotherTab().load({ cache: 'only-if-cached' }))).toMatchObject({ name: 'IceServersError' });
  });

  it('a Date that the app changes afterwards changes nothing', async () => {
    const expiresAt = new Date(startOfTime + 10 * minuteMs);
    const { loader } = openTab({ expiresAt });
    expiresAt.setTime(0);
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + 10 * minuteMs);
  });
});

describe('staleIfError', () => {
  const stale = async (answer: Parameters<ReturnType<typeof openTab>['endpoint']['always']>[0], options = {}) => {
    const tab = openTab(options);
    const errors = errorsOf(tab.loader);
    await settle(tab.loader.load());
    jumpClock(2 * hourMs);
    tab.endpoint.always(answer);
    return { ...tab, errors };
  };

  it.each([
    ['network', unreachable],
    ['timeout', noAnswer],
    ['server-error', httpError(503)],
    ['rate-limited', httpError(429)],
    ['invalid-response', json({ error: 'x' })],
  ])('serves an old answer while the endpoint can give none: %s', async (code, answer) => {
    const { loader, errors } = await stale(answer);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(loader.status).toMatchObject({ source: 'stale', fetchedAt: startOfTime, error: { code } });
    expect(errors).toMatchObject([{ code }]);
  });

  it.each([400, 401, 403, 404, 410])('never serves after a %i, which is an answer', async (status) => {
    const { loader } = await stale(httpError(status));
    expect(await failureOf(loader.load())).toMatchObject({ status });
  });

  it('of 0 serves nothing past maxAge', async () => {
    const { loader } = await stale(unreachable, { staleIfError: 0 });
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });

  it('ends after its time', async () => {
    const { loader } = await stale(unreachable, { staleIfError: 2 * 3600 });
    jumpClock(hourMs - 20 * secondMs);
    await settle(loader.load());
    jumpClock(20 * secondMs);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });

  it('of Infinity serves for ever', async () => {
    const { loader } = await stale(unreachable, { staleIfError: Infinity });
    jumpClock(365 * dayMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it('serves after a reload of the page as well', async () => {
    const { anotherTab } = await stale(unreachable);
    const second = anotherTab();
    expect(userOf(await settle(second.load()))).toBe('user-1');
    expect(second.status?.source).toBe('stale');
  });

  it('fires one error event for one failure, however many callers it spares', async () => {
    const { loader, errors } = await stale(httpError(429));
    await settle(Promise.all(Array.from({ length: 20 }, async () => loader.load())));
    await settle(loader.load());
    expect(errors).toHaveLength(1);
  });

  it('the error leaves the status with the next good answer', async () => {
    const { loader, endpoint } = await stale(unreachable);
    await settle(loader.load());
    expect(loader.status?.error).toBeDefined();
    endpoint.always(json(meteredBody('new')));
    jumpClock(5 * minuteMs);
    expect(userOf(await settle(loader.load()))).toBe('user-new');
    expect(loader.status).toMatchObject({ source: 'network' });
    expect(loader.status).not.toHaveProperty('error');
  });
});

describe('fallback', () => {
  const fallback = [{ urls: 'turn:own.example.com', username: 'own', credential: 'own-secret' }];

  it.each([
    ['network', unreachable],
    ['timeout', noAnswer],
    ['server-error', httpError(500)],
    ['rate-limited', httpError(429)],
    ['invalid-response', json([])],
    ['invalid-api-key', httpError(401)],
    ['invalid-request', httpError(400)],
    ['not-found', httpError(404)],
  ])('is handed out after %s, with an error event and a status that says so', async (code, answer) => {
    const { loader, endpoint } = openTab({ fallback });
    endpoint.always(answer);
    const errors = errorsOf(loader);
    expect(await settle(loader.load())).toEqual({ iceServers: fallback });
    expect(loader.status).toMatchObject({ source: 'fallback', error: { code } });
    expect(errors).toMatchObject([{ code }]);
  });

  it('is handed out where only-if-cached finds nothing', async () => {
    const { loader } = openTab({ fallback });
    expect(await settle(loader.load({ cache: 'only-if-cached' }))).toEqual({ iceServers: fallback });
    expect(loader.status).toMatchObject({ source: 'fallback', error: { code: 'not-cached' } });
  });

  it('comes after what staleIfError allows', async () => {
    const { loader, endpoint } = openTab({ fallback });
    await settle(loader.load());
    jumpClock(2 * hourMs);
    endpoint.always(unreachable);
    await settle(loader.load());
    expect(loader.status?.source).toBe('stale');
  });

  it('is not kept: the endpoint is asked again after the cool-down', async () => {
    const { loader, endpoint } = openTab({ fallback }, httpError(400));
    await settle(loader.load());
    expect(loader.peek()).toBeUndefined();
    jumpClock(5 * secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('gets the servers of rtcConfiguration and maxUrls as any other list', async () => {
    const { loader } = openTab(
      { fallback, maxUrls: 1, rtcConfiguration: { iceServers: [{ urls: 'stun:own.example.com' }] } },
      httpError(400),
    );
    expect(urlsOf(await settle(loader.load()))).toEqual(['turn:own.example.com']);
  });

  it('is copied when the loader is made', async () => {
    const mine = structuredClone(fallback);
    const { loader } = openTab({ fallback: mine }, httpError(400));
    mine[0]!.urls = 'turn:changed.example.com';
    expect(await settle(loader.load())).toEqual({ iceServers: fallback });
  });

  it('is not handed out to a caller who left', async () => {
    const { loader } = openTab({ fallback }, noAnswer);
    const reason = new Error('left');
    const controller = new AbortController();
    const leaving = loader.load({ signal: controller.signal });
    expect(await isSettled(leaving)).toBe(false);
    controller.abort(reason);
    expect(await failureOf(leaving)).toBe(reason);
  });
});

describe('what is handed out', () => {
  it('is merged into rtcConfiguration, whose servers come last', async () => {
    const own = { urls: ['stun:own.example.com'] };
    const { loader } = openTab({ rtcConfiguration: { iceTransportPolicy: 'relay', bundlePolicy: 'max-bundle', iceServers: [own] } });
    expect(await settle(loader.load())).toEqual({
      iceTransportPolicy: 'relay',
      bundlePolicy: 'max-bundle',
      iceServers: [...meteredBody(), own],
    });
  });

  it('C-62: is a mutable copy of its own each time, whatever a consumer does to it', async () => {
    const own = { urls: ['stun:own.example.com'] };
    const { loader } = openTab({ rtcConfiguration: { iceServers: [own] } });
    const first = await settle(loader.load());
    const untouched = structuredClone(first);
    first.iceServers!.push({ urls: 'stun:pushed.example.com' });
    first.iceServers![1]!.credential = 'changed';
    (first.iceServers!.find(({ urls }) => Array.isArray(urls))!.urls as string[]).push('stun:pushed.example.com');
    delete (first.iceServers![0] as Partial<RTCIceServer>).urls;
    first.iceTransportPolicy = 'relay';
    expect(await settle(loader.load())).toEqual(untouched);
    const peeked = loader.peek()!;
    peeked.iceServers!.length = 0;
    expect(loader.peek()).toEqual(untouched);
  });

  it('C-62: is not shared by two who waited for the same request', async () => {
    const { loader } = openTab();
    const [one, two] = await settle(Promise.all([loader.load(), loader.load()]));
    one.iceServers![1]!.username = 'changed';
    expect(userOf(two)).toBe('user-1');
  });

  it('C-62: a stored copy is not touched either', async () => {
    const { loader, anotherTab } = openTab();
    const configuration = await settle(loader.load());
    configuration.iceServers![1]!.username = 'changed';
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('does not change when the app changes its rtcConfiguration afterwards', async () => {
    const rtcConfiguration: RTCConfiguration = { iceTransportPolicy: 'relay', iceServers: [{ urls: ['stun:own.example.com'] }] };
    const { loader } = openTab({ rtcConfiguration });
    rtcConfiguration.iceTransportPolicy = 'all';
    (rtcConfiguration.iceServers![0]!.urls as string[])[0] = 'stun:changed.example.com';
    const configuration = await settle(loader.load());
    expect(configuration.iceTransportPolicy).toBe('relay');
    expect(urlsOf(configuration)).toContain('stun:own.example.com');
  });

  it('hands certificates through by reference, in a list of its own', async () => {
    const certificate = { expires: 1 } as RTCCertificate;
    const certificates = [certificate];
    const { loader } = openTab({ rtcConfiguration: { certificates } });
    const first = await settle(loader.load());
    expect(first.certificates?.[0]).toBe(certificate);
    first.certificates!.pop();
    expect((await settle(loader.load())).certificates).toHaveLength(1);
  });

  it('C-27: is made at the end of the wait, so that it is what is valid then', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    jumpClock(59 * minuteMs);
    const waiting = loader.load();
    await settle(loader.load({ cache: 'reload' }));
    expect(userOf(await settle(waiting))).toMatch(/user-[12]/);
    expect(userOf(loader.peek())).toBe('user-2');
  });
});

describe('invalidate', () => {
  it('C-63: drops the entry here and in storage, and lets the next load ask', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    await settle(loader.invalidate());
    expect(loader.peek()).toBeUndefined();
    expect((await readRecords()).size).toBe(0);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('need not be waited for: a load right after it asks the endpoint', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    const dropping = loader.invalidate();
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    await settle(dropping);
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('of a page that has not loaded yet drops what storage holds', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(secondMs);
    const second = anotherTab();
    await settle(second.invalidate());
    expect(userOf(await settle(second.load()))).toBe('user-2');
  });

  it('drops what staleIfError would serve', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(2 * hourMs);
    endpoint.always(unreachable);
    await settle(loader.invalidate());
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });

  it('ends a cool-down, so that the next load really asks', async () => {
    const { loader, endpoint } = openTab({}, httpError(401));
    await failureOf(loader.load());
    await settle(loader.invalidate());
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('holds though storage cannot delete: the next load asks all the same', async () => {
    const { loader } = openTab({ storage: { ...createStorage(), delete: () => {} } });
    await settle(loader.load());
    jumpClock(secondMs);
    await settle(loader.invalidate());
    jumpClock(secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('C-31: during a request that then fails leaves no cool-down: the next load asks', async () => {
    const { loader } = openTab({}, delayed(secondMs, httpError(401)));
    const before = loader.load();
    before.catch(() => {});
    await advance(secondMs / 2);
    await settle(loader.invalidate());
    await failureOf(before);
    await flush();
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('C-45: during a request that then hits the rate limit leaves that standing', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs, httpError(429)));
    const before = loader.load();
    before.catch(() => {});
    await advance(secondMs / 2);
    await settle(loader.invalidate());
    await failureOf(before);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'rate-limited' });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('never rejects, and settles where storage hangs', async () => {
    const storage = { get: () => new Promise(() => {}), set: () => new Promise(() => {}), delete: () => new Promise(() => {}) };
    const { loader } = openTab({ storage });
    const { ms } = await outcomeOf(loader.invalidate());
    expect(ms).toBeLessThanOrEqual(500);
  });

  it('never rejects, and settles where storage fails', async () => {
    const fail = () => {
      throw new Error('broken');
    };
    const { loader } = openTab({ storage: { get: fail, set: fail, delete: fail } });
    await expect(settle(loader.invalidate())).resolves.toBeUndefined();
  });

  it('C-31: during a request: the late answer serves those who wait and is not written back', async () => {
    const { loader, endpoint, anotherTab } = openTab({}, delayed(secondMs));
    const waiting = loader.load();
    await advance(secondMs / 2);
    await settle(loader.invalidate());
    expect(userOf(await settle(waiting))).toBe('user-1');
    await flush();
    expect(loader.peek()).toBeUndefined();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-31: by a listener of the very refresh: the answer is not written after it', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    loader.addEventListener('refresh', () => void loader.invalidate(), { once: true });
    await settle(loader.load());
    await advance(secondMs);
    expect((await failureOf(anotherTab().load({ cache: 'only-if-cached' }))) as Error).toMatchObject({ code: 'not-cached' });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-31: during a request: a load after it asks anew, and those who wait get its answer too', async () => {
    const { loader, endpoint } = openTab({}, noAnswer, delayed(secondMs));
    const before = loader.load();
    await advance(secondMs / 2);
    const dropping = loader.invalidate();
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-2');
    expect(ms).toBe(1000);
    expect(userOf(await settle(before))).toBe('user-2');
    await settle(dropping);
    expect(userOf(loader.peek())).toBe('user-2');
    expect(endpoint.maxConcurrent()).toBe(1);
  });

  it('C-31: during a refresh behind the scenes: a load after it asks anew, and nothing is reported', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    const errors = errorsOf(loader);
    await settle(loader.load());
    await flush();
    jumpClock(0.8 * hourMs);
    endpoint.next(noAnswer);
    await settle(loader.load());
    await flush();
    void loader.invalidate();
    expect(userOf(await settle(loader.load()))).toBe('user-3');
    expect(errors).toEqual([]);
  });

  it('C-31: during a request: who leaves after it does not end the one that is asked anew', async () => {
    const { loader } = openTab({}, noAnswer, delayed(secondMs));
    const controller = new AbortController();
    const before = loader.load({ signal: controller.signal });
    before.catch(() => {});
    await flush();
    void loader.invalidate();
    const after = loader.load();
    await flush();
    controller.abort();
    expect(userOf(await settle(after))).toBe('user-2');
    expect(await failureOf(before)).toMatchObject({ name: 'AbortError' });
  });

  it('C-31: a late answer of another tab does not replace a newer one in storage', async () => {
    const { loader, endpoint, anotherTab } = openTab({}, delayed(9 * secondMs));
    const slow = loader.load();
    await advance(secondMs);
    const second = anotherTab();
    expect(userOf(await settle(second.load()))).toBe('user-2');
    await flush();
    expect(userOf(await settle(slow))).toBe('user-1');
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });
});

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

  it('refresh tells of servers that another tab brought, as soon as they are taken over', async () => {
    mockRandom(0);
    const { loader, anotherTab, endpoint } = openTab();
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

  it('refresh is not fired for an answer that is not kept', async () => {
    const { loader } = openTab();
    const statuses = refreshesOf(loader);
    await settle(loader.load({ cache: 'no-store' }));
    expect(statuses).toEqual([]);
  });

  it('error is not fired for a failure that the caller gets', async () => {
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

  it('may be heard by an object, once, and until a signal says otherwise', async () => {
    const { loader } = openTab();
    const calls: string[] = [];
    const controller = new AbortController();
    loader.addEventListener('refresh', { handleEvent: () => void calls.push('object') });
    loader.addEventListener('refresh', () => void calls.push('once'), { once: true });
    loader.addEventListener('refresh', () => void calls.push('signal'), { signal: controller.signal });
    await settle(loader.load({ cache: 'reload' }));
    controller.abort();
    await settle(loader.load({ cache: 'reload' }));
    expect(calls).toEqual(['object', 'once', 'signal', 'object']);
  });

  it('with a listener, new servers are brought at the soft time without any load', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    const statuses = refreshesOf(loader);
    await settle(loader.load());
    await advance(hourMs / 2 + minuteMs);
    expect(endpoint.requests).toHaveLength(2);
    expect(statuses).toHaveLength(2);
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it.each([
    ['removed', (loader: EventTarget, listener: () => void) => loader.removeEventListener('refresh', listener)],
    ['gone with its signal', (_: EventTarget, __: () => void, controller: AbortController) => controller.abort()],
  ])('with the last listener %s, no timer is left', async (_, end) => {
    const { loader } = openTab();
    const listener = vi.fn();
    const controller = new AbortController();
    loader.addEventListener('refresh', listener, { signal: controller.signal });
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(1);
    end(loader, listener, controller);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('with a listener for once that was called, no timer is left', async () => {
    const { loader } = openTab();
    loader.addEventListener('refresh', () => {}, { once: true });
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('with a listener for once that was taken away and put back for good, the timer stays', async () => {
    const { loader } = openTab();
    const listener = vi.fn();
    loader.addEventListener('refresh', listener, { once: true });
    loader.removeEventListener('refresh', listener);
    loader.addEventListener('refresh', listener);
    await settle(loader.load());
    await flush();
    expect(listener).toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(1);
  });

  it('a listener for errors alone starts no timer', async () => {
    const { loader } = openTab();
    errorsOf(loader);
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('an event of the app itself may be dispatched', () => {
    const { loader } = openTab();
    const heard = vi.fn();
    loader.addEventListener('own', heard);
    loader.dispatchEvent(new Event('own'));
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('every method', () => {
  it('works detached from the loader', async () => {
    const { loader } = openTab();
    const { load, peek, invalidate, dispose, addEventListener, removeEventListener } = loader;
    const heard = vi.fn();
    addEventListener('refresh', heard);
    expect(userOf(await settle(load()))).toBe('user-1');
    expect(heard).toHaveBeenCalledOnce();
    removeEventListener('refresh', heard);
    expect(userOf(peek())).toBe('user-1');
    await settle(invalidate());
    expect(peek()).toBeUndefined();
    dispose();
    expect(await failureOf(load())).toMatchObject({ name: 'AbortError', message: expect.stringContaining('Make a new one') as string });
  });

  it('is there under the names of the design, and status cannot be set', () => {
    const { loader } = openTab();
    for (const name of ['load', 'peek', 'invalidate', 'dispose'] as const) expect(loader[name]).toBeTypeOf('function');
    expect(() => ((loader as { status: unknown }).status = 1)).toThrow(TypeError);
  });
});
