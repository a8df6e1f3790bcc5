import { createHmac } from 'node:crypto';
import { freePort } from '../demo/server/turn/loopback.js';
import {
  credential,
  expect,
  openConnectivity,
  runIn,
  serversFor,
  startBlackHole,
  startCoturn,
  startUdpProxy,
  statusesOf,
  test,
} from './support/connectivity.js';

/** Whatever ends in less was decided by what the browser said, and not by the limit. */
const farAway = { timeout: 600_000 };

test('a wrong password is unauthorized over UDP and TCP, while STUN works', async ({ connectivityPage, turn }) => {
  const urls = [`stun:127.0.0.1:${turn.port}`, `turn:127.0.0.1:${turn.port}`, `turn:127.0.0.1:${turn.port}?transport=tcp`];
  const run = await runIn(connectivityPage, serversFor(urls, 'wrong'));
  expect(statusesOf(run)).toEqual(['ok', 'unauthorized', 'unauthorized']);
  expect(run.verdict).toBe('credentials-rejected');
  expect(run.results[1]!.errors).toEqual([{ code: 401, elapsed: expect.any(Number) }]);
});

test('an expired pair is unauthorized, and one that still lives is not', async ({ connectivityPage }) => {
  await using turn = await startCoturn('--use-auth-secret', '--static-auth-secret=S');
  const serverAt = (expiry: number): RTCIceServer => {
    const name = `${Math.round(expiry / 1000)}:any`;
    return { urls: `turn:127.0.0.1:${turn.port}`, username: name, credential: createHmac('sha1', 'S').update(name).digest('base64') };
  };
  const run = await runIn(connectivityPage, [serverAt(Date.now() - 60_000), serverAt(Date.now() + 60_000)]);
  expect(statusesOf(run)).toEqual(['unauthorized', 'ok']);
});

test('a user at the quota gets told so', async ({ connectivityPage }) => {
  await using turn = await startCoturn('--user-quota=1');
  expect(statusesOf(await runIn(connectivityPage, serversFor([`turn:127.0.0.1:${turn.port}`])))).toEqual(['quota']);
});

test('a server without a free relay port is full, or in Firefox refuses', async ({ browserName, connectivityPage }) => {
  const port = await freePort();
  // One port is enough for the near end and none is left for the far one.
  await using turn = await startCoturn(`--min-port=${port}`, `--max-port=${port}`);
  const run = await runIn(connectivityPage, serversFor([`turn:127.0.0.1:${turn.port}`]));
  expect(statusesOf(run)).toEqual([browserName === 'chromium' ? 'capacity' : 'refused']);
});

test('a server that allocates but forbids the peer is refused', async ({ connectivityPage }) => {
  await using turn = await startCoturn('--denied-peer-ip=127.0.0.0-127.255.255.255');
  const servers = serversFor([`turn:127.0.0.1:${turn.port}`]);
  const run = await runIn(connectivityPage, servers);
  expect(run.results).toMatchObject([{ status: 'refused', stage: 'allocated', errors: [] }]);
  expect(statusesOf(await runIn(connectivityPage, servers, { relay: false }))).toEqual(['ok']);
});

test('closed ports are unreachable over TCP and TLS, long before the time limit', async ({ connectivityPage }) => {
  const port = await freePort();
  const run = await runIn(connectivityPage, serversFor([`turn:127.0.0.1:${port}?transport=tcp`, `turns:localhost:${port}`]), farAway);
  expect(statusesOf(run)).toEqual(['unreachable', 'unreachable']);
  expect(run.verdict).toBe('offline');
});

test('a name that does not resolve is dns over every transport, long before the time limit', async ({ connectivityPage }) => {
  const host = 'nohost.invalid';
  const run = await runIn(
    connectivityPage,
    serversFor([`turns:${host}:443`, `turn:${host}:80?transport=tcp`, `turn:${host}:80`, `stun:${host}:80`]),
    farAway,
  );
  expect(statusesOf(run)).toEqual(['dns', 'dns', 'dns', 'dns']);
  expect(run.results[0]!.advice).toContain('name');
  expect(run.verdict).toBe('offline');
});

test('dead UDP and a black hole over TCP and TLS end at the time limit', async ({ connectivityPage }) => {
  await using hole = await startBlackHole();
  const port = await freePort();
  const urls = [
    `stun:127.0.0.1:${port}`,
    `turn:127.0.0.1:${port}`,
    `turn:127.0.0.1:${hole.port}?transport=tcp`,
    `turns:localhost:${hole.port}`,
  ];
  const run = await runIn(connectivityPage, serversFor(urls), { timeout: 1500 });
  expect(statusesOf(run)).toEqual(['timeout', 'timeout', 'timeout', 'timeout']);
  expect(run.verdict).toBe('offline');
  // The browser itself gives up after 11 s or more, with a 701.
  expect(run.results.flatMap(({ errors }) => errors).filter(({ elapsed }) => elapsed > 10_000)).toEqual([]);
});

test('UDP that a policy or a preference blocks is told from TCP that works', async ({ browserName, launch, site, turn }) => {
  test.slow();
  const urls = [`stun:127.0.0.1:${turn.port}`, `turn:127.0.0.1:${turn.port}`, `turn:127.0.0.1:${turn.port}?transport=tcp`];
  const browser = await launch((given) => [...given, '--webrtc-ip-handling-policy=disable_non_proxied_udp'], {
    'media.peerconnection.nat_simulator.block_udp': true,
  });
  const page = await openConnectivity(await browser.newPage(), site);
  const run = await runIn(page, serversFor(urls), { timeout: 2000 });
  const blocked = browserName === 'chromium' ? 'no-candidate' : 'timeout';
  expect(statusesOf(run)).toEqual([blocked, blocked, 'ok']);
  expect([run.verdict, run.summary]).toEqual(['udp-blocked', 'UDP is blocked here, but TCP works: calls will go that way.']);
});

test('a server that is too slow for the time limit is one that gives no answer in time, not one that refuses', async ({
  connectivityPage,
  turn,
}) => {
  await using proxy = await startUdpProxy(turn.port, 200);
  const { results } = await runIn(connectivityPage, serversFor([`turn:127.0.0.1:${proxy.port}`]), { timeout: 1500 });
  expect(results).toMatchObject([{ status: 'timeout', stage: 'allocated' }]);
});

test('a certificate that the browser does not trust is unreachable, and the advice says so', async ({ launch, site, turn }) => {
  test.slow();
  const browser = await launch((given) => given.filter((argument) => argument !== '--ignore-certificate-errors'));
  const page = await openConnectivity(await browser.newPage(), site);
  const run = await runIn(page, serversFor([`turn:localhost:${turn.port}?transport=tcp`, `turns:localhost:${turn.tlsPort}?transport=tcp`]));
  expect(statusesOf(run)).toEqual(['ok', 'unreachable']);
  expect(run.verdict).toBe('tls-blocked');
  expect(run.results[1]!.advice).toContain('certificate');
});

test('what the browser rejects is invalid, each by itself', async ({ connectivityPage, turn }) => {
  const good = `stun:127.0.0.1:${turn.port}`;
  const run = await runIn(connectivityPage, [
    { urls: ['stun:127.0.0.1?transport=udp', 'stuns:127.0.0.1', 'turn:127.0.0.1', good, 'https://127.0.0.1', `turn:name:${credential}@h`] },
    { urls: 'turn:127.0.0.1', username: 'x'.repeat(600), credential },
  ]);
  expect(statusesOf(run)).toEqual(['invalid', 'invalid', 'invalid', 'ok', 'invalid', 'invalid', 'invalid']);
  expect(run.text).not.toContain(credential);
});

test('where the browser rejects every URL, nothing works, and that is what it says', async ({ connectivityPage }) => {
  const run = await runIn(connectivityPage, [{ urls: ['stun:127.0.0.1?transport=udp', 'turn:127.0.0.1'] }]);
  expect([run.verdict, run.summary]).toEqual(['offline', 'The browser rejects every address, username or password: correct them.']);
});
