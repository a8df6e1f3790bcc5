import { afterEach, describe, expect, it, vi } from 'vitest';
import { compareRegions, testConnectivity } from '../../src/connectivity.js';
import { stun, udp } from '../support/urls.js';

const key = '0123456789abcdef0123456789abcdef0123';
const good: RTCConfiguration = { iceServers: [{ urls: stun }] };

describe('a wrong argument', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ['timeout must be a number from 1 to 1e9', { timeout: 0 }],
    ['timeout must be a number from 1 to 1e9', { timeout: Number.NaN }],
    ['timeout must be a number from 1 to 1e9', { timeout: Infinity }],
    ['timeout must be a number from 1 to 1e9', { timeout: -5 }],
    ['timeout must be a number from 1 to 1e9', { timeout: [5000] }],
    ['concurrency must be a number from 1 to 1e9', { concurrency: '6' }],
    ['concurrency must be a number from 1 to 1e9', { concurrency: Infinity }],
    ['concurrency must be a number from 1 to 1e9', { concurrency: 0.5 }],
    ['relay must be true or false', { relay: 1 }],
    ['signal must be an AbortSignal', { signal: {} }],
    ['signal must be an AbortSignal', { signal: { aborted: false } }],
    ['signal must be an AbortSignal', { signal: null }],
    ['onResult must be a function', { onResult: 'x' }],
    ['unknown option timeuot; the options are timeout, concurrency, relay, quality, signal, onResult, onProgress', { timeuot: 1 }],
    ['unknown option toString; the options are timeout,', { toString: 1 }],
    ['options must be an object, which may have timeout, concurrency, relay, quality, signal, onResult, onProgress', null],
    ['options must be an object, which may have timeout,', 'relay'],
    ['options must be an object, which may have timeout,', 5000],
  ])('%s: %o', async (sentence, options) => {
    vi.stubGlobal('RTCPeerConnection', vi.fn());
    const run = testConnectivity(good, options as never);
    await expect(run).rejects.toThrow(TypeError);
    await expect(run).rejects.toThrow(`ice-servers-loader: ${sentence}`);
  });

  it.each([
    [undefined],
    [null],
    ['turn:turn.example'],
    [5],
    [{}],
    [[{ urls: stun }]],
    [{ iceServers: 'turn:turn.example' }],
    [{ iceServers: { urls: stun } }],
    [{ iceServers: [null] }],
    [{ iceServers: ['turn:turn.example'] }],
    [{ iceServers: [{ url: stun }] }],
  ])('of configuration (%o) is a TypeError that shows a right one', async (configuration) => {
    vi.stubGlobal('RTCPeerConnection', vi.fn());
    const run = testConnectivity(configuration as never);
    await expect(run).rejects.toThrow(TypeError);
    await expect(run).rejects.toThrow('ice-servers-loader: configuration must be { iceServers: [{ urls }] }, as returned by load().');
  });

  it.each([
    ['regions must be a list of region names', { regions: 'europe' }],
    ['samples must be a number from 1 to 1e9', { samples: 0 }],
    ['samples must be a number from 1 to 1e9', { samples: Infinity }],
    ['samples must be a number from 1 to 1e9', { samples: Number.NaN }],
    ['samples must be a number from 1 to 1e9', { samples: -1 }],
    ['unknown option timeout; the options are regions, samples, signal, onResult', { timeout: 1 }],
    ['options must be an object, which may have regions, samples, signal, onResult', null],
    ['options must be an object, which may have regions,', 'europe'],
  ])('of compareRegions: %s: %o', async (sentence, settings) => {
    vi.stubGlobal('RTCPeerConnection', vi.fn());
    const run = compareRegions({ appName: 'demo', apiKey: key }, settings as never);
    await expect(run).rejects.toThrow(TypeError);
    await expect(run).rejects.toThrow(`ice-servers-loader: ${sentence}`);
  });

  it.each([
    ['text', 'demo', 'endpoint must be an http(s) URL'],
    ['a wrong appName', { appName: 7, apiKey: key }, 'appName must be a Metered app name'],
    ['two sources', { appName: 'demo', endpoint: 'https://turn.example/ice', apiKey: key }, 'set only one of appName, endpoint'],
  ])('of compareRegions in place of the loader options (%s) is a TypeError', async (_, options, sentence) => {
    vi.stubGlobal('RTCPeerConnection', vi.fn());
    const run = compareRegions(options as never);
    await expect(run).rejects.toThrow(TypeError);
    await expect(run).rejects.toThrow(`ice-servers-loader: ${sentence}`);
  });

  it.each([
    ['nothing at all', undefined],
    ['an app name without a key', { appName: 'demo' }],
    ['empty text', ''],
    ['an empty key', { appName: 'demo', apiKey: '' }],
  ])('is not: %s in place of the loader options, which every result then tells', async (_, options) => {
    vi.stubGlobal('RTCPeerConnection', vi.fn());
    const results = await compareRegions(options as never, { regions: ['eu', 'usa'] });
    expect(results.map(({ region, status }) => `${region} ${status}`)).toEqual(['eu not-configured', 'usa not-configured']);
  });

  it('whose name may be a misplaced key is not repeated in the message', async () => {
    vi.stubGlobal('RTCPeerConnection', vi.fn());
    await expect(testConnectivity(good, { [key]: 1 } as never)).rejects.toThrow(/unknown option; the options are timeout/);
  });
});

describe('a constructor that throws', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ['SyntaxError', 'invalid', 'offline'],
    ['InvalidAccessError', 'invalid', 'offline'],
    ['NotSupportedError', 'invalid', 'offline'],
    ['UnknownError', 'error', 'mixed'],
  ])('with %s makes the status %s, and the verdict %s if there is no other URL', async (name, status, wanted) => {
    const construct = (configuration?: RTCConfiguration): object => {
      if (configuration) throw new DOMException('no', name);
      return { close: () => {} };
    };
    vi.stubGlobal('RTCPeerConnection', vi.fn(function (given) { return construct(given); })); // prettier-ignore
    const { results, verdict } = await testConnectivity({ iceServers: [{ urls: udp, username: 'a', credential: 'b' }] });
    expect([results[0]!.status, verdict]).toEqual([status, wanted]);
  });
});

it('a missing WebRTC rejects with a TypeError that names it', async () => {
  await expect(testConnectivity(good)).rejects.toThrow('WebRTC is not available here: run this in a web page');
  await expect(compareRegions({ appName: 'demo', apiKey: key })).rejects.toThrow(TypeError);
});
