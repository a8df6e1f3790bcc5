import { adviceFor } from './advice.js';
import { dependsOnHost, statusAtHost } from './status.js';
import type { Target } from './targets.js';
import type { RawResult } from './test-url.js';
import type { ServerResult, ServerStatus } from './types.js';

/** The results of a run. A result is final once no other URL of the same host can change it. */
export class ServerResults {
  /** The final results, in the order of the targets. */
  readonly final: ServerResult[] = [];
  readonly #raw: RawResult[] = [];
  readonly #targets: readonly Target[];
  readonly #onFinal: (result: ServerResult) => void;

  /** @param onFinal called once with each result */
  constructor(targets: readonly Target[], onFinal: (result: ServerResult) => void) {
    this.#targets = targets;
    this.#onFinal = onFinal;
  }

  /** Whether `RTCPeerConnection` itself does not work. */
  get isBlocked(): boolean {
    const tested = this.#raw.filter(({ status }) => status !== 'invalid');
    return tested.length > 0 && tested.every(({ isBlocked }) => isBlocked);
  }

  /** Adds the result of one target, and completes the results of its host that no longer have to wait. */
  add(index: number, result: RawResult): void {
    this.#raw[index] = result;
    const { host } = this.#targets[index]!;
    const indexes = [...this.#targets.keys()].filter((other) => this.#targets[other]!.host === host);
    const hostStatus = statusAtHost(indexes.map((other) => this.#raw[other]));
    for (const other of indexes) this.#complete(other, hostStatus);
  }

  #complete(index: number, hostStatus: ServerStatus | undefined): void {
    const raw = this.#raw[index];
    if (!raw || this.final[index]) return;
    const status = dependsOnHost(raw.status) ? hostStatus : raw.status;
    if (!status) return;
    const { isBlocked: _, ...rest } = raw;
    const result = { ...rest, status, advice: adviceFor(raw.transport, status) };
    this.final[index] = result;
    this.#onFinal(result);
  }
}
