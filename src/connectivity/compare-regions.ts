import { createIceServersLoader, regions as documentedRegions, type IceServersOptions } from '../index.js';
import { validateOptions, withEndpoint } from '../options/validate.js';
import { notify } from './notify.js';
import { comparisonChecks, requireWebRtc } from './options.js';
import { RegionComparison } from './region-comparison.js';
import { withTies } from './region-ties.js';
import { runAll } from './run-all.js';
import type { CompareRegionsOptions, RegionResult } from './types.js';

const concurrency = 6;
const timeoutMs = 5000;

/**
 * Measures how near the TURN server of each region is and returns the nearest first.
 *
 * The servers of each region are loaded with the given options, from the cache if possible. The first TURN URL over UDP of each region is
 * measured with STUN round trips to the same host and port, which need no allocation (a TURN server answers STUN requests: RFC 8656). The
 * first round trip is not counted, because it includes the name lookup. If nothing comes back over UDP, data is sent through the relay over
 * TCP, or over TLS if TCP fails too, and `transport` of the result says which. Regions that share a URL are measured only once, and regions
 * whose samples overlap are named in `tiedWith`.
 *
 * The nearest region is then confirmed by sending data through its relay. If that fails, its result says so and moves to the end of the
 * list with the results that share its URL. The next nearest is then tried, up to three in all. After a refused key or a rate limit, no
 * further requests are made: the status of each region that is not cached is then that code.
 *
 * @param options the options of a loader, or the URL of an endpoint; `region`, `rtcConfiguration`, `maxUrls` and `fallback` are ignored
 * @param settings `regions` (all that are documented), `samples` (3), `signal`, `onResult`
 * @returns one result for each region: `rtt` in milliseconds, and `status`, which is the code of the error if the servers could not be
 *   loaded. After an abort, the promise still resolves.
 * @throws (as a rejection) `TypeError` for a wrong option, or if there is no WebRTC; {@link IceServersError} `secret-key` for another kind of key
 *
 * @example
 * ```ts
 * import { compareRegions } from 'ice-servers-loader/connectivity';
 *
 * const [nearest] = await compareRegions(
 *   { appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' },
 *   { regions: ['europe', 'north_america', 'asia'] },
 * );
 * if (nearest?.relay) console.log(nearest.region, nearest.rtt);
 * ```
 */
export async function compareRegions(
  options: IceServersOptions | string | URL,
  settings: CompareRegionsOptions = {},
): Promise<RegionResult[]> {
  const { regions = documentedRegions, samples = 3, signal, onResult } = validateOptions(settings, comparisonChecks);
  requireWebRtc();
  const comparison = new RegionComparison({
    sampleCount: samples,
    deadline: { timeoutMs, signal },
    onResult: (result) => notify(onResult, result),
  });
  const source = withEndpoint(options);
  // All loaders are created first, so that a wrong option rejects before any request is made.
  const tasks = regions.map((region) => {
    const loader = createIceServersLoader({ ...source, region, rtcConfiguration: undefined, maxUrls: undefined, fallback: undefined });
    return () => comparison.measure(region, loader);
  });
  await runAll(tasks, concurrency);
  await comparison.confirmNearest();
  return withTies(comparison.rank());
}
