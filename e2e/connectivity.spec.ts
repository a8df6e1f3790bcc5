import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  credential,
  expect,
  openConnectivity,
  runIn,
  serversFor,
  startUdpProxy,
  statusesOf,
  test,
  username,
} from './support/connectivity.js';

test('C-65: a good server works over UDP, TCP and STUN, and data goes through it', async ({ connectivityPage, turn }) => {
  const urls = [`stun:127.0.0.1:${turn.port}`, `turn:127.0.0.1:${turn.port}`, `turn:127.0.0.1:${turn.port}?transport=tcp`];
  const run = await runIn(connectivityPage, serversFor(urls));
  expect(run.results.map(({ url, status, stage }) => [url, status, stage])).toEqual([
    [urls[0], 'ok', 'reached'],
    [urls[1], 'ok', 'relayed'],
    [urls[2], 'ok', 'relayed'],
  ]);
  expect([run.verdict, run.summary]).toEqual(['ok', 'All is well: UDP and TCP work.']);
  for (const { relay } of run.results.slice(1)) {
    expect(relay!.loss).toBeLessThan(1);
    expect(relay!.rtt.min).toBeLessThanOrEqual(relay!.rtt.median);
    expect(relay!.rtt.median).toBeLessThanOrEqual(relay!.rtt.p95);
  }
  expect(run.results.map(({ candidates }) => candidates.find(({ type }) => type === 'relay')?.relayProtocol)).toEqual([
    undefined,
    'udp',
    'tcp',
  ]);
  expect(run.madeCount).toBe(5);
});

test('without relay one connection for each URL is enough', async ({ connectivityPage, turn }) => {
  const urls = [`turn:127.0.0.1:${turn.port}`, `turn:127.0.0.1:${turn.port}?transport=tcp`];
  const run = await runIn(connectivityPage, serversFor(urls), { relay: false });
  expect(run.results.map(({ status, stage, relay }) => [status, stage, relay])).toEqual([
    ['ok', 'allocated', undefined],
    ['ok', 'allocated', undefined],
  ]);
  expect(run.madeCount).toBe(2);
});

test('TLS works where the browser trusts the certificate', async ({ browserName, connectivityPage, turn }) => {
  test.skip(browserName === 'firefox', 'The next test is for Firefox.');
  const run = await runIn(connectivityPage, serversFor([`turns:localhost:${turn.tlsPort}?transport=tcp`]));
  expect(run).toMatchObject({ verdict: 'ok', results: [{ transport: 'tls', stage: 'relayed' }] });
});

test('TLS works in Firefox where it trusts the certificate', async ({ browserName, playwright, site, turn }, { project }) => {
  test.skip(browserName !== 'firefox', 'The test before is for Chromium.');
  test.slow();
  const folder = await mkdtemp(join(tmpdir(), 'connectivity-'));
  // The option reaches `turns:` sockets in a persistent context only.
  const options = { ...project.use.launchOptions, channel: 'moz-firefox', ignoreHTTPSErrors: true };
  const context = await playwright.firefox.launchPersistentContext(folder, options);
  try {
    const page = await openConnectivity(await context.newPage(), site);
    const run = await runIn(page, serversFor([`turns:localhost:${turn.tlsPort}?transport=tcp`]));
    expect(run).toMatchObject({ verdict: 'ok', results: [{ transport: 'tls', stage: 'relayed' }] });
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('turns: with an address works in Chromium, and has no candidate in Firefox', async ({ browserName, connectivityPage, turn }) => {
  const run = await runIn(connectivityPage, serversFor([`turns:127.0.0.1:${turn.tlsPort}`]));
  expect(statusesOf(run)).toEqual([browserName === 'chromium' ? 'ok' : 'no-candidate']);
});

test('one dead address family is no fault', async ({ connectivityPage, turn }) => {
  // `localhost` is ::1 as well, and there nobody listens.
  await using proxy = await startUdpProxy(turn.port, 0);
  const run = await runIn(connectivityPage, serversFor([`turn:localhost:${proxy.port}`]));
  expect(statusesOf(run)).toEqual(['ok']);
});

test('the round trip is the way to the server and back, not the echo relayed at both ends', async ({ connectivityPage, turn }) => {
  await using proxy = await startUdpProxy(turn.port, 50);
  const { results } = await runIn(connectivityPage, serversFor([`stun:127.0.0.1:${proxy.port}`, `turn:127.0.0.1:${proxy.port}`]));
  const { rtt, loss } = results[1]!.relay!;
  expect(rtt.min).toBeGreaterThanOrEqual(99);
  expect(rtt.min).toBeLessThan(198);
  expect(results[0]!.elapsed).toBeGreaterThanOrEqual(95);
  expect(loss).toBe(0);
});

test('a report holds neither the pair nor an address of this device', async ({ connectivityPage, turn }) => {
  const urls = [`stun:localhost:${turn.port}`, `turn:localhost:${turn.port}`, `turn:localhost:${turn.port}?transport=tcp`];
  for (const password of [credential, 'wrong-credential']) {
    const { text } = await runIn(connectivityPage, serversFor(urls, password));
    expect(text).toContain('"verdict"');
    for (const secret of [username, credential, 'wrong-credential', '127.0.0.1', '.local', '192.168.']) expect(text).not.toContain(secret);
    // A time may begin as an address does.
    expect(text).not.toMatch(/\b\d{1,3}(\.\d{1,3}){3}\b/);
  }
});

test('each result is told as it comes, and a listener that throws stops nothing', async ({ connectivityPage, turn }) => {
  const urls = [`stun:127.0.0.1:${turn.port}`, `turn:127.0.0.1:${turn.port}`];
  const told = await connectivityPage.evaluate(async (iceServers) => {
    const seen: string[] = [];
    const thrown: string[] = [];
    window.addEventListener('error', (event) => {
      thrown.push(String(event.error));
      event.preventDefault();
    });
    const { results } = await window.connectivity.testConnectivity(
      { iceServers },
      {
        onResult: ({ url }) => {
          seen.push(url);
          throw new Error('mine');
        },
      },
    );
    return { seen: seen.sort(), urls: results.map(({ url }) => url), thrown };
  }, serversFor(urls));
  expect(told).toEqual({ seen: urls, urls, thrown: ['Error: mine', 'Error: mine'] });
});

test('a result is told once, when it is final: a closed port of a name that does not resolve is `dns` from the start', async ({
  connectivityPage,
}) => {
  const host = 'nohost.invalid';
  const told = await connectivityPage.evaluate(
    async (iceServers) => {
      const seen: string[] = [];
      await window.connectivity.testConnectivity({ iceServers }, { onResult: ({ status }) => seen.push(status) });
      return seen;
    },
    serversFor([`turn:${host}:80?transport=tcp`, `turns:${host}:443`, `turn:${host}:80`]),
  );
  expect(told).toEqual(['dns', 'dns', 'dns']);
});
