import { describe, expect, it } from 'vitest';
import { IceServersError } from '../../src/index.js';
import { httpError, otherApiKey, unreachable } from '../support/endpoint.js';
import { failedTab, failureKinds } from '../support/failures.js';
import { mockRandom, openTab, userOf } from '../support/loaders.js';
import { readRecords } from '../support/storage.js';
import { failureOf, flush, jumpClock, minuteMs, outcomeOf, secondMs, settle } from '../support/world.js';

describe('after a failure', () => {
  it.each(failureKinds)('%s (%#), the next load rejects at once with the same code and retryAt', async (code, answer, coolDownMs) => {
    mockRandom(0);
    const { loader, endpoint, error, requestCount } = await failedTab(answer);
    expect(error.retryAt).toBeGreaterThanOrEqual(Date.now() + coolDownMs - secondMs);
    const { error: again, ms } = await outcomeOf(loader.load());
    expect(again).toMatchObject({ code, status: error.status, retryAt: error.retryAt, retryable: error.retryable });
    expect(ms).toBe(0);
    expect(endpoint.requests).toHaveLength(requestCount);
  });

  it.each(failureKinds)('C-21: %s (%#), a load after the cool-down sends a request', async (_, answer) => {
    const { loader, endpoint, error, requestCount } = await failedTab(answer);
    jumpClock(Math.floor(error.retryAt!) - Date.now() - 1);
    await failureOf(loader.load());
    expect(endpoint.requests).toHaveLength(requestCount);
    jumpClock(2);
    expect(userOf(await settle(loader.load()))).toBe(`user-${requestCount + 1}`);
  });

  it.each(failureKinds)('%s (%#), the cool-down outlives a page reload', async (code, answer) => {
    const { anotherTab, endpoint, error, requestCount } = await failedTab(answer);
    expect(await failureOf(anotherTab().load())).toMatchObject({ code, status: error.status, retryAt: error.retryAt });
    expect(endpoint.requests).toHaveLength(requestCount);
  });

  it.each(failureKinds)('%s (%#), the stored cool-down has only code, status and times', async (_, answer) => {
    await failedTab(answer);
    const [record] = [...(await readRecords()).values()];
    for (const value of Object.values(record!['cool'] as object)) expect(String(value)).toMatch(/^([\d.]+|[a-z-]+|undefined)$/);
  });

  it.each(failureKinds.filter(([code]) => code !== 'rate-limited'))(
    'C-22: %s (%#), cache: "reload" ignores the cool-down',
    async (_, answer) => {
      const { loader, requestCount } = await failedTab(answer);
      expect(userOf(await settle(loader.load({ cache: 'reload' })))).toBe(`user-${requestCount + 1}`);
      expect(userOf(await settle(loader.load()))).toBe(`user-${requestCount + 1}`);
    },
  );

  it.each(failureKinds)('%s (%#), a load with another key or region sends a request at once', async (_, answer) => {
    const { anotherTab, requestCount } = await failedTab(answer);
    expect(userOf(await settle(anotherTab({ apiKey: otherApiKey }).load()))).toBe(`user-${requestCount + 1}`);
    expect(userOf(await settle(anotherTab({ region: 'eu' }).load()))).toBe(`user-${requestCount + 2}`);
  });

  it.each(failureKinds)('%s (%#), the status stays undefined', async (_, answer) => {
    const { loader } = await failedTab(answer);
    expect(loader.status).toBeUndefined();
  });

  it('C-22: a reload that fails does not keep the next reload from sending a request', async () => {
    const { loader, endpoint, requestCount } = await failedTab(httpError(401));
    endpoint.always(httpError(401));
    await failureOf(loader.load({ cache: 'reload' }));
    await failureOf(loader.load({ cache: 'reload' }));
    expect(endpoint.requests).toHaveLength(requestCount + 2);
  });

  it('C-54: 403, a repaired key works within 5 minutes', async () => {
    const { loader, anotherTab, requestCount } = await failedTab(httpError(403));
    jumpClock(5 * minuteMs);
    expect(userOf(await settle(loader.load()))).toBe(`user-${requestCount + 1}`);
    expect(userOf(await settle(anotherTab().load()))).toBe(`user-${requestCount + 1}`);
  });

  it('C-54: 403, a repaired key works at once with reload, and a changed key without', async () => {
    const { loader, anotherTab, requestCount } = await failedTab(httpError(403));
    expect(userOf(await settle(anotherTab({ apiKey: otherApiKey }).load()))).toBe(`user-${requestCount + 1}`);
    expect(userOf(await settle(loader.load({ cache: 'reload' })))).toBe(`user-${requestCount + 2}`);
  });

  it('retryAt is an integer, so that a timer set for it is not early', async () => {
    mockRandom(1 / 3);
    const { error } = await failedTab(httpError(400));
    expect(Number.isInteger(error.retryAt)).toBe(true);
  });

  it('a successful load ends the cool-down for the next page too', async () => {
    const { loader, anotherTab, requestCount } = await failedTab(unreachable);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe(`user-${requestCount + 1}`);
  });

  it('another failure makes the cool-down longer, even across page reloads', async () => {
    mockRandom(0);
    const { anotherTab, endpoint, error } = await failedTab(unreachable);
    endpoint.always(unreachable);
    jumpClock(error.retryAt! - Date.now());
    const before = Date.now();
    const again = (await failureOf(anotherTab().load())) as IceServersError;
    expect(again.retryAt! - Date.now()).toBe(4 * secondMs);
    expect(Date.now() - before).toBeLessThan(2 * secondMs);
  });

  it('an hour of failing loads sends few requests', async () => {
    const { loader, endpoint } = openTab();
    endpoint.always(httpError(400));
    for (let s = 0; s < 3600; s += 5) {
      await failureOf(loader.load());
      jumpClock(5 * secondMs);
    }
    expect(endpoint.requests.length).toBeLessThan(25);
  });

  it('a fresh answer of another tab is found during the cool-down', async () => {
    const { loader, anotherTab, requestCount } = await failedTab(unreachable);
    jumpClock(secondMs / 10);
    await settle(anotherTab().load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(loader.load()))).toBe(`user-${requestCount + 1}`);
  });

  it('a fresh answer in memory is served during the cool-down', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(httpError(400));
    await failureOf(loader.load({ cache: 'reload' }));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });
});

describe('a load for', () => {
  it('C-26: region B never returns the servers of region A', async () => {
    const { loader, endpoint, anotherTab } = openTab({ region: 'europe' });
    await settle(loader.load());
    endpoint.always(unreachable);
    const other = anotherTab({ region: 'asia' });
    expect(await failureOf(other.load())).toMatchObject({ code: 'network' });
    expect(await failureOf(other.load())).toMatchObject({ code: 'network' });
    expect(other.peek()).toBeUndefined();
  });

  it('C-26: key B never returns the servers of key A', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    endpoint.always(httpError(500));
    const other = anotherTab({ apiKey: otherApiKey });
    expect(await failureOf(other.load())).toMatchObject({ code: 'server-error' });
    expect(await failureOf(other.load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
  });
});

describe('a reload that fails', () => {
  it('with 401 drops the fresh entry, as its credential is dead', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(secondMs);
    endpoint.always(httpError(401));
    await failureOf(loader.load({ cache: 'reload' }));
    await flush();
    expect(loader.peek()).toBeUndefined();
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-api-key' });
    expect(await failureOf(anotherTab().load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
  });

  it('with 401 in another tab drops the entry of this one when it reads storage', async () => {
    mockRandom(0);
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(40 * minuteMs);
    endpoint.always(httpError(401));
    await failureOf(anotherTab().load({ cache: 'reload' }));
    await flush();
    // This load starts a background refresh.
    await settle(loader.load());
    await flush();
    expect(loader.peek()).toBeUndefined();
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-api-key' });
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each([400, 404, 429, 500])('with %i keeps the fresh entry', async (status) => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(secondMs);
    endpoint.always(httpError(status));
    await failureOf(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(loader.peek())).toBe('user-1');
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });
});
