import { describe, expect, it, vi } from 'vitest';
import { keepFresh, type IceServersOptions } from '../../src/index.js';
import { FakeConnection } from '../support/connection.js';
import { apiKey } from '../support/endpoint.js';
import { keep, openTab, type Source } from '../support/loaders.js';
import { stubPage } from '../support/page.js';
import { flush } from '../support/world.js';

/** Tries to keep a connection; tells what was thrown, and what was left behind. */
async function attemptToKeep(source: unknown) {
  const page = stubPage();
  const connection = new FakeConnection({});
  const listen = vi.spyOn(connection, 'addEventListener');
  let error: unknown;
  try {
    keep(connection, source as Source);
  } catch (thrown) {
    error = thrown;
  }
  await flush();
  return { error, left: { listeners: listen.mock.calls.length, timers: vi.getTimerCount(), page: page.listenedTypes } };
}

const nothingLeft = { listeners: 0, timers: 0, page: [] };

describe('a source that keepFresh cannot use', () => {
  const { loader } = openTab({ storage: 'memory' });

  const lookalikes: [what: string, source: unknown][] = [
    ['a loader of another library', { load: async () => ({ iceServers: [] }) }],
    ['an EventTarget with a load method', Object.assign(new EventTarget(), { load: async () => ({ iceServers: [] }) })],
    ['a copy of a loader', { ...loader }],
    ['an object that inherits from a loader', Object.create(loader)],
    ['a Proxy of a loader', new Proxy(loader, {})],
  ];

  it.each(lookalikes)(
    'because it only looks like a loader (%s) is a TypeError that says what to pass, and keeps nothing',
    async (_, source) => {
      const { error, left } = await attemptToKeep(source);
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toBe(
        'ice-servers-loader: keepFresh needs a loader from the same copy of this package, or the options of loadRTCConfiguration.',
      );
      expect(left).toEqual(nothingLeft);
    },
  );

  const wrongOptions: [what: string, source: unknown, sentence: RegExp][] = [
    ['an option that is misspelt', { appName: 'demo', apiKey, regions: 'eu' }, /unknown option regions/],
    [
      'an option that is wrong',
      { appName: 'demo', apiKey, maxAge: '60' },
      /maxAge must be a number of seconds above 0 \(received: string\)/,
    ],
    [
      'an option that belongs to load',
      { appName: 'demo', apiKey, minValidity: 60 },
      /unknown option minValidity, which belongs to load\(\)/,
    ],
    ['null', null, /options must be an object, which may have/],
    ['a number', 7, /options must be an object, which may have/],
  ];

  it.each(wrongOptions)('because of %s is a TypeError that names it, and keeps nothing', async (_, source, sentence) => {
    const { error, left } = await attemptToKeep(source);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(sentence);
    expect(left).toEqual(nothingLeft);
  });

  it('because its key is a Secret Key is an error that says so, and keeps nothing', async () => {
    const { error, left } = await attemptToKeep({ appName: 'demo', apiKey: 'sk_live_1234' });
    expect(error).toMatchObject({ code: 'secret-key' });
    expect(left).toEqual(nothingLeft);
  });
});

it.each([
  ['nothing', undefined],
  ['an object', {}],
  ['a Proxy of a connection', new Proxy(new FakeConnection({}), {})],
])('what is no connection (%s) is found before the source is read, so that there is neither a loader nor a request', async (_, value) => {
  const read = vi.fn();
  const options = new Proxy({}, { get: read, has: read, ownKeys: read, getOwnPropertyDescriptor: read });
  expect(() => keepFresh(value as RTCPeerConnection, options as IceServersOptions)).toThrow(/keepFresh needs an RTCPeerConnection/);
  await flush();
  expect(read).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
