import { describe, expect, it, vi } from 'vitest';
import type { ApiKeyFunction } from '../../src/index.js';
import { apiKey, delayed, good, httpError, unreachable } from '../support/endpoint.js';
import { errorsOf, mockRandom, openTab, userOf } from '../support/loaders.js';
import { createHangingSource, createKeys, keyNumber, openKeyTab } from '../support/sources.js';
import { createStorage } from '../support/storage.js';
import { failureOf, flush, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, settle } from '../support/world.js';

const keysOf = (tab: ReturnType<typeof openTab>): (string | null)[] =>
  tab.endpoint.requests.map(({ url }) => url.searchParams.get('apiKey'));

describe('an apiKey function', () => {
  const forms: [form: string, source: ApiKeyFunction][] = [
    ['a key', () => apiKey],
    ['a promise of a key', async () => apiKey],
    ['a key in quotes and blanks', () => ` "${apiKey}"\n`],
    ['an object', () => ({ apiKey })],
    ['a promise of an object', async () => ({ apiKey })],
    ['an object without a known life', () => ({ apiKey, expiryInSeconds: undefined, expiresAt: null })],
    [
      'the whole answer of Create Credential',
      async () => ({ apiKey, username: 'u', password: 'p', label: 'user 7', expired: false, expiryInSeconds: 600 }),
    ],
  ];

  it.each(forms)('may return %s', async (_, source) => {
    const tab = openKeyTab(source);
    expect(userOf(await settle(tab.loader.load()))).toBe('user-1');
    expect(keysOf(tab)).toEqual([apiKey]);
  });

  it('is not called before the first load', async () => {
    const keys = createKeys();
    openKeyTab(keys);
    await flush();
    expect(keys).not.toHaveBeenCalled();
  });

  it('gets a signal that is not aborted, and nothing else', async () => {
    const states: boolean[] = [];
    const source = vi.fn(({ signal }: { readonly signal: AbortSignal }) => {
      states.push(signal.aborted);
      return apiKey;
    });
    await settle(openKeyTab(source).loader.load());
    expect(source.mock.calls.map(([context]) => Object.keys(context))).toEqual([['signal']]);
    expect(states).toEqual([false]);
  });

  it('is called for each request, and its newest key is sent', async () => {
    const tab = openKeyTab(createKeys());
    await settle(tab.loader.load());
    await settle(tab.loader.load({ cache: 'reload' }));
    expect(keysOf(tab)).toEqual([keyNumber(1), keyNumber(2)]);
  });

  it('is called once for a load, not for each retry', async () => {
    const keys = createKeys();
    const tab = openKeyTab(keys, {}, httpError(500), unreachable);
    expect(userOf(await settle(tab.loader.load()))).toBe('user-3');
    expect(keys).toHaveBeenCalledOnce();
    expect(keysOf(tab)).toEqual([keyNumber(1), keyNumber(1), keyNumber(1)]);
  });

  it('is called once for callers who share a request', async () => {
    const keys = createKeys();
    const { loader } = openKeyTab(keys, {}, delayed(secondMs));
    await settle(Promise.all(Array.from({ length: 20 }, () => loader.load())));
    expect(keys).toHaveBeenCalledOnce();
  });

  it('is not called for a hit, in memory or in storage', async () => {
    const keys = createKeys();
    const { loader, anotherTab } = openKeyTab(keys);
    await settle(loader.load());
    await flush();
    await settle(loader.load());
    await settle(anotherTab().load());
    expect(keys).toHaveBeenCalledOnce();
  });

  it('finds what another function of the same source has stored: the key is no part of the entry', async () => {
    const { loader, endpoint, anotherTab } = openKeyTab(() => apiKey);
    await settle(loader.load());
    await flush();
    expect(userOf(await settle(anotherTab({ apiKey: createKeys() }).load()))).toBe('user-1');
    expect(userOf(await settle(anotherTab({ apiKey: createKeys(), region: 'eu' }).load()))).toBe('user-2');
    expect(userOf(await settle(anotherTab({ apiKey: createKeys(), appName: 'other' }).load()))).toBe('user-3');
    expect(endpoint.requests).toHaveLength(3);
  });

  it('is asked for another key after a 401, at the end of the cool-down and not before', async () => {
    const keys = createKeys();
    const tab = openKeyTab(keys, {}, httpError(401));
    expect(await failureOf(tab.loader.load())).toMatchObject({ code: 'invalid-api-key' });
    jumpClock(5 * minuteMs - 1);
    await failureOf(tab.loader.load());
    expect(keys).toHaveBeenCalledOnce();
    jumpClock(1);
    await settle(tab.loader.load());
    expect(keysOf(tab)).toEqual([keyNumber(1), keyNumber(2)]);
  });

  it('works with an endpoint of the app', async () => {
    const tab = openKeyTab(createKeys(), { appName: undefined, endpoint: 'https://turn.example/ice?tenant=7' });
    await settle(tab.loader.load());
    expect(tab.endpoint.requests[0]!.url.href).toBe(`https://turn.example/ice?tenant=7&apiKey=${keyNumber(1)}`);
  });
});

describe('an apiKey function that hangs', () => {
  it('rejects with timeout after timeout, and its signal is aborted', async () => {
    const { signals, source } = createHangingSource();
    const { loader, endpoint } = openKeyTab(source, { timeout: 3000 });
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'timeout' });
    expect(ms).toBe(3000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(endpoint.requests).toEqual([]);
  });

  it('and the request share one timeout', async () => {
    const source = async (): Promise<string> => {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      return apiKey;
    };
    const { loader, endpoint } = openKeyTab(source, { timeout: 3000 }, delayed(2000));
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'timeout' });
    expect(ms).toBe(3000);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('gets an abort when the last caller has left', async () => {
    const { signals, source } = createHangingSource();
    const { loader } = openKeyTab(source);
    const controller = new AbortController();
    const leaving = loader.load({ signal: controller.signal });
    leaving.catch(() => {});
    await flush();
    controller.abort();
    await failureOf(leaving);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('gets an abort from dispose', async () => {
    const { signals, source } = createHangingSource();
    const { loader } = openKeyTab(source);
    const waiting = loader.load();
    waiting.catch(() => {});
    await flush();
    loader.dispose();
    expect(await failureOf(waiting)).toMatchObject({ name: 'AbortError' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('sends nothing if it answers after the last caller has left', async () => {
    let answer: ((key: string) => void) | undefined;
    const { loader, endpoint } = openKeyTab(() => new Promise((resolve) => (answer = resolve)));
    const controller = new AbortController();
    const leaving = loader.load({ signal: controller.signal });
    leaving.catch(() => {});
    await flush();
    controller.abort();
    await failureOf(leaving);
    answer?.(apiKey);
    await flush();
    expect(endpoint.requests).toEqual([]);
  });
});

describe('an apiKey function that returns a key of another kind', () => {
  it.each([
    ['a Secret Key', '0123456789abcdef'.repeat(3), /Secret Key/],
    ['sk_live_…', 'sk_live_1234', /rotate/],
    ['pk_live_…', 'pk_live_1234', /Realtime key/],
    ['pk_…', 'pk_1234', /project key/],
    ['a whole address', 'https://demo.metered.live/api', /set that as endpoint/],
  ])('(%s) rejects with secret-key, without a request and without a cool-down', async (_, key, sentence) => {
    const source = vi.fn(() => ({ apiKey: key, expiresAt: 1 }));
    const { loader, endpoint } = openKeyTab(source);
    const error = (await failureOf(loader.load())) as Error;
    expect(error).toMatchObject({ code: 'secret-key', retryable: false, retryAt: undefined });
    expect(error.message).toMatch(sentence);
    expect(`${error.message}${error.stack}`).not.toContain(key);
    await failureOf(loader.load());
    expect(source).toHaveBeenCalledTimes(2);
    expect(endpoint.requests).toEqual([]);
  });

  it('does not lose what is stored, which the next page still serves', async () => {
    mockRandom(0);
    const storage = createStorage();
    let key: string = apiKey;
    const { loader, endpoint, anotherTab } = openKeyTab(() => key, { storage });
    const errors = errorsOf(loader);
    await settle(loader.load());
    await flush();
    const stored = structuredClone([...storage.items]);
    key = 'sk_live_1234';
    jumpClock(0.6 * hourMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await flush();
    expect(errors).toMatchObject([{ code: 'secret-key' }]);
    expect([...storage.items]).toEqual(stored);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('an inline apiKey function, made anew for each tab', () => {
  it('makes no request while a stored answer is fresh', async () => {
    const { endpoint, anotherTab } = openTab({}, good);
    for (let count = 0; count < 5; count++) {
      expect(userOf(await settle(anotherTab({ apiKey: async () => apiKey }).load()))).toBe('user-1');
      await flush();
    }
    expect(endpoint.requests).toHaveLength(1);
  });
});
