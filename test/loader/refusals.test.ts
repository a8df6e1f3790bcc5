import { describe, expect, it } from 'vitest';
import { FakeConnection } from '../support/connection.js';
import { httpError } from '../support/endpoint.js';
import { errorsOf, keep, openTab } from '../support/loaders.js';
import { createStorage } from '../support/storage.js';
import { advance, dayMs, failureOf, settle } from '../support/world.js';

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
    const storage = createStorage();
    const { loader } = openTab({ storage }, answer);
    await failureOf(loader.load());
    expect([...storage.items.values()]).toMatchObject([{ cool: { until: expect.any(Number) as number } }]);
  });
});
