import { describe, expect, it, vi } from 'vitest';
import { isIceServersError } from '../src/index.js';
import {
  apiKey,
  noAnswerDespiteAbort,
  endlessBody,
  good,
  json,
  delayed,
  meteredBody,
  httpError,
  noAnswer,
  text,
  unreachable,
  type Answer,
} from './support/endpoint.js';
import { mockRandom, openTab, userOf } from './support/loaders.js';
import {
  afterTest,
  advance,
  settle,
  failureOf,
  hourMs,
  jumpClock,
  minuteMs,
  outcomeOf,
  secondMs,
  startOfTime,
  flush,
} from './support/world.js';

describe('the request', () => {
  it('is a simple GET: no header, no body, no method but GET', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    const { method = 'GET', headers, body } = endpoint.requests[0]!.init;
    expect(method).toBe('GET');
    expect([...new Headers(headers)]).toEqual([]);
    expect(body ?? undefined).toBeUndefined();
  });

  it('C-53: passes by every HTTP cache and tells nobody who asks', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    expect(endpoint.requests[0]!.init).toMatchObject({ cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
  });

  it('C-51: has one apiKey and no region, where the address had the key already', async () => {
    const endpointAddress = `https://turn.example.com/ice?apiKey=${apiKey}&region=&tenant=7`;
    const { loader, endpoint } = openTab({ appName: undefined, endpoint: endpointAddress });
    await settle(loader.load());
    const { searchParams } = endpoint.requests[0]!.url;
    expect([...searchParams.keys()].sort()).toEqual(['apiKey', 'tenant']);
    expect(searchParams.getAll('apiKey')).toEqual([apiKey]);
  });

  it('C-51: has one apiKey and one region, where the address had both already', async () => {
    const endpointAddress = `https://turn.example.com/ice?apiKey=${apiKey}&apiKey=x&region=asia&region=eu`;
    const { loader, endpoint } = openTab({ appName: undefined, endpoint: endpointAddress, region: 'europe' });
    await settle(loader.load());
    const { searchParams } = endpoint.requests[0]!.url;
    expect(searchParams.getAll('apiKey')).toEqual([apiKey]);
    expect(searchParams.getAll('region')).toEqual(['europe']);
  });

  it('C-51: is the same address at every try', async () => {
    const { loader, endpoint } = openTab({ region: 'europe' }, httpError(500), httpError(500));
    await settle(loader.load());
    expect(new Set(endpoint.requests.map(({ url }) => url.href)).size).toBe(1);
  });

  it('uses the global fetch of the moment, not of the import', async () => {
    const { loader } = openTab({ fetch: undefined });
    const fetch = vi.fn(async () => Response.json(meteredBody('late')));
    vi.stubGlobal('fetch', fetch);
    expect(userOf(await settle(loader.load()))).toBe('user-late');
  });

  it('C-18: without any fetch is a TypeError that names the fetch option', async () => {
    vi.stubGlobal('fetch', undefined);
    const { loader } = openTab({ fetch: undefined });
    const error = await failureOf(loader.load());
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(/the (fetch option|option fetch)/);
  });

  it('C-55: is made though navigator.onLine says that there is no network', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { loader } = openTab();
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it('leaves no timer and no request behind', async () => {
    const { loader, endpoint } = openTab({}, httpError(500), unreachable, delayed(secondMs));
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(0);
    expect(endpoint.pendingCount()).toBe(0);
  });
});

describe('a refusal', () => {
  it.each([
    [400, 'invalid-request', false, /apiKey.*region/],
    [401, 'invalid-api-key', false, /wrong, expired, disabled, removed/],
    [403, 'invalid-api-key', false, /wrong, expired, disabled, removed/],
    [404, 'not-found', false, /appName or endpoint/],
    [402, 'invalid-request', false, /refused/],
    [405, 'invalid-request', false, /refused/],
    [408, 'invalid-request', false, /refused/],
    [410, 'invalid-request', false, /refused/],
    [413, 'invalid-request', false, /refused/],
    [418, 'invalid-request', false, /refused/],
    [429, 'rate-limited', true, /retryAt/],
    [500, 'server-error', true, /Try again/],
    [501, 'server-error', true, /Try again/],
    [502, 'server-error', true, /Try again/],
    [503, 'server-error', true, /Try again/],
    [504, 'server-error', true, /Try again/],
    [599, 'server-error', true, /Try again/],
  ])('of %i is %s', async (status, code, retryable, sentence) => {
    const { loader, endpoint } = openTab();
    endpoint.always(httpError(status));
    const error = await failureOf(loader.load());
    expect(isIceServersError(error)).toBe(true);
    expect(error).toMatchObject({ name: 'IceServersError', code, status, retryable });
    expect((error as Error).message).toMatch(sentence);
    expect((error as Error).message).toContain(`(HTTP ${status})`);
    expect((error as Error).message).not.toContain('Invalid API Key');
  });

  it.each([400, 401, 403, 404, 408, 410, 413, 418, 429])('of %i is never asked about twice', async (status) => {
    const { loader, endpoint } = openTab();
    endpoint.always(httpError(status));
    await failureOf(loader.load());
    await advance(minuteMs);
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each([500, 502, 503, 504])('of %i is asked about twice more', async (status) => {
    const { loader, endpoint } = openTab();
    endpoint.always(httpError(status));
    await failureOf(loader.load());
    await advance(secondMs);
    expect(endpoint.requests).toHaveLength(3);
  });

  it.each([
    ['one', 1],
    ['two', 2],
  ])('of 503 that ends after %s is not seen by the caller', async (_, count) => {
    const { loader, endpoint } = openTab({}, ...Array.from({ length: count }, () => httpError(503)));
    expect(userOf(await settle(loader.load()))).toBe(`user-${count + 1}`);
    expect(endpoint.requests).toHaveLength(count + 1);
  });

  it('that follows a 503 is final', async () => {
    const { loader, endpoint } = openTab({}, httpError(503), httpError(401));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-api-key' });
    expect(endpoint.requests).toHaveLength(2);
  });

  it('of 503 with a Retry-After is not waited on: two short pauses and no more', async () => {
    const { loader, endpoint } = openTab();
    endpoint.always(httpError(503, { 'retry-after': '3600' }));
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'server-error' });
    expect(ms).toBeLessThan(2 * secondMs);
    expect(endpoint.requests).toHaveLength(3);
  });
});

describe('the pauses between tries', () => {
  const pauses = async (share: number): Promise<number[]> => {
    mockRandom(share);
    const { loader, endpoint } = openTab({ storage: 'memory' });
    endpoint.always(unreachable);
    await failureOf(loader.load());
    const [first, second, third] = endpoint.requests.map(({ at }) => at);
    return [second! - first!, third! - second!];
  };

  it('grow', async () => {
    const [first, second] = await pauses(0.5);
    expect(second).toBeGreaterThan(first!);
  });

  it('are drawn anew for each client, so that pages do not come back together', async () => {
    const [early] = await pauses(0);
    const [late] = await pauses(1);
    expect(late).toBeGreaterThan(early! * 1.5);
  });

  it('are short enough for a person who waits', async () => {
    const [first, second] = await pauses(1);
    expect(first! + second!).toBeLessThan(2 * secondMs);
  });
});

describe('no answer', () => {
  it('C-47: or a 401 without CORS headers is network, and the message names all four causes', async () => {
    const { loader, endpoint } = openTab();
    endpoint.always(unreachable);
    const error = (await failureOf(loader.load())) as Error;
    expect(error).toMatchObject({ code: 'network', retryable: true });
    for (const cause of [/offline/, /blocked/, /DNS/, /CORS/]) expect(error.message).toMatch(cause);
    expect(error.message).not.toContain('Failed to fetch');
  });

  it('C-47: is asked for at most three times, then the cool-down holds', async () => {
    const { loader, endpoint } = openTab();
    endpoint.always(unreachable);
    for (let i = 0; i < 10; i++) await failureOf(loader.load());
    expect(endpoint.requests).toHaveLength(3);
  });

  it('because fetch throws at once is network as well', async () => {
    const fetch = (() => {
      throw new TypeError('Failed to fetch');
    }) as never;
    const { loader } = openTab({ fetch });
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });

  it.each([
    ['that hears the signal', noAnswer],
    ['that hears nothing', noAnswerDespiteAbort],
  ])('C-48: of a server %s is timeout, within timeout', async (_, answer) => {
    const { loader, endpoint } = openTab({ timeout: 3000 });
    endpoint.always(answer);
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'timeout', retryable: true });
    expect((error as Error).message).toMatch(/raise timeout/);
    expect(ms).toBe(3000);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-48: takes 10 s at most by default', async () => {
    const { loader } = openTab({}, noAnswerDespiteAbort);
    expect((await outcomeOf(loader.load())).ms).toBe(10 * secondMs);
  });

  it('C-48: within timeout, retries included, where each try takes its time', async () => {
    const { loader, endpoint } = openTab({ timeout: 3000 });
    endpoint.always(delayed(1800, httpError(500)));
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'timeout' });
    expect(ms).toBe(3000);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-48: makes no later try once the time is up', async () => {
    const { loader, endpoint } = openTab({ timeout: 100 });
    endpoint.always(unreachable);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'timeout' });
    await advance(10 * secondMs);
    expect(endpoint.requests).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('C-48: ends the request, so that it does not stay open behind the scenes', async () => {
    const { loader, endpoint } = openTab({ timeout: 1000 }, noAnswer);
    await failureOf(loader.load());
    await flush();
    expect(endpoint.pendingCount()).toBe(0);
    expect(endpoint.requests[0]!.init.signal?.aborted).toBe(true);
  });

  it('a timeout longer than a timer can hold does not fire at once', async () => {
    const { loader } = openTab({ timeout: 2 ** 31 + 5 }, delayed(minuteMs));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it('a timeout of Infinity never ends the wait', async () => {
    const { loader } = openTab({ timeout: Infinity }, delayed(hourMs / 8));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });
});

describe('a body', () => {
  it('C-49: that never ends is timeout, within timeout', async () => {
    const { loader, endpoint } = openTab({ timeout: 3000 });
    endpoint.always(endlessBody());
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'timeout' });
    expect(ms).toBe(3000);
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each([401, 500])('C-49: of a %i that never ends is not waited for', async (status) => {
    const { loader, endpoint } = openTab();
    endpoint.always(endlessBody(status));
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ status });
    expect(ms).toBeLessThan(2 * secondMs);
  });

  const useless: [what: string, answer: Answer][] = [
    ['HTML', text('<!doctype html><title>Sign in</title>')],
    ['an empty list', json([])],
    ['an error', json({ error: 'Invalid API Key' })],
    ['nothing (204)', text(null, 204)],
    ['an empty text', text('')],
    ['null', json(null)],
    ['a list of bad entries', json([{ urls: 'turn:x' }])],
  ];

  it.each(useless)('C-52: of 200 with %s is invalid-response', async (_, answer) => {
    const { loader, endpoint } = openTab({}, answer);
    const error = await failureOf(loader.load());
    expect(error).toMatchObject({ code: 'invalid-response', retryable: true });
    expect((error as Error).message).toMatch(/no usable list of ICE servers.*login page.*appName or endpoint/);
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each(useless)('C-52: of 200 with %s leaves the older entry in memory and in storage', async (_, answer) => {
    const { loader, anotherTab } = openTab({}, good, answer);
    await settle(loader.load());
    await failureOf(loader.load({ cache: 'reload' }));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it.each([
    ['truncated', JSON.stringify(meteredBody('leak')).slice(0, -20)],
    ['not JSON', 'user-leak secret-leak'],
    ['JSON with a tail', `${JSON.stringify(meteredBody('leak'))}x`],
  ])('C-44: that is %s is invalid-response, with no piece of it anywhere', async (_, body) => {
    const { loader } = openTab({}, text(body));
    const error = (await failureOf(loader.load())) as Error;
    expect(error).toMatchObject({ code: 'invalid-response' });
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toMatch(/leak|JSON|Unexpected/);
    expect(error.cause).toBeUndefined();
  });

  it('that breaks off while it is read is asked for again, as one that never came', async () => {
    const broken: Answer = async () =>
      new Response(new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) }));
    const { loader, endpoint } = openTab({}, broken, broken, good, broken, broken, broken);
    expect(userOf(await settle(loader.load()))).toBe('user-3');
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'network' });
    expect(endpoint.requests).toHaveLength(6);
  });

  it('with a byte order mark is read', async () => {
    const { loader } = openTab({}, text(`\uFEFF${JSON.stringify(meteredBody())}`));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });
});

describe('a 429', () => {
  const limit = (header: string) => httpError(429, { 'retry-after': header });

  it.each([
    ['seconds', '3600', startOfTime + hourMs],
    ['a date', new Date(startOfTime + hourMs).toUTCString(), startOfTime + hourMs],
  ])('C-45: with a readable Retry-After in %s rejects at once with retryAt', async (_, header, retryAt) => {
    const { loader, endpoint } = openTab({}, limit(header));
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'rate-limited', status: 429, retryAt });
    expect(ms).toBe(0);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-45: makes no request before retryAt, not even for reload, and one after', async () => {
    const { loader, endpoint } = openTab({}, limit('3600'));
    await failureOf(loader.load());
    jumpClock(hourMs - 1);
    for (const cache of ['default', 'reload', 'no-store'] as const) {
      expect(await failureOf(loader.load({ cache }))).toMatchObject({ code: 'rate-limited', retryAt: startOfTime + hourMs });
    }
    expect(endpoint.requests).toHaveLength(1);
    jumpClock(1);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('C-45: serves the stale entry at once', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(2 * hourMs);
    endpoint.always(limit('3600'));
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(0);
  });

  it.each([
    ['without a readable header', httpError(429)],
    ['with a header that says nothing', limit('soon')],
    ['with an empty header', limit('')],
  ])('C-46: %s is one request, then a cool-down of 60 s', async (_, answer) => {
    const { loader, endpoint } = openTab({}, answer);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'rate-limited', retryAt: startOfTime + minuteMs });
    jumpClock(minuteMs - 1);
    await failureOf(loader.load({ cache: 'reload' }));
    expect(endpoint.requests).toHaveLength(1);
    jumpClock(1);
    await settle(loader.load());
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each(['0', '-5', new Date(startOfTime - hourMs).toUTCString()])('with a Retry-After of %s does not make a loop', async (header) => {
    const { loader, endpoint } = openTab();
    endpoint.always(limit(header));
    for (let i = 0; i < 10; i++) await failureOf(loader.load());
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('without AbortSignal.any and AbortSignal.timeout', () => {
  const loseAbortSignalMethods = (): void => {
    for (const name of ['any', 'timeout']) {
      const method = Object.getOwnPropertyDescriptor(AbortSignal, name)!;
      Reflect.deleteProperty(AbortSignal, name);
      afterTest(() => Object.defineProperty(AbortSignal, name, method));
    }
  };

  it('C-50: a load works', async () => {
    loseAbortSignalMethods();
    const { loader } = openTab({}, httpError(500));
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('C-50: the time limit settles and ends the request', async () => {
    loseAbortSignalMethods();
    const { loader, endpoint } = openTab({ timeout: 2000 }, noAnswer);
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'timeout' });
    expect(ms).toBe(2000);
    await flush();
    expect(endpoint.pendingCount()).toBe(0);
  });

  it('C-50: an abort settles, ends the request and makes no later one', async () => {
    loseAbortSignalMethods();
    const { loader, endpoint } = openTab();
    endpoint.always(delayed(400, httpError(500)));
    const controller = new AbortController();
    const loading = loader.load({ signal: controller.signal });
    await advance(500);
    controller.abort(new Error('left'));
    expect(await failureOf(loading)).toMatchObject({ message: 'left' });
    const { length } = endpoint.requests;
    await advance(10 * secondMs);
    expect(endpoint.requests).toHaveLength(length);
    expect(endpoint.pendingCount()).toBe(0);
  });
});
