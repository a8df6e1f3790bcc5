import { describe, expect, it } from 'vitest';
import type { ExpiringApiKey } from '../../src/index.js';
import { apiKey, httpError, json, meteredBody, unreachable } from '../support/endpoint.js';
import { mockRandom, userOf } from '../support/loaders.js';
import { createKeys, keyNumber, openKeyTab } from '../support/sources.js';
import { dayMs, failureOf, flush, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, settle, startOfTime } from '../support/world.js';

describe('the life that an apiKey function names', () => {
  const inTenMinutes = startOfTime + 10 * minuteMs;

  const lives: [how: string, life: Partial<ExpiringApiKey>][] = [
    ['expiryInSeconds', { expiryInSeconds: 600 }],
    ['expiryInSeconds as text', { expiryInSeconds: '600' as unknown as number }],
    ['expiresAt as a Date', { expiresAt: new Date(inTenMinutes) }],
    ['expiresAt in epoch milliseconds', { expiresAt: inTenMinutes }],
    ['expiresAt as ISO 8601 text', { expiresAt: new Date(inTenMinutes).toISOString() }],
    ['expiresAt as ISO 8601 text with an offset', { expiresAt: '2026-06-01T14:10:00+02:00' }],
    ['both, of which the earlier counts', { expiryInSeconds: 3600, expiresAt: inTenMinutes }],
    ['both, of which the earlier counts (expiryInSeconds)', { expiryInSeconds: 600, expiresAt: inTenMinutes + hourMs }],
  ];

  it.each(lives)('as %s ends the fresh time', async (_, life) => {
    const { loader } = openKeyTab(() => ({ apiKey, ...life }));
    await settle(loader.load());
    expect(loader.status).toMatchObject({ fetchedAt: startOfTime, expiresAt: inTenMinutes });
  });

  it.each(lives)('as %s ends the stale time as well', async (_, firstLife) => {
    let life = firstLife;
    const { loader, endpoint } = openKeyTab(() => ({ apiKey, ...life }));
    await settle(loader.load());
    life = {};
    endpoint.always(unreachable);
    jumpClock(9 * minuteMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    jumpClock(minuteMs);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });

  it('is the maxAge if that is not set: a key of a day is good for a day', async () => {
    const { loader } = openKeyTab(() => ({ apiKey, expiryInSeconds: 86_400 }));
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + dayMs);
  });

  it('does not lengthen maxAge', async () => {
    const { loader } = openKeyTab(() => ({ apiKey, expiryInSeconds: 86_400 }), { maxAge: 60 });
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + minuteMs);
  });

  it.each([
    ['the ttl of the answer, if that is less', 600, 300, 300],
    ['the life of the key, if that is less', 300, 600, 300],
  ])('counts beside %s', async (_, expiryInSeconds, ttl, seconds) => {
    const { loader } = openKeyTab(() => ({ apiKey, expiryInSeconds }), {}, json({ iceServers: meteredBody(), ttl }));
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + seconds * secondMs);
  });

  it.each<[how: string, life: Partial<ExpiringApiKey>]>([
    ['expiryInSeconds', { expiryInSeconds: 600 }],
    ['expiresAt', { expiresAt: startOfTime + 10 * minuteMs }],
  ])('counts from before a slow function was called (%s)', async (_, life) => {
    const source = async (): Promise<ExpiringApiKey> => {
      await new Promise((resolve) => setTimeout(resolve, 5000));
      return { apiKey, ...life };
    };
    const { loader } = openKeyTab(source);
    expect((await outcomeOf(loader.load())).ms).toBe(5000);
    expect(loader.status).toMatchObject({ fetchedAt: startOfTime, expiresAt: startOfTime + 10 * minuteMs });
  });

  it('is stored: the next page knows it without calling a function', async () => {
    const keys = createKeys({ expiryInSeconds: 600 });
    const { loader, anotherTab } = openKeyTab(keys);
    await settle(loader.load());
    await flush();
    const next = anotherTab();
    await settle(next.load());
    expect(next.status?.expiresAt).toBe(startOfTime + 10 * minuteMs);
    jumpClock(10 * minuteMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(keys).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['0', 0],
    ['negative', -600],
    ['NaN', Number.NaN],
    ['null', null],
    ['text that is no number', 'soon'],
  ])('says nothing if expiryInSeconds is %s', async (_, expiryInSeconds) => {
    const { loader } = openKeyTab(() => ({ apiKey, expiryInSeconds: expiryInSeconds as number }));
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + hourMs);
  });

  it('is over before the request, if the function hands out an old key: another is asked for', async () => {
    mockRandom(0);
    const keys = createKeys({ expiryInSeconds: 600 });
    const { loader, endpoint } = openKeyTab(keys);
    await settle(loader.load());
    jumpClock(5 * minuteMs);
    await settle(loader.load());
    await flush();
    expect(endpoint.requests.map(({ url }) => url.searchParams.get('apiKey'))).toEqual([keyNumber(1), keyNumber(2)]);
  });
});

describe('an expiresAt that an apiKey function names', () => {
  it.each([
    ['epoch seconds', startOfTime / 1000 + 600],
    ['a life in seconds', 600],
    ['0', 0],
    ['NaN', Number.NaN],
    ['a Date of nothing', new Date(Number.NaN)],
    ['a Date made of seconds', new Date(startOfTime / 1000)],
    ['text that is no date', 'tomorrow'],
    ['empty text', ''],
    ['true', true],
    ['a symbol', Symbol('x')],
    ['a bigint', 1n],
    ['an object that cannot be converted', { toString: 1, valueOf: 1 }],
  ])('as %s is an error that names the forms, without a request', async (_, expiresAt) => {
    const { loader, endpoint } = openKeyTab(() => ({ apiKey, expiresAt: expiresAt as number }));
    const error = (await failureOf(loader.load())) as Error;
    expect(error).toMatchObject({ code: 'source-failed' });
    expect(error.message).toMatch(/expiresAt is a Date, epoch milliseconds or ISO 8601 text/);
    expect(error.cause).toBeUndefined();
    expect(endpoint.requests).toEqual([]);
  });

  it.each([
    ['now', startOfTime],
    ['an hour ago', startOfTime - hourMs],
    ['an hour ago, as text', new Date(startOfTime - hourMs).toISOString()],
  ])('that is %s is an error that says so, without a request', async (_, expiresAt) => {
    const { loader, endpoint } = openKeyTab(() => ({ apiKey, expiresAt }));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'source-failed', message: 'apiKey returned a key that has expired.' });
    expect(endpoint.requests).toEqual([]);
  });
});

describe('the option expiresAt', () => {
  it('is the maxAge if that is not set', async () => {
    const { loader } = openKeyTab(() => apiKey, { expiresAt: startOfTime + dayMs });
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + dayMs);
  });

  it('ends everything, and then no function is called any more', async () => {
    const keys = createKeys();
    const { loader } = openKeyTab(keys, { expiresAt: startOfTime + minuteMs }, httpError(500), httpError(500), httpError(500));
    await failureOf(loader.load());
    jumpClock(minuteMs);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'invalid-api-key' });
    expect(keys).toHaveBeenCalledOnce();
  });
});
