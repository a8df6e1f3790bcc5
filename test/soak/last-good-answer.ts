import type { IceServersStatus } from '../../src/index.js';

/** The latest answer that a load must not refuse while it is young enough. All times are in milliseconds. */
export class LastGoodAnswer {
  /** In epoch milliseconds. */
  #fetchedAt = -Infinity;
  /** Until when an answer may be from before the clock was set back, in epoch milliseconds. */
  #doubtfulUntil = -Infinity;
  /** When the clock was last set back, as a time of `performance.now()`, which is not set. */
  #setBackAtMonotonicMs = -Infinity;

  note({ source, fetchedAt }: IceServersStatus): void {
    const ageMs = Date.now() - fetchedAt;
    if (ageMs < 0) return;
    // An answer that another page stored has a time of the wall clock alone.
    const isSinceSetBack = source === 'network' ? performance.now() - ageMs >= this.#setBackAtMonotonicMs : fetchedAt > this.#doubtfulUntil;
    if (isSinceSetBack) this.#fetchedAt = fetchedAt;
  }

  /** What was requested before the clock was set back is older than its time says, and a page that was open then knows it. */
  onClockSetBack(from: number): void {
    this.#fetchedAt = -Infinity;
    this.#doubtfulUntil = Math.max(this.#doubtfulUntil, from);
    this.#setBackAtMonotonicMs = performance.now();
  }

  isYoungerThan(ms: number): boolean {
    const ageMs = Date.now() - this.#fetchedAt;
    return ageMs >= 0 && ageMs < ms;
  }
}
