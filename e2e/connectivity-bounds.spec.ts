import { freePort } from '../demo/server/turn/loopback.js';
import { expect, runIn, serversFor, test } from './support/connectivity.js';

test('an abort in the middle closes everything and gives what was decided', async ({ connectivityPage, turn }) => {
  const port = await freePort();
  const dead = Array.from({ length: 8 }, (_, index) => `turn:127.0.0.${index + 1}:${port}`);
  const servers = serversFor([`stun:127.0.0.1:${turn.port}`, ...dead]);
  const outcome = await connectivityPage.evaluate(async (iceServers) => {
    window.made = [];
    const controller = new AbortController();
    const report = await window.connectivity.testConnectivity(
      { iceServers },
      { signal: controller.signal, concurrency: 4, onResult: ({ status }) => status === 'ok' && controller.abort() },
    );
    const again = await window.connectivity.testConnectivity({ iceServers }, { signal: controller.signal });
    const open = window.made.filter(({ signalingState }) => signalingState !== 'closed').length;
    return {
      statuses: report.results.map(({ status }) => status),
      again: again.results.map(({ status }) => status),
      made: window.made.length,
      open,
    };
  }, servers);
  expect(outcome.statuses).toEqual(['ok', ...dead.map(() => 'aborted')]);
  expect(outcome.again).toEqual(['aborted', ...dead.map(() => 'aborted')]);
  expect(outcome.open).toBe(0);
  expect(outcome.made).toBeLessThanOrEqual(5);
});

test('an abort in the very moment in which the channel opens throws nothing into the page', async ({ connectivityPage, turn }) => {
  const status = await connectivityPage.evaluate(
    async (iceServers) => {
      const controller = new AbortController();
      const { createDataChannel } = RTCPeerConnection.prototype;
      RTCPeerConnection.prototype.createDataChannel = function create(...given) {
        const channel = createDataChannel.apply(this, given);
        // It hears that before the package does.
        channel.addEventListener('open', () => controller.abort());
        return channel;
      };
      const { results } = await window.connectivity.testConnectivity({ iceServers }, { signal: controller.signal });
      RTCPeerConnection.prototype.createDataChannel = createDataChannel;
      await new Promise((resolve) => setTimeout(resolve));
      return results[0]!.status;
    },
    serversFor([`turn:127.0.0.1:${turn.port}`]),
  );
  expect(status).toBe('aborted');
  // That there was no complaint is looked at after every test.
});

test('an abort while data goes through closes both ends', async ({ connectivityPage, turn }) => {
  const outcome = await connectivityPage.evaluate(
    async (iceServers) => {
      window.made = [];
      const controller = new AbortController();
      const push = window.made.push.bind(window.made);
      window.made.push = (connection) => {
        const count = push(connection);
        if (count === 2) queueMicrotask(() => controller.abort());
        return count;
      };
      const running = window.connectivity.testConnectivity({ iceServers }, { signal: controller.signal });
      const { results, verdict } = await running;
      const open = window.made.filter(({ signalingState }) => signalingState !== 'closed').length;
      return { status: results[0]!.status, stage: results[0]!.stage, verdict, open };
    },
    serversFor([`turn:127.0.0.1:${turn.port}`]),
  );
  expect(outcome).toEqual({ status: 'aborted', stage: 'allocated', verdict: 'mixed', open: 0 });
});

test('three runs over thirty URLs leave no connection open, and never hold more than twice the concurrency', async ({
  connectivityPage,
  turn,
}) => {
  const port = await freePort();
  const names = Array.from({ length: 10 }, (_, index) => `h${index}.localhost`);
  const urls = names.flatMap((name) => [`stun:${name}:${turn.port}`, `turn:${name}:${turn.port}`, `turn:${name}:${port}?transport=tcp`]);
  for (let round = 0; round < 3; round += 1) {
    const run = await runIn(connectivityPage, serversFor(urls));
    expect(run.results).toHaveLength(30);
    expect(new Set(run.results.map(({ status }) => status))).toEqual(new Set(['ok', 'unreachable']));
    expect(run.openCount).toBe(0);
    expect(run.madeCount).toBe(40);
  }
  expect(await connectivityPage.evaluate(() => window.mostOpen)).toBeLessThanOrEqual(12);
});
