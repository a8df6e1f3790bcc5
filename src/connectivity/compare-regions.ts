import { createIceServersLoader, regions as documentedRegions, type IceServersOptions } from '../index.js';
import { isText, validateOptions } from '../options/validate.js';
import { notify } from './notify.js';
import { comparisonChecks, requireWebRtc } from './options.js';
import { RegionComparison } from './region-comparison.js';
import { withTies } from './region-ties.js';
import { runAll } from './run-all.js';
import type { CompareRegionsOptions, RegionResult } from './types.js';

const concurrency = 6;
const timeoutMs = 5000;

/**
 * Measures how near the TURN server of each region is, and returns the nearest first.
 *
 * The servers of each region are loaded with the options given, from the cache if they are there. Of each region the first TURN URL over
 * UDP is measured, by STUN round trips to the same host and port: they take no allocation (a TURN server answers STUN: RFC 8656). The
 * first round trip is left out, because it includes the look-up of the name. If nothing comes back over UDP, data through the relay over
 * TCP, or else TLS, is measured instead, and the result's `transport` says so. Regions that share a URL are measured once, and regions
 * whose samples overlap are named in `tiedWith`.
 *
 * The nearest is then confirmed by data through its relay. If that fails, its result says so and goes to the end, together with those that
 * share its URL, and the next nearest is tried, up to three in all. After a refused key or a 429 no more requests are made: a region that is
 * not in the cache then has that status.
 *
 * @param options as for a loader, or the address of an endpoint; `region`, `rtcConfiguration`, `maxUrls` and `fallback` are left out
 * @param settings `regions` (all that are documented), `samples` (3), `signal`, `onResult`
 * @returns one result for each region: `rtt` in milliseconds, and `status`, which is the error's code if the servers could not be loaded. An
 *   abort resolves as well.
 * @throws `TypeError` (as a rejection) for a wrong option, or if there is no WebRTC; `IceServersError` `secret-key` for a key of another kind
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
  const source = isText(options) || options instanceof URL ? { endpoint: options } : options;
  // All loaders come first, so that a wrong option rejects before anything is requested.
  const tasks = regions.map((region) => {
    const loader = createIceServersLoader({ ...source, region, rtcConfiguration: undefined, maxUrls: undefined, fallback: undefined });
    return () => comparison.measure(region, loader);
  });
  await runAll(tasks, concurrency);
  await comparison.confirmNearest();
  return withTies(comparison.rank());
}
