// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import { IceConnectivityElement } from '../../src/element.js';

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
});

it('a blocker that throws at the mere name of RTCPeerConnection counts as a browser without WebRTC', async () => {
  Object.defineProperty(globalThis, 'RTCPeerConnection', {
    configurable: true,
    get: () => {
      throw new ReferenceError('blocked');
    },
  });
  const element = new IceConnectivityElement();
  element.options = { getServers: () => [{ urls: 'stun:stun.example' }] };
  expect(await element.run()).toMatchObject({ webrtc: 'missing', outcome: 'unknown', results: [] });
});
