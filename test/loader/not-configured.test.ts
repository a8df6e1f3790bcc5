import { describe, expect, it, vi } from 'vitest';
import { createIceServersLoader, keepFresh, loadRTCConfiguration, type IceServersOptions } from '../../src/index.js';
import { FakeConnection } from '../support/connection.js';
import { address, apiKey, createEndpoint } from '../support/endpoint.js';
import { errorsOf, keep, makeLoader } from '../support/loaders.js';
import { stubLocks } from '../support/locks.js';
import { stubPage } from '../support/page.js';
import { createStorage, stubLocalStorage } from '../support/storage.js';
import { advance, failureOf, flush, hourMs, settle } from '../support/world.js';

type Given = Partial<IceServersOptions>;

const anySource = 'appName and apiKey, or endpoint, or getServers';

/** What is merely not set, and what is then to be set. */
const forms: [what: string, options: Given, missing: string][] = [
  ['nothing at all', {}, anySource],
  ['every option undefined', { appName: undefined, apiKey: undefined, endpoint: undefined, getServers: undefined }, anySource],
  ['an empty app name', { appName: '', apiKey }, anySource],
  ['a blank app name', { appName: ' \n', apiKey }, anySource],
  ['an empty endpoint', { endpoint: '' }, anySource],
  ['a blank endpoint', { endpoint: ' ' }, anySource],
  ['a key alone', { apiKey }, anySource],
  ['a key function alone', { apiKey: () => apiKey }, anySource],
  ['an app name alone', { appName: 'demo' }, 'apiKey'],
  ['an app name and an undefined key', { appName: 'demo', apiKey: undefined }, 'apiKey'],
  ['an app name and an empty key', { appName: 'demo', apiKey: '' }, 'apiKey'],
  ['an app name and a blank key', { appName: 'demo', apiKey: ' ' }, 'apiKey'],
  ['an app name and quotes in place of a key', { appName: 'demo', apiKey: '""' }, 'apiKey'],
  ['an address at metered.live without a key', { endpoint: address }, 'apiKey'],
  ['an address at metered.live with an empty key', { endpoint: `${address}?apiKey=` }, 'apiKey'],
  ['a route of the app and an empty key', { endpoint: 'https://turn.example/ice', apiKey: '' }, 'apiKey'],
  ['a relative route and an empty key', { endpoint: '/api/turn', apiKey: '' }, 'apiKey'],
];

const fallback = [{ urls: 'stun:own.example' }];

/** A loader without a source; everything that it might touch is watched. */
function openUnconfigured(options: Given) {
  const [page, locks, items, storage, endpoint] = [stubPage(), stubLocks(), stubLocalStorage(), createStorage(), createEndpoint()];
  const loader = makeLoader({ storage, fetch: endpoint.fetch, ...options });
  const touched = (): unknown[] => [
    ...endpoint.requests,
    ...locks.requested,
    ...items,
    ...[storage.get, storage.set, storage.delete].flatMap(({ mock }) => mock.calls),
    ...page.listenedTypes,
    ...Array.from({ length: vi.getTimerCount() }, () => 'timer'),
  ];
  return { loader, touched };
}

describe.each(forms)('C-89: with %s', (_, options, missing) => {
  it('neither the factory nor loadRTCConfiguration nor keepFresh throws', () => {
    expect(() => createIceServersLoader(options)).not.toThrow();
    expect(() => void loadRTCConfiguration(options).catch(() => {})).not.toThrow();
    expect(() => keepFresh(new FakeConnection({}) as never, options)()).not.toThrow();
  });

  it('load rejects with not-configured, which says what to set, and touches nothing', async () => {
    const { loader, touched } = openUnconfigured(options);
    for (const cache of ['default', 'reload', 'no-store', 'only-if-cached', 'default'] as const) {
      const error = (await failureOf(loader.load({ cache }))) as Error;
      expect(error).toMatchObject({ name: 'IceServersError', code: 'not-configured', retryable: false });
      expect(error.message).toBe(`Not configured: set ${missing}.`);
      expect(error).not.toHaveProperty('retryAt', expect.anything());
    }
    await flush();
    expect(touched()).toEqual([]);
  });

  it('loadRTCConfiguration rejects with not-configured', async () => {
    expect(await failureOf(loadRTCConfiguration(options))).toMatchObject({ code: 'not-configured' });
  });

  it('load serves the fallback, with a status and an error event that say so, and touches nothing', async () => {
    const { loader, touched } = openUnconfigured({ ...options, fallback });
    const errors = errorsOf(loader);
    expect(await settle(loader.load())).toEqual({ iceServers: fallback });
    expect(loader.status).toMatchObject({ source: 'fallback', hasTurn: false, error: { code: 'not-configured' } });
    expect(errors).toMatchObject([{ code: 'not-configured' }]);
    await flush();
    expect(touched()).toEqual([]);
  });

  it('autoRefresh leaves no timer and no listener on the page', async () => {
    const { loader, touched } = openUnconfigured({ ...options, fallback, autoRefresh: true });
    await settle(loader.load());
    await flush();
    expect(touched()).toEqual([]);
  });

  it('keepFresh leaves no timer and no listener, and its stop may be called', async () => {
    const { loader, touched } = openUnconfigured(options);
    const connection = new FakeConnection({});
    const listen = vi.spyOn(connection, 'addEventListener');
    const stop = keep(connection, loader);
    await flush();
    expect(touched()).toEqual([]);
    expect(listen).not.toHaveBeenCalled();
    stop();
  });
});

describe('C-89: without a source', () => {
  it.each([
    ['undefined', undefined],
    ['empty text', ''],
    ['blank text', ' '],
  ])('loadRTCConfiguration(%s) rejects with not-configured', async (_, given) => {
    expect(await failureOf(loadRTCConfiguration(given as never))).toMatchObject({ code: 'not-configured' });
  });

  it('a reload rejects in spite of the fallback', async () => {
    expect(await failureOf(openUnconfigured({ fallback }).loader.load({ cache: 'reload' }))).toMatchObject({ code: 'not-configured' });
  });

  it('an empty fallback serves: an app may want to run without servers', async () => {
    const { loader } = openUnconfigured({ fallback: [] });
    expect(await settle(loader.load())).toEqual({ iceServers: [] });
  });

  it('the fallback is merged with rtcConfiguration as always', async () => {
    const { loader } = openUnconfigured({ fallback, rtcConfiguration: { iceTransportPolicy: 'relay', iceServers: [{ urls: 'stun:b' }] } });
    expect(await settle(loader.load())).toEqual({ iceTransportPolicy: 'relay', iceServers: [...fallback, { urls: 'stun:b' }] });
  });

  it('each fallback fires an error event: a missing setting is never silent', async () => {
    const { loader } = openUnconfigured({ fallback });
    const errors = errorsOf(loader);
    await settle(loader.load());
    await settle(loader.load());
    expect(errors).toHaveLength(2);
  });

  it('peek, status, invalidate and dispose work', async () => {
    const { loader, touched } = openUnconfigured({});
    expect([loader.peek(), loader.status]).toEqual([undefined, undefined]);
    await settle(loader.invalidate());
    loader.dispose();
    expect(await failureOf(loader.load())).toMatchObject({ name: 'AbortError' });
    expect(touched()).toEqual([]);
  });

  it('an aborted caller gets the reason of its signal', async () => {
    const reason = new Error('left');
    expect(await failureOf(openUnconfigured({ fallback }).loader.load({ signal: AbortSignal.abort(reason) }))).toBe(reason);
  });

  it('a wrong option is still a TypeError', () => {
    expect(() => createIceServersLoader({ maxAge: -1 })).toThrow(TypeError);
  });

  it('keepFresh with options waits for hours without a timer, as nothing can come', async () => {
    const connection = new FakeConnection({});
    keep(connection, { appName: 'demo' });
    await advance(hourMs);
    expect(connection.applied).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
