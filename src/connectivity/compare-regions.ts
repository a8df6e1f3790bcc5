import {
  createIceServersLoader,
  isIceServersError,
  regions as documented,
  type IceServersErrorCode,
  type IceServersOptions,
} from '../index.js';
import { check, compareChecks, tell } from './options.js';
import { runAll } from './run-all.js';
import { readTarget, readTargets, type Target } from './targets.js';
import { testUrl } from './test-url.js';
import type { CompareRegionsOptions, RegionResult } from './types.js';

const timeoutMs = 5000;
const concurrency = 6;
/** How many of the nearest may fail to relay before nobody is called the winner. */
const confirmations = 3;

const byRtt = ({ rtt: a = Infinity }: RegionResult, { rtt: b = Infinity }: RegionResult): number => (a < b ? -1 : Number(a > b));

/**
 * Measures how near each region's TURN server is, the nearest first.
 *
 * Each region's servers are loaded with the options given, from the cache where they are there. The first TURN URL over UDP
 * is measured by STUN round trips to the same host and port, which take no allocation (a TURN server answers STUN: RFC 8656), and
 * the first of them, which looks the name up, is left out. Regions that share a URL are measured once. The nearest is then confirmed
 * by data through its relay; where that fails it says so, goes to the end, and the next nearest is tried, three in all.
 * After a refused key or a 429 no further region is asked for.
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
  check(settings, compareChecks);
  const { regions = documented, samples: sampleCount = 3, signal, onResult } = settings;
  const limits = { timeoutMs, signal };
  const results: RegionResult[] = [];
  const measured = new Map<string, Promise<Pick<RegionResult, 'rtt' | 'samples' | 'status'>>>();
  const targets = new Map<string, Target>();
  let refusal: IceServersErrorCode | undefined;

  const measure = async (url: string): Promise<Pick<RegionResult, 'rtt' | 'samples' | 'status'>> => {
    const target = readTarget(url.replace(/^turn/, 'stun').replace(/\?.*/, ''));
    const samples: number[] = [];
    while (samples.length < sampleCount) {
      const { status, elapsed } = await testUrl(target, limits);
      if (status !== 'ok') return { rtt: undefined, samples, status };
      samples.push(elapsed);
    }
    return { rtt: Math.min(...samples.slice(sampleCount > 1 ? 1 : 0)), samples, status: 'ok' };
  };

  const failed = (region: string, status: RegionResult['status']): RegionResult => ({
    region,
    url: undefined,
    rtt: undefined,
    samples: [],
    status,
  });

  const resultOf = async (
    region: string,
    load: (options: { signal: AbortSignal | undefined }) => Promise<RTCConfiguration>,
  ): Promise<RegionResult> => {
    if (signal?.aborted) return failed(region, 'aborted');
    if (refusal) return failed(region, refusal);
    try {
      const target = readTargets(await load({ signal })).find(({ kind, transport }) => kind === 'turn' && transport === 'udp');
      if (!target) return failed(region, 'no-candidate');
      const { url } = target;
      targets.set(url, target);
      if (!measured.has(url)) measured.set(url, measure(url));
      return { region, url, ...(await measured.get(url)!) };
    } catch (error) {
      if (!isIceServersError(error)) return failed(region, signal?.aborted ? 'aborted' : 'error');
      if (/^(invalid-api-key|rate-limited)$/.test(error.code)) refusal = error.code;
      return failed(region, error.code);
    }
  };

  const tasks = regions.map((region) => {
    const { load } = createIceServersLoader({ ...options, region, rtcConfiguration: undefined, maxUrls: undefined, fallback: undefined });
    return async () => {
      const result = await resultOf(region, load);
      results.push(result);
      tell(onResult, result);
    };
  });
  await runAll(tasks, concurrency);

  for (let attempt = 0; attempt < confirmations; attempt += 1) {
    const [nearest] = results.sort(byRtt);
    if (nearest?.rtt === undefined || signal?.aborted) break;
    const { status, relay } = await testUrl(targets.get(nearest.url!)!, limits, true);
    results[0] = relay ? { ...nearest, relay } : { ...nearest, rtt: undefined, status };
    tell(onResult, results[0]);
    if (relay) break;
  }
  return results.sort(byRtt);
};
