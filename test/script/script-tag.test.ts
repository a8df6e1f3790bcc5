// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as api from '../../src/index.js';
import { apiKey, createEndpoint, httpError, type Answer } from '../support/endpoint.js';
import { userOf } from '../support/loaders.js';
import { advance, settle, failureOf, secondMs, flush } from '../support/world.js';

type Global = typeof api & { readonly version: string; readonly loader?: api.IceServersLoader; readonly ready?: Promise<RTCConfiguration> };

const page = globalThis as { IceServers?: unknown };
const ours = (): Global => page.IceServers as Global;

// Else happy-dom reports each tag with a src, which it does not load.
Object.assign((window as unknown as { happyDOM: { settings: object } }).happyDOM.settings, { handleDisabledFileLoadingAsSuccess: true });

/** Runs the script like a tag with these attributes; `null` is a module or a bundle, which has no tag. */
const runTag = async (attributes: Record<string, string> | null, ...answers: Answer[]) => {
  const endpoint = createEndpoint(...answers);
  vi.stubGlobal('fetch', endpoint.fetch);
  const tag = document.createElement('script');
  for (const [name, value] of Object.entries(attributes ?? {})) tag.setAttribute(name, value);
  document.body.append(tag);
  Object.defineProperty(document, 'currentScript', { configurable: true, get: () => attributes && tag });
  vi.resetModules();
  await import('../../src/script.js');
  ours().loader?.addEventListener('error', () => {});
  return endpoint;
};

const announcements: CustomEvent[] = [];
const hear = (event: Event): void => void announcements.push(event as CustomEvent);
const types = ['iceservers:ready', 'iceservers:error'];
let warn: ReturnType<typeof vi.spyOn>;

const setReadyState = (readyState: DocumentReadyState): void => {
  Object.defineProperty(document, 'readyState', { configurable: true, get: () => readyState });
};

beforeEach(() => {
  delete page.IceServers;
  announcements.length = 0;
  for (const type of types) document.addEventListener(type, hear);
  setReadyState('complete');
  warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
});

afterEach(() => {
  ours()?.loader?.dispose();
  for (const type of types) document.removeEventListener(type, hear);
  swapBody();
});

/** Empties the body, as Turbo and its like do before they run the tags of the next one. */
const swapBody = (): void => document.body.replaceChildren();

const attributes = { 'data-app-name': 'demo', 'data-api-key': apiKey, 'data-region': 'europe' };

describe('the script tag', () => {
  it.each([
    ['without attributes', {}],
    ['with attributes of other scripts', { 'data-cfasync': 'false', src: 'x.js' }],
    ['in a module or a bundle', null],
  ])('%s exposes the library alone, and sends no request', async (_, given) => {
    const { requests } = await runTag(given);
    await flush();
    expect(ours().loadRTCConfiguration).toBeTypeOf('function');
    expect(ours()).not.toHaveProperty('loader');
    expect(ours()).not.toHaveProperty('ready');
    expect(requests).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('C-66: sets the global to the whole namespace and a version', async () => {
    await runTag({});
    expect(Object.keys(ours()).sort()).toEqual([...Object.keys(api), 'version'].sort());
    expect(ours().version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('with attributes starts to load at once', async () => {
    const { requests } = await runTag(attributes);
    await flush();
    expect(requests).toHaveLength(1);
    expect(requests[0]!.url.href).toBe(`https://demo.metered.live/api/v1/turn/credentials?apiKey=${apiKey}&region=europe`);
  });

  it('with attributes exposes the loader and the configuration', async () => {
    await runTag(attributes);
    expect(userOf(await settle(ours().ready!))).toBe('user-1');
    expect(userOf(ours().loader?.peek())).toBe('user-1');
    expect(ours().ready).toBe(ours().ready);
  });

  it('fires an event on the document when the servers are loaded', async () => {
    await runTag(attributes);
    await settle(ours().ready!);
    await flush();
    expect(announcements.map(({ type }) => type)).toEqual(['iceservers:ready']);
    expect(announcements[0]!.detail).toMatchObject({ source: 'network' });
  });

  it('fires an event on the document for a failure, and ready rejects with the same error', async () => {
    await runTag(attributes, httpError(401));
    const error = await failureOf(ours().ready!);
    await flush();
    expect(error).toMatchObject({ code: 'invalid-api-key' });
    expect(announcements.map(({ type, detail }) => [type, detail as unknown])).toEqual([['iceservers:error', error]]);
  });

  it.each([
    ['with a misspelt option', { ...attributes, 'data-maxage': '60' }, /data-maxage must be data-max-age/],
    ['with a wrong option', { ...attributes, 'data-max-age': 'long' }, /maxAge must be seconds/],
  ])('%s does not throw, but ready rejects with a TypeError', async (_, given, sentence) => {
    const { requests } = await runTag(given);
    const error = (await failureOf(ours().ready!)) as Error;
    expect(error.name).toBe('TypeError');
    expect(error.message).toMatch(sentence);
    expect(requests).toEqual([]);
    expect(ours().loadRTCConfiguration).toBeTypeOf('function');
  });

  it.each([
    ['without a key', { 'data-app-name': 'demo' }],
    ['with a blank key', { 'data-app-name': 'demo', 'data-api-key': ' ' }],
    ['with blank attributes alone', { 'data-app-name': ' ', 'data-api-key': ' ' }],
  ])('C-89: %s does not throw, but ready rejects with not-configured, without a request', async (_, given) => {
    const { requests } = await runTag(given);
    expect(await failureOf(ours().ready!)).toMatchObject({ name: 'IceServersError', code: 'not-configured' });
    expect(requests).toEqual([]);
    expect(ours().loadRTCConfiguration).toBeTypeOf('function');
  });

  it('with the app’s own endpoint needs no key', async () => {
    const { requests } = await runTag({ 'data-endpoint': 'https://turn.example.com/ice' });
    await flush();
    expect(requests[0]!.url.href).toBe('https://turn.example.com/ice');
  });

  it('C-82: with a relative endpoint requests that route of the page', async () => {
    vi.spyOn(document, 'baseURI', 'get').mockReturnValue('https://app.example/calls/');
    const { requests } = await runTag({ 'data-endpoint': '/api/turn' });
    await flush();
    expect(requests[0]!.url.href).toBe('https://app.example/api/turn');
  });

  it('with a Secret Key rejects ready with secret-key', async () => {
    await runTag({ ...attributes, 'data-api-key': 'sk_live_1234' });
    expect(await failureOf(ours().ready!)).toMatchObject({ code: 'secret-key' });
  });

  it('warns once about a failure that nobody handled, which is no unhandled rejection', async () => {
    await runTag(attributes, httpError(401));
    await advance(secondMs);
    expect(warn).toHaveBeenCalledOnce();
    expect(String(warn.mock.calls[0])).toMatch(/IceServersError: API key refused/);
    expect(String(warn.mock.calls[0])).not.toContain(apiKey);
  });

  it('does not warn about a failure that is handled as soon as the tag has run', async () => {
    await runTag({ ...attributes, 'data-max-age': 'long' });
    ours().ready!.catch(() => {});
    await advance(secondMs);
    expect(warn).not.toHaveBeenCalled();
  });

  it('does not warn about a failure that is handled', async () => {
    await runTag(attributes, httpError(401));
    await failureOf(ours().ready!);
    await advance(secondMs);
    expect(warn).not.toHaveBeenCalled();
  });

  it('does not warn before the page is loaded, as a later script may still handle the failure', async () => {
    setReadyState('loading');
    await runTag(attributes, httpError(401));
    await advance(secondMs);
    expect(warn).not.toHaveBeenCalled();
    window.dispatchEvent(new Event('load'));
    expect(warn).toHaveBeenCalledOnce();
    window.dispatchEvent(new Event('load'));
    expect(warn).toHaveBeenCalledOnce();
  });

  it('does not warn if a later script handles the failure before the page is loaded', async () => {
    setReadyState('interactive');
    await runTag(attributes, httpError(401));
    await advance(secondMs);
    await failureOf(ours().ready!);
    window.dispatchEvent(new Event('load'));
    expect(warn).not.toHaveBeenCalled();
  });

  it('does not warn about success', async () => {
    await runTag(attributes);
    await advance(secondMs);
    window.dispatchEvent(new Event('load'));
    expect(warn).not.toHaveBeenCalled();
  });

  it('that is there twice keeps the first copy and warns how to fix it', async () => {
    await runTag(attributes);
    await settle(ours().ready!);
    const first = ours();
    const { requests } = await runTag(attributes);
    await flush();
    expect(ours()).toBe(first);
    expect(requests).toEqual([]);
    expect(warn).toHaveBeenCalledOnce();
    expect(String(warn.mock.calls[0])).toMatch(/twice.*remove one/);
  });

  it('C-81: that runs again in a swapped body keeps the first copy, and does not warn', async () => {
    await runTag(attributes);
    await settle(ours().ready!);
    const first = ours();
    swapBody();
    const { requests } = await runTag(attributes);
    await flush();
    expect(ours()).toBe(first);
    expect(requests).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('C-81: that runs again with the nonce of another page does not warn', async () => {
    await runTag({ ...attributes, nonce: 'first' });
    swapBody();
    await runTag({ ...attributes, nonce: 'second' });
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    ['other options', { ...attributes, 'data-region': 'asia' }],
    ['another file', { ...attributes, src: 'other.js' }],
    ['no tag', null],
  ])('C-81: that runs again in a swapped body with %s warns', async (_, others) => {
    await runTag(attributes);
    swapBody();
    await runTag(others);
    expect(warn).toHaveBeenCalledOnce();
  });

  it('C-81: leaves no key readable in what it remembers of its tag', async () => {
    await runTag(attributes);
    const remembered = Object.getOwnPropertySymbols(ours()).map((symbol) => String(Reflect.get(ours(), symbol)));
    expect(remembered).toHaveLength(1);
    expect(remembered[0]).not.toContain(apiKey);
  });

  it('runs even if an element has the name of its global as an id', async () => {
    page.IceServers = document.createElement('div');
    await runTag({});
    expect(ours().loadRTCConfiguration).toBeTypeOf('function');
    expect(warn).not.toHaveBeenCalled();
  });
});
