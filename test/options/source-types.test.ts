import { expect, expectTypeOf, it } from 'vitest';
import type { IceServersOptions } from '../../src/index.js';

const apiKey = '0123456789abcdef0123456789abcdef0123';

it('the types accept each of the three sources', () => {
  const sources: IceServersOptions[] = [
    { appName: 'demo', apiKey },
    { appName: 'demo', apiKey: async () => ({ apiKey, expiryInSeconds: 3600 }) },
    { endpoint: '/api/turn' },
    { endpoint: new URL('https://turn.example.com/'), apiKey },
    { getServers: async ({ signal }) => (await fetch('/api/turn', { signal })).json() as Promise<unknown>, cacheKey: 'ada' },
  ];
  expect(sources).toHaveLength(5);
});

it('the types accept a variable of the environment that may be missing', () => {
  const name: string | undefined = process.env['NO_SUCH_VARIABLE'];
  expectTypeOf({ appName: name, apiKey: name }).toExtend<IceServersOptions>();
});

it('the types accept options that are spread and changed', () => {
  const options: IceServersOptions = { appName: 'demo', apiKey };
  expectTypeOf({ ...options, region: 'europe' }).toExtend<IceServersOptions>();
});

it('the types refuse two sources at once, and a key beside getServers', () => {
  expectTypeOf<{ appName: string; endpoint: string }>().not.toExtend<IceServersOptions>();
  expectTypeOf<{ endpoint: string; getServers: () => unknown }>().not.toExtend<IceServersOptions>();
  expectTypeOf<{ apiKey: string; getServers: () => unknown }>().not.toExtend<IceServersOptions>();
});
