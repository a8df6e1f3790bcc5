import {
  createIceServersLoader,
  isIceServersError,
  regions as documented,
  type IceServersLoader,
  type IceServersOptions,
} from '../index.js';
import { check, tell } from './options.js';
import { runAll } from './run-all.js';
import { readTarget, readTargets, type Target } from './targets.js';
import { testUrl, type Found } from './test-url.js';
import type { CompareRegionsOptions, RegionResult } from './types.js';

const concurrency = 6;
/** How many of the nearest may fail to relay before nobody is called the winner. */
const confirmations = 3;

type Measured = Omit<RegionResult, 'region' | 'relay'>;

const byRtt = ({ rtt: a = 1e9 }: RegionResult, { rtt: b = 1e9 }: RegionResult): number => a - b;

/**
 * Measures how near each region's TURN server is, the nearest first.
 *
 * Each region's servers are loaded with the options given, from the cache where they are there. The first TURN URL over UDP
 * is measured by STUN round trips to the same host and port, which take no allocation (a TURN server answers STUN: RFC 8656), and
 * the first of them, which looks the name up, is left out. Regions that share a URL are measured once. The nearest is then confirmed
 * by data through its relay; where that fails it says so, goes to the end with those that share its URL, and the next nearest is tried,
 * three in all. After a refused key or a 429 the endpoint is not asked again: a region that is not in the cache then has that status.
 *
 * @param options as for a loader; `region`, `rtcConfiguration`, `maxUrls` and `fallback` are left out
 * @param settings `regions` (all documented), `samples` (3), `signal`, `onResult`
 * @returns one result for each region: `rtt` in ms and `status`, which is a load's error code where that failed; an abort resolves too
 * @throws `TypeError` (a rejection) for a wrong option or where there is no WebRTC; `IceServersError` `secret-key` for a key of another kind
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
export const compareRegions = async (options: IceServersOptions, settings: CompareRegionsOptions = {}): Promise<RegionResult[]> => {
  check(settings, 'regions, samples, signal, onResult');
  const { regions = documented, samples: count = 3, signal, onResult } = settings;
  const limits = { timeout: 5000, signal };
  const results: RegionResult[] = [];
  const seen = new Map<string, readonly [Target, Promise<Measured>]>();
  let refusal: RegionResult['status'] | undefined;

  const measure = async (url: string): Promise<Measured> => {
    const target = readTarget(url.replace(/^turn([^?]*).*/i, 'stun$1'));
    const samples: number[] = [];
    let result: Found;
    do result = await testUrl(target, limits);
    while (result.status === 'ok' && samples.push(result.elapsed) < count);
    const { status } = result;
    return { url, rtt: status === 'ok' ? Math.min(...samples.slice(+(count > 1))) : undefined, samples, status };
  };

  const resultOf = async ({ load }: IceServersLoader): Promise<Measured> => {
    let status: RegionResult['status'] = 'no-candidate';
    try {
      const { iceServers = [] } = await load({ signal, cache: refusal ? 'only-if-cached' : 'default' });
      const target = readTargets(iceServers).find(({ kind, transport }) => kind === 'turn' && transport === 'udp');
      if (target) {
        const { url } = target;
        if (!seen.has(url)) seen.set(url, [target, measure(url)]);
        return await seen.get(url)![1];
      }
    } catch (error) {
      status = isIceServersError(error) ? error.code : signal?.aborted ? 'aborted' : 'error';
      if (status === 'not-cached') status = refusal!;
      if (/api|rate/.test(status)) refusal = status;
    }
    return { samples: [], status };
  };

  const tasks = regions.map((region) => {
    const loader = createIceServersLoader({ ...options, region, rtcConfiguration: undefined, maxUrls: undefined, fallback: undefined });
    return async () => {
      const result = { region, ...(await resultOf(loader)) };
      loader.dispose();
      results.push(result);
      tell(onResult, result);
    };
  });
  await runAll(tasks, concurrency);

  for (let left = confirmations; left; left -= 1) {
    const [nearest] = results.sort(byRtt);
    if (nearest?.rtt === undefined) break;
    const { status, relay } = await testUrl(seen.get(nearest.url!)![0], limits, true);
    if (status === 'aborted') break;
    results.forEach((result, index) => {
      // Regions that share its server fail with it.
      if (relay ? result !== nearest : result.url !== nearest.url) return;
      results[index] = { ...result, rtt: relay && result.rtt, status, relay };
      tell(onResult, results[index]);
    });
    if (relay) break;
  }
  return results.sort(byRtt);
};
