import { describe, expect, it, vi } from 'vitest';
import { loadRTCConfiguration, type IceServersOptions } from '../../src/index.js';
import type { AllOptions } from '../../src/types.js';
import { address, apiKey, createEndpoint, delayed, good, meteredBody, otherApiKey } from '../support/endpoint.js';
import { makeLoader, userOf } from '../support/loaders.js';
import { createStorage } from '../support/storage.js';
import { failureOf, secondMs, settle } from '../support/world.js';

const many = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)));

describe('loadRTCConfiguration', () => {
  const options = (fetch: AllOptions['fetch'], more: AllOptions = {}) =>
    ({
      appName: 'demo',
      apiKey,
      fetch,
      storage: 'memory',
      ...more,
    }) as IceServersOptions;

  it('shares one loader among calls with equal options', async () => {
    const { fetch, requests } = createEndpoint(delayed(secondMs));
    const all = await settle(many(50, () => loadRTCConfiguration(options(fetch))));
    await settle(loadRTCConfiguration(options(fetch)));
    expect(new Set(all.map(userOf))).toEqual(new Set(['user-1']));
    expect(requests).toHaveLength(1);
  });

  it('shares it among all forms of the same options', async () => {
    const { fetch, requests } = createEndpoint();
    vi.stubGlobal('fetch', fetch);
    const key = otherApiKey;
    const spellings: (IceServersOptions | string | URL)[] = [
      { appName: 'demo', apiKey: key },
      { appName: 'https://demo.metered.live', apiKey: ` "${key}" ` },
      { endpoint: address, apiKey: key, region: undefined },
      `${address}?apiKey=${key}`,
      new URL(`${address}?apiKey=${key}`),
    ];
    for (const spelling of spellings) expect(userOf(await settle(loadRTCConfiguration(spelling)))).toBe('user-1');
    expect(requests).toHaveLength(1);
  });

  it('shares it whatever the order of the properties in rtcConfiguration', async () => {
    const { fetch, requests } = createEndpoint();
    const [one, two] = [{ bundlePolicy: 'max-bundle' }, { iceTransportPolicy: 'relay' }] as const;
    await settle(loadRTCConfiguration(options(fetch, { rtcConfiguration: { ...one, ...two } })));
    await settle(loadRTCConfiguration(options(fetch, { rtcConfiguration: { ...two, ...one } })));
    expect(requests).toHaveLength(1);
  });

  it('accepts a storage that refers to itself', async () => {
    const { fetch, requests } = createEndpoint();
    const storage = Object.assign(createStorage(), { self: {} });
    storage.self = storage;
    await settle(loadRTCConfiguration(options(fetch, { storage })));
    await settle(loadRTCConfiguration(options(fetch, { storage })));
    expect(requests).toHaveLength(1);
  });

  it('returns a new copy each time', async () => {
    const { fetch } = createEndpoint();
    const first = await settle(loadRTCConfiguration(options(fetch)));
    first.iceServers.length = 0;
    expect(await settle(loadRTCConfiguration(options(fetch)))).toEqual({ iceServers: meteredBody() });
  });

  it.each([
    ['key', { apiKey: otherApiKey }],
    ['region', { region: 'eu' }],
    ['app', { appName: 'other' }],
    ['rtcConfiguration', { rtcConfiguration: { iceTransportPolicy: 'relay' as const } }],
    ['fallback', { fallback: [{ urls: 'stun:stun.example.com' }] }],
    ['maxAge', { maxAge: 60 }],
  ])('does not share it with options that have another %s', async (_, more) => {
    const { fetch, requests } = createEndpoint();
    await settle(loadRTCConfiguration(options(fetch)));
    await settle(loadRTCConfiguration(options(fetch, more)));
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['storages', () => ({ storage: createStorage() })],
    ['certificates', () => ({ rtcConfiguration: { certificates: [Object.create({ expires: 1 }) as RTCCertificate] } })],
  ])('does not confuse two different %s that look alike', async (_, make) => {
    const { fetch, requests } = createEndpoint();
    await settle(loadRTCConfiguration(options(fetch, make())));
    await settle(loadRTCConfiguration(options(fetch, make())));
    expect(requests).toHaveLength(2);
  });

  it('does not confuse two different fetch functions that look alike', async () => {
    const [one, two] = [createEndpoint(), createEndpoint()];
    await settle(loadRTCConfiguration(options(one.fetch)));
    await settle(loadRTCConfiguration(options(two.fetch)));
    expect([one.requests.length, two.requests.length]).toEqual([1, 1]);
  });

  it('passes the options of load on to the loader', async () => {
    const { fetch, requests } = createEndpoint();
    expect(await failureOf(loadRTCConfiguration(options(fetch), { cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
    await settle(loadRTCConfiguration(options(fetch)));
    expect(userOf(await settle(loadRTCConfiguration(options(fetch), { cache: 'reload' })))).toBe('user-2');
    expect(requests).toHaveLength(2);
  });

  it('keeps a limited number of loaders if an app creates its options each time', async () => {
    for (let i = 0; i < 200; i++) {
      const { fetch } = createEndpoint(good);
      await settle(loadRTCConfiguration(options(fetch)));
    }
    const { fetch, requests } = createEndpoint();
    await settle(many(5, () => loadRTCConfiguration(options(fetch))));
    expect(requests).toHaveLength(1);
  });

  it('does not share a loader of createIceServersLoader, which the app may dispose of', async () => {
    const { fetch } = createEndpoint();
    const own = makeLoader(options(fetch));
    await settle(own.load());
    own.dispose();
    expect(userOf(await settle(loadRTCConfiguration(options(fetch))))).toBe('user-2');
  });

  it('still shares loaders when there are many', async () => {
    const endpoint = createEndpoint();
    const load = (app: number): Promise<RTCConfiguration> =>
      loadRTCConfiguration({ appName: `app-${app}`, apiKey, storage: 'memory', fetch: endpoint.fetch });
    for (let round = 0; round < 3; round++) for (let app = 0; app < 50; app++) await settle(load(app));
    expect(endpoint.requests).toHaveLength(50);
  });

  it('drops the loader that was unused for longest', async () => {
    const endpoint = createEndpoint();
    endpoint.always(async (_, count) => Response.json([{ urls: 'turn:a', username: `user-${count}`, credential: 'c' }]));
    const load = (app: number): Promise<RTCConfiguration> =>
      loadRTCConfiguration({ appName: `many-${app}`, apiKey, storage: 'memory', fetch: endpoint.fetch });
    for (let app = 0; app < 50; app++) await settle(load(app));
    await settle(load(0));
    await settle(load(50));
    expect(userOf(await settle(load(0)))).toBe('user-1');
    expect(userOf(await settle(load(1)))).toBe('user-52');
  });
});
