/** The latest answer that a load must not refuse while it is young enough. All times are in epoch milliseconds. */
export class LastGoodAnswer {
  #fetchedAt = -Infinity;
  #doubtfulUntil = -Infinity;

  note(fetchedAt: number): void {
    if (fetchedAt > this.#doubtfulUntil && fetchedAt <= Date.now()) this.#fetchedAt = fetchedAt;
  }

  /** What was requested before the clock was set back is older than its time says, and a page that was open then knows it. */
  onClockSetBack(from: number): void {
    this.#fetchedAt = -Infinity;
    this.#doubtfulUntil = Math.max(this.#doubtfulUntil, from);
  }

  isYoungerThan(ms: number): boolean {
    const ageMs = Date.now() - this.#fetchedAt;
    return ageMs >= 0 && ageMs < ms;
  }
}
