import { describe, expect, it, vi } from 'vitest';
import { IceServersError, type ApiKeyFunction, type IceServersLoader } from '../../src/index.js';
import { apiKey, meteredBody } from '../support/endpoint.js';
import { errorsOf, mockRandom, openTab, userOf } from '../support/loaders.js';
import { openKeyTab, openServersTab } from '../support/sources.js';
import { createStorage } from '../support/storage.js';
import { failureOf, flush, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, settle, startOfTime } from '../support/world.js';

const cause = new Error('the route is down');

/** Each kind of function, in a tab with it; it does what `act` does. */
const kinds: [kind: string, open: (act: () => never | Promise<never>) => ReturnType<typeof openTab>][] = [
  ['an apiKey function', (act) => openKeyTab(act)],
  ['getServers', (act) => openServersTab(act)],
];

function throwCause(): never {
  throw cause;
}

describe.each(kinds)('%s', (_, open) => {
  it.each([
    ['throws', throwCause],
    ['rejects', async () => throwCause()],
  ])('that %s makes load reject with source-failed at once, with what was thrown as cause', async (__, act) => {
    const { loader, endpoint } = open(act);
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toBeInstanceOf(IceServersError);
    expect(error).toMatchObject({ code: 'source-failed', retryable: true, status: undefined });
    expect((error as Error).cause).toBe(cause);
    expect(ms).toBe(0);
    expect(endpoint.requests).toEqual([]);
  });

  it('that throws no Error has that as cause, unchanged', async () => {
    const { loader } = open(async () => Promise.reject('a string'));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'source-failed', cause: 'a string' });
  });

  it('that rejects with an IceServersError of a loader of its own has that as cause', async () => {
    const inner = new IceServersError('rate-limited', { status: 429, retryAt: startOfTime + hourMs });
    const { loader } = open(async () => Promise.reject(inner));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'source-failed', cause: inner });
  });

  it('is called once for a load, and not again inside a cool-down of two seconds that doubles', async () => {
    mockRandom(0);
    const source = vi.fn(throwCause);
    const { loader } = open(source);
    const until = [2, 6, 14].map((seconds) => startOfTime + seconds * secondMs);
    for (const [index, retryAt] of until.entries()) {
      expect(await failureOf(loader.load())).toMatchObject({ code: 'source-failed', retryAt });
      jumpClock(retryAt - 1 - Date.now());
      expect(await failureOf(loader.load())).toMatchObject({ code: 'source-failed', retryAt });
      expect(source).toHaveBeenCalledTimes(index + 1);
      jumpClock(1);
    }
  });

  it('keeps its cause for callers during the cool-down', async () => {
    const { loader } = open(throwCause);
    await failureOf(loader.load());
    expect(((await failureOf(loader.load())) as Error).cause).toBe(cause);
    expect(loader.status).toBeUndefined();
  });

  it('is called inside the cool-down for reload', async () => {
    const source = vi.fn(throwCause);
    const { loader } = open(source);
    await failureOf(loader.load());
    await failureOf(loader.load({ cache: 'reload' }));
    expect(source).toHaveBeenCalledTimes(2);
  });

  it('that throws because its signal was aborted gives the caller the reason of the abort, and starts no cool-down', async () => {
    const source = vi.fn();
    source.mockImplementation(
      ({ signal }: { readonly signal: AbortSignal }) =>
        new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    const { loader } = open(source as never);
    const controller = new AbortController();
    const leaving = loader.load({ signal: controller.signal });
    leaving.catch(() => {});
    await flush();
    const reason = new Error('left');
    controller.abort(reason);
    expect(await failureOf(leaving)).toBe(reason);
    source.mockImplementation(throwCause);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'source-failed' });
    expect(source).toHaveBeenCalledTimes(2);
  });
});

describe('source-failed', () => {
  const serves = async (loader: IceServersLoader, fail: () => void): Promise<void> => {
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await flush();
    fail();
    jumpClock(2 * hourMs);
  };

  it('lets a stale answer serve, with an error event and its cause', async () => {
    let key = (): string => apiKey;
    const { loader } = openKeyTab(() => key());
    const errors = errorsOf(loader);
    await serves(loader, () => (key = throwCause));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(loader.status).toMatchObject({ source: 'stale', error: { code: 'source-failed', cause } });
    expect(errors.map((error) => error.cause)).toEqual([cause]);
  });

  it('lets the fallback serve', async () => {
    const fallback = [{ urls: 'stun:own.example' }];
    const { loader } = openKeyTab(throwCause, { fallback });
    expect(await settle(loader.load())).toEqual({ iceServers: fallback });
    expect(loader.status).toMatchObject({ source: 'fallback', hasTurn: false, error: { code: 'source-failed' } });
  });

  it('is remembered over a page reload, without its cause', async () => {
    const source = vi.fn(throwCause);
    const { loader, anotherTab } = openKeyTab(source);
    const { retryAt } = (await failureOf(loader.load())) as IceServersError;
    await flush();
    const error = (await failureOf(anotherTab().load())) as Error;
    expect(error).toMatchObject({ code: 'source-failed', retryAt });
    expect(error.cause).toBeUndefined();
    expect(source).toHaveBeenCalledOnce();
  });

  it('of an early refresh is an error event, and the function rests', async () => {
    mockRandom(0);
    let key = (): string => apiKey;
    const source = vi.fn(() => key());
    const { loader } = openKeyTab(source);
    const errors = errorsOf(loader);
    await settle(loader.load());
    key = throwCause;
    jumpClock(0.6 * hourMs);
    await settle(loader.load());
    await flush();
    await settle(loader.load());
    await flush();
    expect(errors).toMatchObject([{ code: 'source-failed', cause }]);
    expect(source).toHaveBeenCalledTimes(2);
  });
});

describe('an apiKey function that returns no key', () => {
  const nothing: [what: string, returned: unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['empty text', ''],
    ['two quotes', '""'],
    ['blanks', ' \n'],
    ['a number', 7],
    ['an empty object', {}],
    ['an object whose key is empty', { apiKey: '' }],
    ['an object whose key is no text', { apiKey: 7 }],
    ['an error body', { error: 'no session' }],
    ['a Response that nobody has read', new Response('{}')],
  ];

  it.each(nothing)('(%s) rejects with source-failed, which says what to return, and has no cause', async (_, returned) => {
    const source = vi.fn(() => returned);
    const { loader, endpoint } = openKeyTab(source as unknown as ApiKeyFunction);
    const error = (await failureOf(loader.load())) as Error;
    expect(error).toMatchObject({ code: 'source-failed' });
    expect(error.message).toBe('apiKey must return a key, or { apiKey, expiryInSeconds?, expiresAt? }.');
    expect(error.cause).toBeUndefined();
    await failureOf(loader.load());
    expect(source).toHaveBeenCalledOnce();
    expect(endpoint.requests).toEqual([]);
  });

  it('but an object whose getter throws rejects with source-failed, and has that as cause', async () => {
    const hostile = Object.defineProperty({}, 'apiKey', { get: throwCause }) as { apiKey: string };
    expect(await failureOf(openKeyTab(() => hostile).loader.load())).toMatchObject({ code: 'source-failed', cause });
  });
});

describe('getServers that returns an object whose getter throws', () => {
  it('rejects with source-failed, and has that as cause', async () => {
    const hostile = Object.defineProperty({}, 'iceServers', { get: throwCause });
    expect(await failureOf(openServersTab(() => hostile).loader.load())).toMatchObject({ code: 'source-failed', cause });
  });

  it('does not keep a later load from its servers', async () => {
    let body: unknown = Object.defineProperty({}, 'iceServers', { get: throwCause });
    const { loader } = openServersTab(() => body, { storage: createStorage() });
    await failureOf(loader.load());
    body = meteredBody();
    jumpClock(minuteMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });
});
