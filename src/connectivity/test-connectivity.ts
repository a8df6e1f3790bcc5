import { adviceFor } from './advice.js';
import { check, tell, wrong } from './options.js';
import { runAll } from './run-all.js';
import { statusAtHost } from './status.js';
import { readTargets } from './targets.js';
import { testUrl, type Found } from './test-url.js';
import type { ConnectivityOptions, ConnectivityReport, ServerResult } from './types.js';
import { judge } from './verdict.js';

/**
 * Tests every STUN and TURN URL of a configuration from where this page runs, and says in words what works and what to do.
 *
 * Each URL has a connection of its own, so that it is certain which one failed, decided at the first proof: a reflexive candidate
 * from STUN, data relayed there and back through TURN (with `relay: false`, a relay candidate). A run takes half a second where all is well.
 * The same URL with the same credential is tested once. No permission is asked for, and only `iceServers` is used of the configuration.
 * A TURN URL takes one allocation, and a second one for the data: where few are allowed, lower `concurrency`.
 *
 * What a browser shows, and what it means: an `icecandidateerror` has a STUN code or 701
 * (https://www.w3.org/TR/webrtc/#rtcpeerconnectioniceerrorevent); its text is not read. A 701 beside a candidate
 * is noise (https://github.com/webrtc/samples/issues/1227). `dns` over UDP is inferred from how early the 701 comes.
 *
 * @param configuration as for `new RTCPeerConnection`, with `iceServers`
 * @param options `timeout` in ms (5000), `concurrency` (6), `relay` (true), `signal`, `onResult`
 * @returns the report; an abort resolves too, with what was decided, the rest `aborted`
 * @throws `TypeError` (a rejection) for a wrong configuration or option, or where there is no WebRTC, as in a worker or in Node
 *
 * @example
 * ```ts
 * import { loadRTCConfiguration } from 'ice-servers-loader';
 * import { testConnectivity } from 'ice-servers-loader/connectivity';
 *
 * const configuration = await loadRTCConfiguration({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });
 * const report = await testConnectivity(configuration, { onResult: ({ url, status }) => console.log(url, status) });
 * console.log(report.summary, JSON.stringify(report));
 * ```
 */
export const testConnectivity = async (configuration: RTCConfiguration, options: ConnectivityOptions = {}): Promise<ConnectivityReport> => {
  check(options, 'timeout, concurrency, relay, signal, onResult');
  const { timeout = 5000, concurrency = 6, relay = true, signal, onResult } = options;
  const servers: unknown = configuration?.iceServers;
  if (!Array.isArray(servers) || !servers.every((server) => server?.urls))
    throw wrong('configuration must be { iceServers: [{ urls }] }, as from load()');
  const targets = readTargets(servers);
  const found: Found[] = [];
  const results: ServerResult[] = [];

  const settle = (host: string): void => {
    const indexes = [...targets.keys()].filter((index) => targets[index]!.host === host);
    const common = statusAtHost(indexes.map((index) => found[index]));
    for (const index of indexes) {
      const result = found[index];
      const status = result && (/dns|unr/.test(result.status) ? common : result.status);
      if (!status || results[index]) continue;
      results[index] = { ...result, status, advice: adviceFor(result.transport, status) };
      tell(onResult, results[index]);
    }
  };
  await runAll(
    targets.map((target, index) => async () => {
      found[index] = await testUrl(target, { timeout, signal }, relay);
      settle(target.host);
    }),
    concurrency,
  );
  const report = { ...judge(results), results };
  return { ...report, toJSON: () => report };
};
