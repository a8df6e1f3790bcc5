import { describe, expect, it } from 'vitest';
import { IceServersError, loadRTCConfiguration } from '../src/index.js';
import { apiKey, createEndpoint, json, httpError } from './support/endpoint.js';
import { mockRandom, openTab, userOf } from './support/loaders.js';
import { settle, failureOf, hourMs, jumpClock, minuteMs, secondMs, flush } from './support/world.js';

const pair = { username: 'u', credential: 'c' };

describe('an answer whose TURN server is unreadable', () => {
  it.each([
    ['in the old spelling', { url: 'turn:turn.example.com', ...pair }],
    ['behind white space', { urls: ' turn:turn.example.com', ...pair }],
    ['in a list of lists', { urls: [['turn:turn.example.com']], ...pair }],
  ])('(%s) is invalid, and not a list of STUN alone', async (_, entry) => {
    const { loader } = openTab({}, json([{ urls: 'stun:stun.example.com' }, entry]));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-response' });
  });
});

describe('one caller', () => {
  it('that aborts with an error of this package gets that one, and no fallback', async () => {
    const { loader } = openTab({ fallback: [{ urls: 'stun:stun.example.com' }] }, async () => new Promise(() => {}));
    const controller = new AbortController();
    const promise = loader.load({ signal: controller.signal });
    const reason = new IceServersError('timeout');
    await flush();
    controller.abort(reason);
    expect(await failureOf(promise)).toBe(reason);
  });

  it.each([undefined, null, { ok: false, status: 401 }])('whose fetch gives no Response (%j) hears of that option', async (value) => {
    const { loader } = openTab({ fetch: async () => value as unknown as Response });
    const error = await failureOf(loader.load());
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain('fetch must give a Response');
  });

  it('who wants more life than any answer has gets a new answer where less than half is left', async () => {
    mockRandom(1);
    const { loader, endpoint } = openTab({ storage: 'memory' });
    endpoint.always(async (_, count) =>
      Response.json({ iceServers: [{ urls: 'turn:a', username: `user-${count}`, credential: 'c' }], ttl: 50 }),
    );
    await settle(loader.load({ minValidity: 60 }));
    expect(userOf(await settle(loader.load({ minValidity: 60 })))).toBe('user-1');
    jumpClock(26 * secondMs);
    expect(userOf(await settle(loader.load({ minValidity: 60 })))).toBe('user-2');
  });
});

describe('the status', () => {
  it('has no error any more where another tab has brought an answer', async () => {
    const { loader, anotherTab } = openTab({}, httpError(404));
    await failureOf(loader.load());
    await flush();
    jumpClock(6 * minuteMs);
    await settle(anotherTab().load());
    await flush();
    await settle(loader.load());
    expect(loader.status).toMatchObject({ source: 'indexeddb' });
    expect(loader.status).not.toHaveProperty('error');
  });

  it('says memory after a peek', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    loader.peek();
    expect(loader.status).toMatchObject({ source: 'memory' });
  });

  it('says memory where what is held had too little life for the caller, and the endpoint failed', async () => {
    mockRandom(1);
    const { loader, endpoint } = openTab({ expiresAt: Date.now() + 2 * hourMs, maxAge: 7200 });
    await settle(loader.load());
    jumpClock(20 * minuteMs);
    endpoint.always(httpError(500));
    expect(userOf(await settle(loader.load({ minValidity: 7000 })))).toBe('user-1');
    expect(loader.status).toMatchObject({ source: 'memory', error: { code: 'server-error' } });
  });

  it('of a fallback lasts until the endpoint is asked again', async () => {
    const { loader } = openTab({ fallback: [{ urls: 'stun:stun.example.com' }] }, httpError(404));
    await settle(loader.load());
    const { fetchedAt, refreshAt, expiresAt, error } = loader.status!;
    expect({ fetchedAt, refreshAt, expiresAt }).toEqual({ fetchedAt: Date.now(), refreshAt: error!.retryAt, expiresAt: error!.retryAt });
  });
});

describe('past expiresAt', () => {
  it('a load says that, and asks nobody', async () => {
    const { loader, endpoint } = openTab({ expiresAt: Date.now() + minuteMs });
    jumpClock(2 * minuteMs);
    const error = await failureOf(loader.load());
    expect(error).toMatchObject({ code: 'invalid-api-key', retryable: false });
    expect((error as Error).message).toMatch(/expiresAt has passed/);
    expect(endpoint.requests).toHaveLength(0);
  });
});

describe('loadRTCConfiguration', () => {
  it('goes on to share the loaders in use when there are many', async () => {
    const endpoint = createEndpoint();
    const load = (app: number): Promise<RTCConfiguration> =>
      loadRTCConfiguration({ appName: `app-${app}`, apiKey, storage: 'memory', fetch: endpoint.fetch });
    for (let round = 0; round < 3; round++) for (let app = 0; app < 50; app++) await settle(load(app));
    expect(endpoint.requests).toHaveLength(50);
  });

  it('lets the loader go that has waited longest', async () => {
    const endpoint = createEndpoint();
    endpoint.always(async (_, count) => Response.json([{ urls: 'turn:a', username: `user-${count}`, credential: 'c' }]));
    const load = (app: number): Promise<RTCConfiguration> =>
      loadRTCConfiguration({ appName: `many-${app}`, apiKey, storage: 'memory', fetch: endpoint.fetch });
    for (let app = 0; app < 50; app++) await settle(load(app));
    await settle(load(0));
    await settle(load(50));
    expect(userOf(await settle(load(0)))).toBe('user-1');
    expect(userOf(await settle(load(1)))).toBe('user-52');
  });
});
