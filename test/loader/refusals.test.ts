import { describe, expect, it } from 'vitest';
import { FakeConnection } from '../support/connection.js';
import { httpError, json, meteredBody } from '../support/endpoint.js';
import { errorsOf, keep, openTab, userOf } from '../support/loaders.js';
import { createSlowStorage, createStorage } from '../support/storage.js';
import { advance, dayMs, failureOf, flush, jumpClock, secondMs, settle } from '../support/world.js';

describe('a fixed key whose credential is dead', () => {
  it('is reported once, although the endpoint is requested again after each cool-down', async () => {
    const { loader, endpoint } = openTab({ maxAge: 600 });
    const errors = errorsOf(loader);
    keep(new FakeConnection(await settle(loader.load())), loader);
    endpoint.always(httpError(401));
    await advance(dayMs / 4);
    expect(errors.map(({ code }) => code)).toEqual(['invalid-api-key']);
    expect(endpoint.requests.length).toBeGreaterThan(2);
  });
});

describe('a page that reloads as soon as a load fails', () => {
  it.each([
    ['404', httpError(404)],
    ['429', httpError(429, { 'retry-after': '600' })],
    ['503 with Retry-After', httpError(503, { 'retry-after': '600' })],
    ['401', httpError(401)],
  ])('after a %s finds the cool-down that was stored', async (_, answer) => {
    const storage = createSlowStorage(50);
    const { loader } = openTab({ storage }, answer);
    await failureOf(loader.load());
    expect([...storage.items.values()]).toMatchObject([{ cool: { until: expect.any(Number) as number } }]);
  });
});

describe('a failure of another tab', () => {
  it.each([
    ['401', 401, undefined],
    ['404', 404, 'user-1'],
    ['500', 500, 'user-1'],
  ])('with %s takes the fresh servers from this tab only if they are refused', async (_, status, user) => {
    const { loader, endpoint, anotherTab } = openTab({ storage: createStorage() }, json({ iceServers: meteredBody(), ttl: 600 }));
    await settle(loader.load());
    await flush();
    jumpClock(secondMs);
    endpoint.always(httpError(status));
    await failureOf(anotherTab().load({ cache: 'reload' }));
    jumpClock(20 * secondMs);
    // It looks into storage, because what memory holds is not valid for long enough.
    await failureOf(loader.load({ cache: 'only-if-cached', minValidity: 590 }));
    expect(userOf(loader.peek())).toBe(user);
  });
});
