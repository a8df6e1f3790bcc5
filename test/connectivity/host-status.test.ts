import { expect, it, vi } from 'vitest';
import { testConnectivity } from '../../src/connectivity.js';
import * as status from '../../src/connectivity/status.js';

vi.mock('../../src/connectivity/status.js', { spy: true });

it('a test of many URLs computes the status of a host once for each URL that ends', async () => {
  vi.stubGlobal('RTCPeerConnection', vi.fn());
  const urls = Array.from({ length: 50 }, (_, index) => `no-url-${index}`);
  const { results } = await testConnectivity({ iceServers: [{ urls }] });
  expect(results).toHaveLength(50);
  expect(status.statusAtHost).toHaveBeenCalledTimes(50);
});
