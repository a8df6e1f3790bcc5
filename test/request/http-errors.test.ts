import { describe, expect, it } from 'vitest';
import { isIceServersError } from '../../src/index.js';
import { httpError, unreachable } from '../support/endpoint.js';
import { mockRandom, openTab, userOf } from '../support/loaders.js';
import { advance, failureOf, flush, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, settle, startOfTime } from '../support/world.js';

describe('an HTTP error', () => {
  it.each([
    [400, 'invalid-request', false, /apiKey.*region/],
    [401, 'invalid-api-key', false, /wrong, expired, disabled, deleted/],
    [403, 'invalid-api-key', false, /wrong, expired, disabled, deleted/],
    [404, 'not-found', false, /appName or endpoint/],
    [402, 'invalid-request', false, /refused/],
    [405, 'invalid-request', false, /refused/],
    [408, 'server-error', true, /Try again/],
    [410, 'invalid-request', false, /refused/],
    [413, 'invalid-request', false, /refused/],
    [418, 'invalid-request', false, /refused/],
    [425, 'server-error', true, /Try again/],
    [429, 'rate-limited', true, /retryAt/],
    [500, 'server-error', true, /Try again/],
    [501, 'server-error', true, /Try again/],
    [502, 'server-error', true, /Try again/],
    [503, 'server-error', true, /Try again/],
    [504, 'server-error', true, /Try again/],
    [599, 'server-error', true, /Try again/],
  ])('%i is %s', async (status, code, retryable, sentence) => {
    const { loader, endpoint } = openTab();
    endpoint.always(httpError(status));
    const error = await failureOf(loader.load());
    expect(isIceServersError(error)).toBe(true);
    expect(error).toMatchObject({ name: 'IceServersError', code, status, retryable });
    expect((error as Error).message).toMatch(sentence);
    expect((error as Error).message).toContain(`(HTTP ${status})`);
    expect((error as Error).message).not.toContain('Invalid API Key');
  });

  it.each([400, 401, 403, 404, 410, 413, 418, 429])('%i is not retried', async (status) => {
    const { loader, endpoint } = openTab();
    endpoint.always(httpError(status));
    await failureOf(loader.load());
    await advance(minuteMs);
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each([408, 425, 500, 502, 503, 504])('%i is retried twice', async (status) => {
    const { loader, endpoint } = openTab();
    endpoint.always(httpError(status));
    await failureOf(loader.load());
    await advance(secondMs);
    expect(endpoint.requests).toHaveLength(3);
  });

  it.each([
    ['one', 1],
    ['two', 2],
  ])('503 that ends after %s does not reach the caller', async (_, count) => {
    const { loader, endpoint } = openTab({}, ...Array.from({ length: count }, () => httpError(503)));
    expect(userOf(await settle(loader.load()))).toBe(`user-${count + 1}`);
    expect(endpoint.requests).toHaveLength(count + 1);
  });

  it('401 after 503 is final', async () => {
    const { loader, endpoint } = openTab({}, httpError(503), httpError(401));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-api-key' });
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each([408, 425])('C-78: %i leaves a stored answer in place, which serves on', async (status) => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(2 * hourMs);
    endpoint.always(httpError(status));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    expect(loader.status).toMatchObject({ source: 'stale', error: { code: 'server-error', status } });
  });

  it.each([
    ['seconds', '600'],
    ['a date', new Date(startOfTime + 10 * minuteMs).toUTCString()],
  ])('C-78: 503 with a Retry-After in %s is a rate limit: one request, and the next at its end', async (_, header) => {
    const { loader, endpoint } = openTab({}, httpError(503, { 'retry-after': header }));
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'rate-limited', status: 503, retryable: true, retryAt: startOfTime + 10 * minuteMs });
    expect(ms).toBe(0);
    jumpClock(10 * minuteMs - 1);
    for (const cache of ['default', 'reload'] as const) {
      expect(await failureOf(loader.load({ cache }))).toMatchObject({ code: 'rate-limited', status: 503 });
    }
    expect(endpoint.requests).toHaveLength(1);
    jumpClock(1);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it.each([
    ['503 with a Retry-After that is neither seconds nor a date', 503, 'soon'],
    ['503 with an empty Retry-After', 503, ''],
    ['500 with a Retry-After', 500, '600'],
    ['504 with a Retry-After', 504, '600'],
  ])('%s stays a server-error, and is retried after the usual two short pauses', async (_, status, header) => {
    const { loader, endpoint } = openTab();
    endpoint.always(httpError(status, { 'retry-after': header }));
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'server-error' });
    expect(ms).toBeLessThan(2 * secondMs);
    expect(endpoint.requests).toHaveLength(3);
  });
});

describe('a refusal by a route that needs no key', () => {
  const routeOptions = { appName: undefined, apiKey: undefined, endpoint: 'https://app.example/api/ice-servers' };

  it.each([401, 403])('%i speaks of signing in, and not of a key', async (status) => {
    const { loader, endpoint } = openTab(routeOptions);
    endpoint.always(httpError(status));
    const error = (await failureOf(loader.load())) as Error;
    expect(error).toMatchObject({ code: 'invalid-api-key', status, retryable: false });
    expect(error.message).toMatch(/^The route refused the request\. .*signed in.* \(HTTP \d+\)$/);
    expect(error.message).toContain('cache: "reload"');
    expect(error.message).not.toMatch(/key/i);
  });

  it('says the same to a later call and to another tab, which make no request', async () => {
    const { loader, endpoint, anotherTab } = openTab(routeOptions);
    endpoint.always(httpError(401));
    const { message } = (await failureOf(loader.load())) as Error;
    expect(await failureOf(loader.load())).toMatchObject({ message });
    expect(await failureOf(anotherTab().load())).toMatchObject({ message });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('speaks of the key if the route gets one', async () => {
    const { loader, endpoint } = openTab({ appName: undefined, endpoint: routeOptions.endpoint });
    endpoint.always(httpError(401));
    expect(((await failureOf(loader.load())) as Error).message).toMatch(/The API key was refused/);
  });
});

describe('the pauses between attempts', () => {
  const pauses = async (share: number): Promise<number[]> => {
    mockRandom(share);
    const { loader, endpoint } = openTab({ storage: 'memory' });
    endpoint.always(unreachable);
    await failureOf(loader.load());
    const [first, second, third] = endpoint.requests.map(({ at }) => at);
    return [second! - first!, third! - second!];
  };

  it('get longer', async () => {
    const [first, second] = await pauses(0.5);
    expect(second).toBeGreaterThan(first!);
  });

  it('are random, so that pages do not retry together', async () => {
    const [early] = await pauses(0);
    const [late] = await pauses(1);
    expect(late).toBeGreaterThan(early! * 1.5);
  });

  it('are short enough for a waiting user', async () => {
    const [first, second] = await pauses(1);
    expect(first! + second!).toBeLessThan(2 * secondMs);
  });
});
