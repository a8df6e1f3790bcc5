import { describe, expect, it, vi } from 'vitest';
import { loadRTCConfiguration, type IceServersOptions } from '../../src/index.js';
import type { AllOptions } from '../../src/types.js';
import { FakeConnection } from '../support/connection.js';
import { address, apiKey, createEndpoint, type Endpoint } from '../support/endpoint.js';
import { keep, openTab, userOf } from '../support/loaders.js';
import { stubPage } from '../support/page.js';
import { advance, flush, hourMs, settle } from '../support/world.js';

/** Options that no other test has, since each endpoint is another one. */
function optionsFor({ fetch }: Endpoint, more: AllOptions = {}): IceServersOptions {
  return { appName: 'demo', apiKey, storage: 'memory', fetch, ...more } as IceServersOptions;
}

/** A connection with the servers that `loadRTCConfiguration` returns for the same source, and kept. */
async function connectTo(source: IceServersOptions | string | URL): Promise<FakeConnection> {
  const connection = new FakeConnection(await settle(loadRTCConfiguration(source)));
  keep(connection, source);
  return connection;
}

describe('keepFresh with options', () => {
  it('uses the loader of loadRTCConfiguration, which sees what a 401 has brought', async () => {
    const endpoint = createEndpoint();
    const connection = await connectTo(optionsFor(endpoint));
    connection.fireCandidateError();
    await flush();
    expect(userOf(await settle(loadRTCConfiguration(optionsFor(endpoint))))).toBe('user-2');
    expect(userOf(connection.getConfiguration())).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('gives the connection what loadRTCConfiguration has loaded since', async () => {
    const endpoint = createEndpoint();
    const connection = await connectTo(optionsFor(endpoint));
    await settle(loadRTCConfiguration(optionsFor(endpoint), { cache: 'reload' }));
    expect(userOf(connection.getConfiguration())).toBe('user-2');
  });

  it('refreshes ahead of the expiry, although loadRTCConfiguration alone does not', async () => {
    const endpoint = createEndpoint();
    await settle(loadRTCConfiguration(optionsFor(endpoint)));
    await advance(hourMs);
    expect(endpoint.requests).toHaveLength(1);
    await connectTo(optionsFor(endpoint));
    await advance(hourMs);
    expect(endpoint.requests.length).toBeGreaterThan(2);
  });

  it('loads by itself if loadRTCConfiguration was not called', async () => {
    const endpoint = createEndpoint();
    const connection = new FakeConnection({});
    keep(connection, optionsFor(endpoint));
    await advance(2000);
    expect(userOf(connection.getConfiguration())).toBe('user-1');
  });

  it('does not use the loader of other options', async () => {
    const endpoint = createEndpoint();
    const connection = await connectTo(optionsFor(endpoint));
    await settle(loadRTCConfiguration(optionsFor(endpoint, { region: 'europe' })));
    expect(userOf(connection.getConfiguration())).toBe('user-1');
    expect(endpoint.requests).toHaveLength(2);
  });
});

describe('keepFresh with an address', () => {
  const addressOf = (name: string): string => `${address.replace('demo', name)}?apiKey=${apiKey}`;

  it.each<[form: string, source: string | URL]>([
    ['as text', addressOf('text')],
    ['as a URL', new URL(addressOf('url'))],
  ])('%s uses the loader of loadRTCConfiguration with the same address', async (_, source) => {
    const endpoint = createEndpoint();
    vi.stubGlobal('fetch', endpoint.fetch);
    vi.stubGlobal('indexedDB', undefined);
    const connection = await connectTo(source);
    connection.fireCandidateError();
    await flush();
    expect(userOf(await settle(loadRTCConfiguration(String(source))))).toBe('user-2');
    expect(endpoint.requests.map(({ url }) => url.href)).toEqual([String(source), String(source)]);
  });
});

describe('two calls of keepFresh with equal options', () => {
  it('for two connections make one request after both got a 401', async () => {
    const endpoint = createEndpoint();
    const connections = [await connectTo(optionsFor(endpoint)), await connectTo(optionsFor(endpoint))];
    for (const connection of connections) connection.fireCandidateError();
    await flush();
    expect(endpoint.requests).toHaveLength(2);
    expect(connections.map((connection) => userOf(connection.getConfiguration()))).toEqual(['user-2', 'user-2']);
  });

  it('for two connections restart one after the other', async () => {
    const endpoint = createEndpoint();
    const [first, second] = [await connectTo(optionsFor(endpoint)), await connectTo(optionsFor(endpoint))];
    await settle(loadRTCConfiguration(optionsFor(endpoint), { cache: 'reload' }));
    await flush();
    expect([first.restarts, second.restarts]).toEqual([1, 0]);
    first.negotiate('again');
    await flush();
    expect([first.restarts, second.restarts]).toEqual([1, 1]);
  });

  it('for one connection are one: the first stop ends both', async () => {
    const endpoint = createEndpoint();
    const connection = await connectTo(optionsFor(endpoint));
    const stop = keep(connection, optionsFor(endpoint));
    stop();
    await settle(loadRTCConfiguration(optionsFor(endpoint), { cache: 'reload' }));
    await flush();
    expect(connection.applied).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a loader that was disposed of', () => {
  it('keeps nothing: no timer, no listener, no request', async () => {
    const page = stubPage();
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connection = new FakeConnection(await settle(loader.load()));
    const listen = vi.spyOn(connection, 'addEventListener');
    loader.dispose();
    keep(connection, loader);
    await advance(hourMs);
    expect(listen).not.toHaveBeenCalled();
    expect({ timers: vi.getTimerCount(), listenedTypes: page.listenedTypes }).toEqual({ timers: 0, listenedTypes: [] });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('returns a function all the same, which does nothing', async () => {
    const { loader } = openTab({ storage: 'memory' });
    loader.dispose();
    expect(keep(new FakeConnection({}), loader)).not.toThrow();
  });
});
