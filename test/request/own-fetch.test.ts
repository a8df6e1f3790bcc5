import { describe, expect, it } from 'vitest';
import type { IceServersOptions } from '../../src/index.js';
import { meteredBody } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import { failureOf, settle } from '../support/world.js';

type Fetch = NonNullable<IceServersOptions['fetch']>;

describe('C-79: a fetch of the app that throws', () => {
  const throwing: [what: string, fetch: () => never | Promise<never>][] = [
    [
      'a TypeError of its own',
      async () => Promise.reject(new TypeError("the 'cache' field on 'RequestInitializerDict' is not implemented.")),
    ],
    ['the TypeError of a network failure', async () => Promise.reject(new TypeError('Failed to fetch'))],
    ['text', async () => Promise.reject('no session')],
    [
      'at once',
      () => {
        throw new TypeError('not a function');
      },
    ],
  ];

  it.each(throwing)(
    '(%s) rejects with network, which says that it was this function, and not that the device is offline',
    async (_, fetch) => {
      const error = (await failureOf(openTab({ fetch }).loader.load())) as Error;
      expect(error).toMatchObject({ code: 'network', retryable: true });
      expect(error.message).toBe('The function in the fetch option failed. Check it.');
      expect(error.cause).toBeUndefined();
    },
  );

  it('says the same during the cool-down', async () => {
    const { loader } = openTab({ fetch: async () => Promise.reject(new TypeError('Failed to fetch')) });
    await failureOf(loader.load());
    expect(((await failureOf(loader.load())) as Error).message).toBe('The function in the fetch option failed. Check it.');
  });
});

describe('C-75: a mock of fetch', () => {
  it('may return an object with ok and json only', async () => {
    const mock = { ok: true, json: async () => meteredBody() };
    expect(userOf(await settle(openTab({ fetch: (async () => mock) as unknown as Fetch }).loader.load()))).toBe('user-1');
  });
});

describe('C-79: a fetch of the app that returns no Response', () => {
  it.each<[what: string, value: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', JSON.stringify(meteredBody())],
    ['the parsed body', meteredBody()],
    ['a plain object of a polyfill', { ok: true, status: 200, data: meteredBody(), headers: { 'content-type': 'application/json' } }],
    ['an object with headers alone', { ok: true, status: 200, headers: new Headers() }],
    ['a refusal without headers', { ok: false, status: 401, json: async () => meteredBody() }],
    ['a refusal whose headers are null', { ok: false, status: 401, headers: null, json: async () => meteredBody() }],
  ])('(%s) rejects with a TypeError that says so', async (_, value) => {
    const error = await failureOf(openTab({ fetch: (async () => value) as Fetch }).loader.load());
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe('ice-servers-loader: the function in the fetch option must return a Response.');
  });

  it('but something that is like one will do', async () => {
    const like = { ok: true, status: 200, headers: { get: () => null }, json: async () => meteredBody() };
    expect(userOf(await settle(openTab({ fetch: (async () => like) as unknown as Fetch }).loader.load()))).toBe('user-1');
  });
});
