import { describe, expect, it, vi } from 'vitest';
import { connect, FakeConnection } from '../support/connection.js';
import { keep, openTab, userOf } from '../support/loaders.js';
import { advance, hourMs, settle } from '../support/world.js';

describe('what is no RTCPeerConnection', () => {
  it.each([
    ['an empty object', {}],
    ['undefined', undefined],
    ['null', null],
    ['an object with one of its methods', { setConfiguration: () => {} }],
    ['a Proxy of one, which no browser accepts', new Proxy(new FakeConnection({}), {})],
  ])('(%s) is a TypeError that says so, and other connections are still kept fresh', async (_, value) => {
    const { loader } = openTab({ storage: 'memory' });
    expect(() => keep(value as RTCPeerConnection, loader)).toThrow(/^ice-servers-loader: keepFresh needs an RTCPeerConnection/);
    const connection = await connect(loader);
    await advance(hourMs);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
  });
});

it.each([
  [{ signal: 'soon' }, /signal must be an AbortSignal/],
  [{ signal: null }, /signal must be an AbortSignal/],
  [{ timeout: 1 }, /unknown option timeout; the options are signal\./],
  [7, /options must be an object, which may have signal/],
])('a wrong option of keepFresh (%j) is a TypeError that names the option and the fix, and starts nothing', async (options, sentence) => {
  const { loader } = openTab({ storage: 'memory' });
  const connection = new FakeConnection(await settle(loader.load()));
  expect(() => keep(connection, loader, options as object)).toThrow(sentence);
  expect(vi.getTimerCount()).toBe(0);
});
