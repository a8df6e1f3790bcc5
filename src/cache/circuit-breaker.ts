import { withDeadline } from '../utils/with-deadline.js';

const stepTimeoutMs = 500;
/** After this many failures in a row, storage is skipped, because a broken one would delay each use by the time limit. */
const failuresUntilOpen = 3;
const openForMs = 60_000;

/** Limits the time of each storage step, and skips all steps for a minute after several failures in a row. No step rejects. */
export class CircuitBreaker {
  readonly #disposeSignal: AbortSignal;
  #failureCount = 0;
  #openUntilMs = 0;

  constructor(disposeSignal: AbortSignal) {
    this.#disposeSignal = disposeSignal;
  }

  /** Whether the last step failed. */
  get isFailing(): boolean {
    return this.#failureCount > 0;
  }

  /**
   * Runs the step. Returns its result, or `undefined` if it fails or is skipped.
   *
   * @param isUrgent never skips the step, because a deleted answer must not come back
   */
  async run<T>(step: () => T, isUrgent = false): Promise<Awaited<T> | undefined> {
    if (this.#isOpen() && !isUrgent) return undefined;
    try {
      const result = await withDeadline(Promise.resolve(step()), { signal: this.#disposeSignal, timeoutMs: stepTimeoutMs });
      this.#failureCount = 0;
      return result;
    } catch {
      this.#failureCount++;
      this.#openUntilMs = performance.now() + openForMs;
      return undefined;
    }
  }

  #isOpen(): boolean {
    return this.#failureCount >= failuresUntilOpen && performance.now() < this.#openUntilMs;
  }
}
