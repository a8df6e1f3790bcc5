import { freePort } from '../demo/server/turn/loopback.js';
import { expect, runIn, serversFor, test } from './support/connectivity.js';
import { documentedGrade, gradeBy } from './support/documented-grade.js';
import { startLossyProxy } from './support/lossy-proxy.js';

/** Through a relay and back a packet passes the proxy twice. */
const lossOfBothWays = (loss: number): number => 1 - (1 - loss) ** 2;

test('C-91: without loss all is well, and the quality of a call is good', async ({ connectivityPage, turn }) => {
  await using proxy = await startLossyProxy(turn.port, {});
  const { quality, verdict, summary } = await runIn(connectivityPage, serversFor([`turn:127.0.0.1:${proxy.port}`]), { quality: 2 });
  const grade = documentedGrade(quality!);
  expect(quality).toMatchObject({ url: `turn:127.0.0.1:${proxy.port}`, loss: 0, packets: 100, grade });
  expect(verdict).toBe('ok');
  expect(summary).toMatch(
    grade === 'good' ? /^All is well: UDP works\.$/ : new RegExp(`^UDP works\\. Call quality is ${grade}, with a (delay|jitter)`),
  );
});

for (const [loss, grade] of [
  [0.02, 'fair'],
  [0.05, 'poor'],
  [0.1, 'poor'],
  [0.35, 'poor'],
] as const) {
  test(`C-91: a loss of ${loss * 100}% in each direction is measured, and the summary says so`, async ({ connectivityPage, turn }) => {
    await using proxy = await startLossyProxy(turn.port, { loss });
    const servers = serversFor([`turn:127.0.0.1:${proxy.port}`]);
    const { quality, verdict, summary } = await runIn(connectivityPage, servers, { quality: 3 });
    expect(quality).toMatchObject({ packets: 150, grade: documentedGrade(quality!) });
    expect(gradeBy('loss', quality!.loss)).toBe(grade);
    expect(quality!.loss).toBeGreaterThan(lossOfBothWays(loss) / 2);
    expect(quality!.loss).toBeLessThan(lossOfBothWays(loss) * 1.5);
    expect(verdict).toBe('ok');
    expect(summary).toMatch(new RegExp(`^UDP works\\. Call quality is ${quality!.grade}, with [\\d.]+% of the packets lost`));
  });
}

for (const loss of [0.05, 0.35]) {
  test(`C-91: a loss of ${loss * 100}% is never "all is well", also if the quality is not measured`, async ({ connectivityPage, turn }) => {
    await using proxy = await startLossyProxy(turn.port, { loss });
    const { results, summary } = await runIn(connectivityPage, serversFor([`turn:127.0.0.1:${proxy.port}`]));
    expect(results[0]!.relay!.loss).toBeGreaterThan(0);
    expect(summary).toMatch(/^UDP works\. Call quality is (fair|poor), with [\d.]+% of the packets lost/);
  });
}

test('a delay is measured once, and the summary says so', async ({ connectivityPage, turn }) => {
  await using proxy = await startLossyProxy(turn.port, { delayMs: 100 });
  const { quality, summary } = await runIn(connectivityPage, serversFor([`turn:127.0.0.1:${proxy.port}`]), { quality: 2 });
  const grade = documentedGrade(quality!);
  expect(quality).toMatchObject({ loss: 0, grade });
  expect(gradeBy('delay', quality!.rtt.median)).toBe('fair');
  expect(quality!.rtt.min).toBeGreaterThanOrEqual(199);
  expect(quality!.rtt.median).toBeLessThan(300);
  expect(summary).toMatch(new RegExp(`^UDP works\\. Call quality is ${grade}, with a delay of 2\\d\\d ms`));
});

test('a jitter is measured, and the summary says so', async ({ connectivityPage, turn }) => {
  await using proxy = await startLossyProxy(turn.port, { jitterMs: 60 });
  const { quality, summary } = await runIn(connectivityPage, serversFor([`turn:127.0.0.1:${proxy.port}`]), { quality: 2 });
  expect(quality!.jitter).toBeGreaterThan(30);
  expect(quality!.grade).not.toBe('good');
  expect(summary).toMatch(/^UDP works\. Call quality is (fair|poor), with .*a jitter of \d+ ms\.$/);
});

test('of several ways the best one is measured: UDP', async ({ connectivityPage, turn }) => {
  const urls = [`turn:127.0.0.1:${turn.port}?transport=tcp`, `turn:127.0.0.1:${turn.port}`];
  const { quality, text, madeCount, openCount } = await runIn(connectivityPage, serversFor(urls), { quality: 1 });
  expect(quality?.url).toBe(urls[1]);
  expect(JSON.parse(text).quality).toEqual(quality);
  expect([madeCount, openCount]).toEqual([6, 0]);
});

test('the progress names what is under test, and shows the packets of the call', async ({ connectivityPage, turn }) => {
  const urls = [`stun:127.0.0.1:${turn.port}`, `turn:127.0.0.1:${turn.port}`];
  const seen = await connectivityPage.evaluate(async (iceServers) => {
    const told: { phase: string; done: number; total: number; running: number; times: number; remaining: number }[] = [];
    await window.connectivity.testConnectivity(
      { iceServers },
      {
        quality: 1,
        onProgress: ({ phase, done, total, running, packets = [], remaining }) =>
          told.push({ phase, done, total, running: running.length, times: packets.filter((time) => time !== undefined).length, remaining }),
      },
    );
    return told;
  }, serversFor(urls));
  const servers = seen.filter(({ phase }) => phase === 'servers');
  expect(servers.map(({ done }) => done)).toEqual([0, 0, 1, 2]);
  expect(servers.map(({ running }) => running)).toEqual([1, 2, 1, 0]);
  const packets = seen.slice(servers.length);
  expect(packets.map(({ done, total }) => [done, total])).toEqual([0, 10, 20, 30, 40, 50].map((done) => [done, 50]));
  expect(packets.at(-1)!.times).toBeGreaterThan(30);
  expect(seen.every(({ remaining }) => remaining > 0)).toBe(true);
});

test('an abort during the call leaves no connection open, and the report has the rest', async ({ connectivityPage, turn }) => {
  const outcome = await connectivityPage.evaluate(
    async (iceServers) => {
      window.made = [];
      const controller = new AbortController();
      const { quality, verdict, results } = await window.connectivity.testConnectivity(
        { iceServers },
        { quality: 30, signal: controller.signal, onProgress: ({ phase, done }) => phase === 'quality' && done > 0 && controller.abort() },
      );
      const open = window.made.filter(({ signalingState }) => signalingState !== 'closed').length;
      return { hasQuality: quality !== undefined, verdict, status: results[0]!.status, made: window.made.length, open };
    },
    serversFor([`turn:127.0.0.1:${turn.port}`]),
  );
  expect(outcome).toEqual({ hasQuality: false, verdict: 'ok', status: 'ok', made: 4, open: 0 });
});

test('C-77: a content blocker that replaces RTCPeerConnection is named, in a test and in a comparison', async ({ connectivityPage }) => {
  const outcome = await connectivityPage.evaluate(async () => {
    const own = window.RTCPeerConnection;
    // As uBlock Origin does: https://github.com/gorhill/uBlock/wiki/Resources-Library#nowebrtcjs-
    const stub = function stub() {};
    stub.prototype = { close() {}, createDataChannel() {}, createOffer() {}, setRemoteDescription() {} };
    window.RTCPeerConnection = stub as unknown as typeof RTCPeerConnection;
    const servers = [{ urls: ['turn:127.0.0.1', 'turns:localhost'], username: 'a', credential: 'b' }];
    const { results, summary } = await window.connectivity.testConnectivity({ iceServers: servers });
    const regions = await window.connectivity.compareRegions(
      { endpoint: 'https://example.com/turn', storage: 'memory', fetch: async () => Response.json(servers) },
      { regions: ['europe'] },
    );
    window.RTCPeerConnection = own;
    return { statuses: [...results, ...regions].map(({ status }) => status), summary };
  });
  expect(outcome).toEqual({
    statuses: ['error', 'error', 'error'],
    summary: 'Nothing was tested: something in this browser blocks WebRTC, such as an extension or a policy. Turn that off.',
  });
});

test('a region without UDP is measured over TCP, and marked', async ({ connectivityPage, turn }) => {
  const dead = await freePort();
  const regions = await connectivityPage.evaluate(
    (body) =>
      window.connectivity.compareRegions(
        { endpoint: 'https://example.com/turn', storage: 'memory', fetch: async () => Response.json(body) },
        { regions: ['europe'] },
      ),
    serversFor([`turn:127.0.0.1:${dead}`, `turn:127.0.0.1:${turn.port}?transport=tcp`]),
  );
  expect(regions).toMatchObject([{ region: 'europe', transport: 'tcp', status: 'ok', relay: { loss: 0 } }]);
  expect(regions[0]!.rtt).toBe(regions[0]!.samples[0]);
});

test('C-93: regions are compared by an address, and those that are equally near are told as ties', async ({
  connectivityPage,
  standIn,
}) => {
  const { endpoint, apiKey } = standIn;
  const results = await connectivityPage.evaluate(
    (address) => window.connectivity.compareRegions(address, { regions: ['europe', 'asia'], samples: 8 }),
    `${endpoint}?apiKey=${apiKey}`,
  );
  expect(results.map(({ status }) => status)).toEqual(['ok', 'ok']);
  // Both are on this computer.
  expect(results.map(({ region, tiedWith }) => [region, tiedWith])).toEqual([
    [results[0]!.region, [results[1]!.region]],
    [results[1]!.region, [results[0]!.region]],
  ]);
});
