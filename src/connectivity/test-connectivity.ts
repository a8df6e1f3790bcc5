import { usageError } from '../errors/usage-error.js';
import { validateOptions } from '../options/validate.js';
import { ConnectivityRun } from './connectivity-run.js';
import { connectivityChecks, requireWebRtc } from './options.js';
import { readTargets } from './targets.js';
import type { ConnectivityOptions, ConnectivityReport } from './types.js';

const defaultQualitySeconds = 3;

/**
 * Tests every STUN and TURN URL of a configuration from the network of this page and returns what works and what to do.
 *
 * Each URL is tested with a separate connection, so that there is no doubt which one failed. The first proof that a URL works decides: for
 * STUN, a server-reflexive candidate; for TURN, data that was relayed to the far end and back (with `relay: false`, a relay candidate). If
 * everything works, a run takes about half a second. The same URL with the same credential is tested only once. No permission is needed,
 * and only `iceServers` of the configuration is used. A TURN URL takes one allocation, and a second one for the data: if only a few are
 * allowed, lower `concurrency`.
 *
 * With `quality`, packets like those of a voice call then go through the best TURN URL that works. UDP is preferred to TCP, and TCP to TLS;
 * of several URLs with the same transport, the nearest is used. Even without `quality`, the data tests notice some loss, and `summary` then
 * says so.
 *
 * The status comes from the codes of `icecandidateerror` and never from its text
 * (https://www.w3.org/TR/webrtc/#rtcpeerconnectioniceerrorevent). A 701 is ignored if there is a candidate as well
 * (https://github.com/webrtc/samples/issues/1227). `dns` over UDP is inferred from how early the 701 comes.
 *
 * @param configuration a configuration for `new RTCPeerConnection` that has `iceServers`
 * @param options `timeout` in milliseconds (5000), `concurrency` (6), `relay` (true), `quality` (false), `signal`, `onResult`, `onProgress`
 * @returns the report. After an abort, the promise still resolves: the report has the results so far, and the rest are `aborted`.
 * @throws `TypeError` (as a rejection) for a wrong configuration or option, or if there is no WebRTC, as in a worker or in Node
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
export async function testConnectivity(configuration: RTCConfiguration, options: ConnectivityOptions = {}): Promise<ConnectivityReport> {
  const given = validateOptions(options, connectivityChecks);
  const { timeout = 5000, concurrency = 6, relay = true, quality = false, signal, onResult, onProgress } = given;
  requireWebRtc();
  const run = new ConnectivityRun(readTargets(serversOf(configuration)), {
    deadline: { timeoutMs: timeout, signal },
    concurrency,
    sendsData: relay,
    qualitySeconds: quality === true ? defaultQualitySeconds : Number(quality),
    onResult,
    onProgress,
  });
  const report = await run.run();
  return { ...report, toJSON: () => report };
}

function serversOf(configuration: RTCConfiguration): RTCIceServer[] {
  const servers: unknown = configuration?.iceServers;
  if (!Array.isArray(servers) || !servers.every((server) => server?.urls)) {
    throw usageError('configuration must be { iceServers: [{ urls }] }, as returned by load()');
  }
  return servers;
}
