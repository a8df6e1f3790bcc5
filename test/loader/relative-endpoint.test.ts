import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createIceServersLoader, loadRTCConfiguration, type IceServersOptions } from '../../src/index.js';
import { FakeConnection } from '../support/connection.js';
import { apiKey, createEndpoint, delayed, httpError } from '../support/endpoint.js';
import { keep, makeLoader, openTab, userOf } from '../support/loaders.js';
import { openServersTab } from '../support/sources.js';
import { advance, failureOf, flush, minuteMs, secondMs, settle } from '../support/world.js';

/** The page, or its `<base>`, has this address from now on. */
function moveTo(baseURI: string): void {
  vi.stubGlobal('document', { baseURI });
}

const openRoute = (endpoint: string, options: Partial<IceServersOptions> = {}) =>
  openTab({ appName: undefined, apiKey: undefined, endpoint, ...options });

const addressesOf = (tab: ReturnType<typeof openTab>): string[] => tab.endpoint.requests.map(({ url }) => url.href);

describe('C-82: a relative endpoint', () => {
  beforeEach(() => moveTo('https://app.example/calls/room?id=7#top'));

  it.each([
    ['/api/turn', 'https://app.example/api/turn'],
    ['./turn', 'https://app.example/calls/turn'],
    ['../turn', 'https://app.example/turn'],
    ['?turn', 'https://app.example/calls/room?turn'],
    ['/', 'https://app.example/'],
    ['//other.example/turn', 'https://other.example/turn'],
    [' /api/turn\n', 'https://app.example/api/turn'],
    ['/api/turn?tenant=7#x', 'https://app.example/api/turn?tenant=7'],
  ])('%j is resolved against the page', async (endpoint, address) => {
    const tab = openRoute(endpoint);
    expect(userOf(await settle(tab.loader.load()))).toBe('user-1');
    expect(addressesOf(tab)).toEqual([address]);
  });

  it('may be given in place of the options', async () => {
    const { fetch, requests } = createEndpoint();
    vi.stubGlobal('fetch', fetch);
    vi.stubGlobal('indexedDB', undefined);
    await settle(loadRTCConfiguration('/api/own-turn'));
    await settle(makeLoader('/api/own-turn').load());
    expect(requests.map(({ url }) => url.href)).toEqual(['https://app.example/api/own-turn', 'https://app.example/api/own-turn']);
  });

  it('gets key and region like any other', async () => {
    const tab = openRoute('/api/turn?tenant=7', { apiKey, region: 'eu' });
    await settle(tab.loader.load());
    expect(addressesOf(tab)).toEqual([`https://app.example/api/turn?tenant=7&apiKey=${apiKey}&region=eu`]);
  });

  it('is the only one that looks at the page, so that a loader touches nothing of it on a server', async () => {
    const baseURI = vi.fn(() => 'https://app.example/');
    vi.stubGlobal('document', Object.defineProperty({}, 'baseURI', { get: baseURI }));
    const tab = openRoute('https://app.example/turn');
    tab.loader.peek();
    await settle(tab.loader.load());
    expect(baseURI).not.toHaveBeenCalled();
  });

  it('is resolved against location in a worker, which has no document', async () => {
    vi.stubGlobal('document', undefined);
    vi.stubGlobal('location', { href: 'https://app.example/workers/w.js' });
    const tab = openRoute('./turn');
    await settle(tab.loader.load());
    expect(addressesOf(tab)).toEqual(['https://app.example/workers/turn']);
  });

  it('is resolved anew for each request', async () => {
    const tab = openRoute('./turn', { storage: 'memory' });
    await settle(tab.loader.load());
    moveTo('https://app.example/other/');
    await settle(tab.loader.load({ cache: 'reload' }));
    expect(addressesOf(tab)).toEqual(['https://app.example/calls/turn', 'https://app.example/other/turn']);
  });

  it('is one entry on all pages that it means the same address for, and with the whole address', async () => {
    const tab = openRoute('/api/turn');
    await settle(tab.loader.load());
    await flush();
    moveTo('https://app.example/another/page');
    expect(userOf(await settle(tab.loader.load()))).toBe('user-1');
    expect(userOf(await settle(tab.anotherTab({ endpoint: '../api/turn' }).load()))).toBe('user-1');
    expect(userOf(await settle(tab.anotherTab({ endpoint: 'https://app.example/api/turn' }).load()))).toBe('user-1');
    expect(tab.endpoint.requests).toHaveLength(1);
  });

  it('is another entry once it means another address, also for peek', async () => {
    const tab = openRoute('./turn');
    await settle(tab.loader.load());
    await flush();
    moveTo('https://app.example/other/');
    expect(tab.loader.peek()).toBeUndefined();
    expect(userOf(await settle(tab.loader.load()))).toBe('user-2');
    expect(tab.endpoint.requests).toHaveLength(2);
  });

  it('is its old entry again, from storage, once it means the old address', async () => {
    const tab = openRoute('./turn');
    await settle(tab.loader.load());
    await flush();
    moveTo('https://app.example/other/');
    await settle(tab.loader.load());
    await flush();
    moveTo('https://app.example/calls/again');
    expect(userOf(await settle(tab.loader.load()))).toBe('user-1');
    expect(tab.endpoint.requests).toHaveLength(2);
  });

  it('has a cool-down of its own for each address', async () => {
    const tab = openRoute('./turn');
    tab.endpoint.next(httpError(404));
    expect(await failureOf(tab.loader.load())).toMatchObject({ code: 'not-found' });
    await flush();
    moveTo('https://app.example/other/');
    expect(userOf(await settle(tab.loader.load()))).toBe('user-2');
    await flush();
    moveTo('https://app.example/calls/');
    expect(await failureOf(tab.loader.load())).toMatchObject({ code: 'not-found' });
    expect(tab.endpoint.requests).toHaveLength(2);
  });

  it('gives nobody the answer of the address that it meant before, if the page moves during the request', async () => {
    const tab = openRoute('./turn');
    tab.endpoint.next(delayed(secondMs));
    const before = tab.loader.load();
    await advance(100);
    moveTo('https://app.example/other/');
    expect(userOf(await settle(tab.loader.load()))).toBe('user-2');
    expect(userOf(await settle(before))).toBe('user-2');
    await flush();
    moveTo('https://app.example/calls/');
    expect(userOf(await settle(tab.loader.load()))).toBe('user-3');
  });

  it('at metered.live needs a key, like the whole address', async () => {
    expect(await failureOf(openRoute('//demo.metered.live/api').loader.load())).toMatchObject({ code: 'not-configured' });
  });
});

describe('C-82: a relative endpoint without a page', () => {
  const loads: [how: string, load: (endpoint: string) => Promise<unknown>][] = [
    ['a loader', async (endpoint) => makeLoader({ endpoint }).load()],
    ['a loader with a fallback', async (endpoint) => makeLoader({ endpoint, fallback: [] }).load()],
    ['only-if-cached', async (endpoint) => makeLoader({ endpoint }).load({ cache: 'only-if-cached' })],
    ['loadRTCConfiguration', async (endpoint) => loadRTCConfiguration(endpoint)],
  ];

  it.each(['/api/turn', './turn', '../turn', '?turn'])('(%s) does not throw when the loader is made, as on a server', (endpoint) => {
    expect(() => createIceServersLoader({ endpoint })).not.toThrow();
  });

  it.each(loads)('makes load reject with a TypeError that asks for the whole address: %s', async (_, load) => {
    const error = (await failureOf(load('/api/turn'))) as Error;
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/endpoint is relative, and there is no page to resolve it against: set the full URL/);
  });

  it.each([
    ['about:blank', 'about:blank'],
    ['a data: address', 'data:text/html,x'],
    ['a file', 'file:///home/page.html'],
  ])('is that of a page at %s as well', async (_, baseURI) => {
    moveTo(baseURI);
    expect(await failureOf(openRoute('/api/turn').loader.load())).toBeInstanceOf(TypeError);
  });

  it('does not keep peek, invalidate, keepFresh and dispose from working', async () => {
    const { loader, endpoint } = openRoute('/api/turn');
    expect(loader.peek()).toBeUndefined();
    await settle(loader.invalidate());
    keep(new FakeConnection({}), loader);
    await advance(minuteMs);
    expect(endpoint.requests).toEqual([]);
    loader.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('loads as soon as there is one', async () => {
    const { loader } = openRoute('/api/turn');
    await failureOf(loader.load());
    moveTo('https://app.example/');
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });
});

describe('a whole endpoint', () => {
  it('needs no page', async () => {
    const tab = openRoute('https://turn.example/ice');
    await settle(tab.loader.load());
    expect(addressesOf(tab)).toEqual(['https://turn.example/ice']);
  });

  it('is not touched by the address of the page', async () => {
    moveTo('https://app.example/a/');
    const tab = openRoute('https://turn.example/ice');
    await settle(tab.loader.load());
    moveTo('https://app.example/b/');
    expect(userOf(tab.loader.peek())).toBe('user-1');
  });

  it('in place of which there is a function needs no page either', async () => {
    expect(userOf(await settle(openServersTab(() => [{ urls: 'turn:a', username: 'ada', credential: 'c' }]).loader.load()))).toBe('ada');
  });
});
