import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compareRegions, testConnectivity } from '../../src/connectivity.js';

const blocked = 'Nothing was tested: something in this browser blocks WebRTC, such as an extension or a policy. Turn that off.';
const nothing = (): void => {};
const throwing = (error: Error) =>
  function stub(): never {
    throw error;
  };

/** Every property is the method, but not `then`: this is no promise. */
const objectWith = (method: () => void) => new Proxy({}, { get: (_target, name) => (name === 'then' ? undefined : method) });

/** `RTCPeerConnection` as content blockers and policies leave it. */
const stubs: Record<string, unknown> = {
  // https://github.com/gorhill/uBlock/wiki/Resources-Library#nowebrtcjs-
  'a function with four methods that do nothing': Object.assign(function stub() {}, {
    prototype: { close: nothing, createDataChannel: nothing, createOffer: nothing, setRemoteDescription: nothing },
  }),
  // https://github.com/AdguardTeam/Scriptlets/blob/master/src/scriptlets/nowebrtc.js
  'an arrow function, which is no constructor': nothing,
  'a constructor of an empty object': function stub() {},
  'a constructor that throws': throwing(new Error('blocked')),
  // https://w3c.github.io/webappsec-csp/#directive-webrtc
  'a constructor that a policy forbids': throwing(new DOMException('blocked', 'NotAllowedError')),
  'a class of which all methods throw': class {
    createDataChannel(): never {
      throw new Error('blocked');
    }
    setLocalDescription(): never {
      throw new Error('blocked');
    }
    close(): void {}
  },
  'a constructor of an object of which all methods throw, close too': function stub() {
    return objectWith(() => {
      throw new Error('blocked');
    });
  },
  'a constructor of an object of which all methods return nothing': function stub() {
    return objectWith(nothing);
  },
  'a class of which all methods resolve with nothing': class {
    createDataChannel(): object {
      return {};
    }
    async setLocalDescription(): Promise<void> {}
    async getStats(): Promise<void> {}
    close(): void {}
  },
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe.each(Object.keys(stubs))('C-77: where RTCPeerConnection is %s', (name) => {
  beforeEach(() => {
    vi.stubGlobal('RTCPeerConnection', stubs[name]);
  });

  it('every URL has the status error, and the summary says what blocks it', async () => {
    const urls = ['turn:a', 'turns:a?transport=tcp'];
    const { results, verdict, summary } = await testConnectivity({
      iceServers: [{ urls: 'stun:a' }, { urls, username: 'a', credential: 'b' }],
    });
    expect(results.map(({ status, stage }) => [status, stage])).toEqual(Array.from({ length: 3 }, () => ['error', 'none']));
    expect([verdict, summary]).toEqual(['mixed', blocked]);
    expect(results.every((result) => !('isBlocked' in result))).toBe(true);
  });

  it('every region has the status error', async () => {
    const body = [{ urls: ['turn:a', 'turn:a?transport=tcp'], username: 'a', credential: 'b' }];
    const results = await compareRegions(
      { endpoint: 'https://example.com/turn', storage: 'memory', fetch: async () => Response.json(body) },
      { regions: ['europe', 'asia'] },
    );
    expect(results.map(({ region, status, rtt }) => [region, status, rtt])).toEqual([
      ['europe', 'error', undefined],
      ['asia', 'error', undefined],
    ]);
  });
});

it('C-77: a blocker that throws at the mere name of RTCPeerConnection is found as well', async () => {
  Object.defineProperty(globalThis, 'RTCPeerConnection', {
    configurable: true,
    get: () => {
      throw new ReferenceError('blocked');
    },
  });
  try {
    const { results, summary } = await testConnectivity({ iceServers: [{ urls: 'stun:a' }] });
    expect([results[0]!.status, summary]).toEqual(['error', blocked]);
  } finally {
    Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
  }
});

it('a page with too many connections is not told that something blocks WebRTC', async () => {
  vi.stubGlobal('RTCPeerConnection', throwing(new DOMException('Cannot create so many PeerConnections', 'UnknownError')));
  const { results, summary } = await testConnectivity({ iceServers: [{ urls: 'stun:a' }] });
  expect([results[0]!.status, summary]).toEqual(['error', 'Nothing was tested. Run the test again.']);
});

it.each([undefined, null, {}])('where RTCPeerConnection is %o there is no WebRTC, and a TypeError says so', async (none) => {
  vi.stubGlobal('RTCPeerConnection', none);
  await expect(testConnectivity({ iceServers: [] })).rejects.toThrow(
    new TypeError('ice-servers-loader: WebRTC is not available here: run this in a web page.'),
  );
});
