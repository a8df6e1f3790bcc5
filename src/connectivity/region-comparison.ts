import { policyFor } from '../errors/error-policy.js';
import { stunUrlFor } from '../credentials/ice-url.js';
import { isIceServersError, type IceServersLoader } from '../index.js';
import { readTarget, readTargets, type Target } from './targets.js';
import { testUrl, type RawResult, type UrlDeadline } from './test-url.js';
import type { RegionResult, RegionStatus } from './types.js';

/** How many of the nearest may fail to relay before no winner is named. */
const maxConfirmations = 3;

type Measurement = Omit<RegionResult, 'region' | 'relay'>;

/** A TURN URL that was measured, for one region or for several that share it. */
interface MeasuredServer {
  readonly target: Target;
  readonly measurement: Promise<Measurement>;
}

export interface ComparisonSettings {
  readonly sampleCount: number;
  readonly deadline: UrlDeadline;
  readonly onResult: (result: RegionResult) => void;
}

/** One run of `compareRegions`. */
export class RegionComparison {
  readonly #settings: ComparisonSettings;
  readonly #results: RegionResult[] = [];
  readonly #servers = new Map<string, MeasuredServer>();
  /** The code of a failure that every region shares: from then on only the cache is asked. */
  #sharedFailure: RegionStatus | undefined;

  constructor(settings: ComparisonSettings) {
    this.#settings = settings;
  }

  /** Sorts the results, the nearest first, and returns them. */
  rank(): RegionResult[] {
    return this.#results.sort(byRoundTrip);
  }

  /** Loads the servers of a region and measures them. Never rejects. */
  async measure(region: string, loader: IceServersLoader): Promise<void> {
    const result = { region, ...(await this.#measureServers(loader)) };
    loader.dispose();
    this.#results.push(result);
    this.#settings.onResult(result);
  }

  /** Sends data through the nearest server. If it does not relay, the next nearest is tried. */
  async confirmNearest(): Promise<void> {
    for (let left = maxConfirmations; left > 0; left -= 1) {
      const [nearest] = this.rank();
      if (nearest?.rtt === undefined) return;
      const outcome = await testUrl(this.#servers.get(nearest.url!)!.target, this.#settings.deadline, true);
      if (outcome.status === 'aborted') return;
      if (outcome.relay) return this.#update(nearest, { status: outcome.status, relay: outcome.relay });
      for (const result of this.#results.filter(({ url }) => url === nearest.url)) {
        this.#update(result, { status: outcome.status, rtt: undefined });
      }
    }
  }

  async #measureServers(loader: IceServersLoader): Promise<Measurement> {
    try {
      const target = await this.#loadTarget(loader);
      return target ? await this.#measureOnce(target) : { samples: [], status: 'no-candidate' };
    } catch (error) {
      return { samples: [], status: this.#statusOfFailure(error) };
    }
  }

  async #loadTarget(loader: IceServersLoader): Promise<Target | undefined> {
    const cache = this.#sharedFailure ? 'only-if-cached' : 'default';
    const { iceServers } = await loader.load({ signal: this.#settings.deadline.signal, cache });
    return readTargets(iceServers).find(({ kind, transport }) => kind === 'turn' && transport === 'udp');
  }

  #measureOnce(target: Target): Promise<Measurement> {
    const known = this.#servers.get(target.url);
    if (known) return known.measurement;
    const measurement = measureRoundTrips(target.url, this.#settings);
    this.#servers.set(target.url, { target, measurement });
    return measurement;
  }

  #statusOfFailure(error: unknown): RegionStatus {
    if (!isIceServersError(error)) return this.#settings.deadline.signal?.aborted ? 'aborted' : 'error';
    if (error.code === 'not-cached' && this.#sharedFailure) return this.#sharedFailure;
    if (policyFor(error.code).affectsAllRegions) this.#sharedFailure = error.code;
    return error.code;
  }

  #update(result: RegionResult, change: Partial<RegionResult>): void {
    const updated = { ...result, ...change };
    this.#results[this.#results.indexOf(result)] = updated;
    this.#settings.onResult(updated);
  }
}

/** Measures STUN round trips to the host and port of a TURN URL: they take no allocation. */
async function measureRoundTrips(url: string, { sampleCount, deadline }: ComparisonSettings): Promise<Measurement> {
  const target = readTarget(stunUrlFor(url)!);
  const samples: number[] = [];
  let result: RawResult;
  do {
    result = await testUrl(target, deadline);
    if (result.status === 'ok') samples.push(result.elapsed);
  } while (result.status === 'ok' && samples.length < sampleCount);
  const { status } = result;
  return { url, rtt: status === 'ok' ? Math.min(...withoutLookup(samples)) : undefined, samples, status };
}

/** The first sample looks up the host's name, which takes a time of its own. */
function withoutLookup(samples: readonly number[]): readonly number[] {
  return samples.length > 1 ? samples.slice(1) : samples;
}

function byRoundTrip(a: RegionResult, b: RegionResult): number {
  return (a.rtt ?? Number.MAX_VALUE) - (b.rtt ?? Number.MAX_VALUE);
}
