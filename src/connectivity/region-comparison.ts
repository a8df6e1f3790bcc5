import { policyFor } from '../errors/error-policy.js';
import { isIceServersError, type IceServersLoader } from '../index.js';
import type { UrlDeadline } from './ice-probe.js';
import { measureRoundTrip, type Measurement } from './region-measurement.js';
import { transportsByPreference } from './relay-ranking.js';
import { readTargets, type Target } from './targets.js';
import { testUrl } from './test-url.js';
import type { RegionResult, RegionStatus } from './types.js';

/** How many of the nearest servers are tried before no winner is named. */
const maxConfirmations = 3;

/** A measured TURN URL of one region, or of several regions that share it. */
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
  /** The code of a failure that all regions share. After it, only the cache is read. */
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

  /** Sends data through the nearest server. If that does not relay, tries the next nearest. */
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
    let firstFailure: Measurement | undefined;
    try {
      for (const target of await this.#loadTargets(loader)) {
        const measurement = await this.#measureOnce(target);
        if (measurement.status === 'ok' || measurement.status === 'aborted') return measurement;
        firstFailure ??= measurement;
      }
      return firstFailure ?? { samples: [], status: 'no-candidate' };
    } catch (error) {
      return { samples: [], status: this.#statusOfFailure(error) };
    }
  }

  /** Returns the first TURN URL over each transport. */
  async #loadTargets(loader: IceServersLoader): Promise<Target[]> {
    const cache = this.#sharedFailure ? 'only-if-cached' : 'default';
    const { iceServers } = await loader.load({ signal: this.#settings.deadline.signal, cache });
    const turn = readTargets(iceServers).filter(({ kind }) => kind !== 'stun');
    return transportsByPreference.flatMap((name) => turn.find(({ transport }) => transport === name) ?? []);
  }

  #measureOnce(target: Target): Promise<Measurement> {
    const known = this.#servers.get(target.url);
    if (known) return known.measurement;
    const measurement = measureRoundTrip(target, this.#settings.sampleCount, this.#settings.deadline);
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

function byRoundTrip(a: RegionResult, b: RegionResult): number {
  return (a.rtt ?? Number.MAX_VALUE) - (b.rtt ?? Number.MAX_VALUE);
}
