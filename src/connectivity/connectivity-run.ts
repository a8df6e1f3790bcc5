import { callPlan, measureCallQuality } from './call-quality.js';
import type { UrlDeadline } from './ice-probe.js';
import { notify } from './notify.js';
import { bestRelay } from './relay-ranking.js';
import { echoPlan, type PacketTimes, type TrafficPlan } from './relay-traffic.js';
import { runAll } from './run-all.js';
import { ServerResults } from './server-results.js';
import type { Target } from './targets.js';
import { longestTestMs } from './test-connections.js';
import { testUrl } from './test-url.js';
import type { CallQuality, ConnectivityOptions, Progress, ReportData } from './types.js';
import { blockedVerdict, getVerdict } from './verdict.js';

export interface RunSettings extends Pick<ConnectivityOptions, 'onResult' | 'onProgress'> {
  readonly deadline: UrlDeadline;
  readonly concurrency: number;
  readonly sendsData: boolean;
  /** How long the quality of a call is measured; 0 if it is not. */
  readonly qualitySeconds: number;
}

/** Five calls of `onProgress` a second: a page need not draw each packet. */
const packetsPerProgress = 10;

/** One run of `testConnectivity`. */
export class ConnectivityRun {
  readonly #targets: readonly Target[];
  readonly #settings: RunSettings;
  readonly #results: ServerResults;
  readonly #callPlan: TrafficPlan;
  readonly #running = new Set<Target>();
  #testedCount = 0;

  constructor(targets: readonly Target[], settings: RunSettings) {
    this.#targets = targets;
    this.#settings = settings;
    this.#callPlan = callPlan(settings.qualitySeconds);
    this.#results = new ServerResults(targets, (result) => notify(settings.onResult, result));
  }

  async run(): Promise<ReportData> {
    const tasks = this.#targets.map((target, index) => () => this.#testServer(target, index));
    await runAll(tasks, this.#settings.concurrency);
    const results = this.#results.final;
    if (this.#results.isBlocked) return { ...blockedVerdict, results };
    const best = this.#settings.qualitySeconds > 0 ? bestRelay(results) : undefined;
    if (!best) return { ...getVerdict(results), results };
    const quality = await this.#measureQuality(this.#targets[results.indexOf(best)]!);
    const isMissing = !quality && !this.#settings.deadline.signal?.aborted;
    return { ...getVerdict(results, isMissing ? 'unmeasured' : quality), results, quality };
  }

  async #testServer(target: Target, index: number): Promise<void> {
    const { deadline, sendsData } = this.#settings;
    this.#running.add(target);
    this.#reportServers();
    this.#results.add(index, await testUrl(target, deadline, sendsData));
    this.#running.delete(target);
    this.#testedCount += 1;
    this.#reportServers();
  }

  #measureQuality(target: Target): Promise<CallQuality | undefined> {
    const onSent = (timesMs: PacketTimes): void => this.#reportPackets(target, timesMs);
    onSent([]);
    return measureCallQuality(target, this.#settings.deadline, { ...this.#callPlan, onSent });
  }

  #reportServers(): void {
    const { deadline, concurrency, sendsData, qualitySeconds } = this.#settings;
    const left = this.#targets.length - this.#testedCount;
    const longestUrlMs = sendsData ? longestTestMs(deadline.timeoutMs, echoPlan) : deadline.timeoutMs;
    this.#notify({
      phase: 'servers',
      done: this.#testedCount,
      total: this.#targets.length,
      running: [...this.#running].map(({ url }) => url),
      remaining: Math.ceil(left / concurrency) * longestUrlMs + (qualitySeconds > 0 ? this.#longestQualityMs() : 0),
    });
  }

  #reportPackets({ url }: Target, timesMs: PacketTimes): void {
    if (timesMs.length % packetsPerProgress > 0) return;
    const { packetCount: total, paceMs } = this.#callPlan;
    const remaining = this.#longestQualityMs() - timesMs.length * paceMs;
    this.#notify({ phase: 'quality', done: timesMs.length, total, running: [url], remaining, packets: [...timesMs] });
  }

  #longestQualityMs(): number {
    return longestTestMs(this.#settings.deadline.timeoutMs, this.#callPlan);
  }

  #notify(progress: Progress): void {
    notify(this.#settings.onProgress, progress);
  }
}
