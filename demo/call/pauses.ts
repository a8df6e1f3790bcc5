/** A time in which the page itself stood still: its thread was busy, or its tab was hidden or stopped. */
export interface Pause {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A page that runs sends a message far more often. */
const longestRunningGapMs = 300;
/** A hidden tab runs once a second: that is one pause, not many. */
const samePauseMs = 1500;

/** A page is often busy for less, and nobody sees it. */
const longPauseMs = 1000;

/** Notices from the instants at which the page ran when it did not. */
export class Pauses {
  readonly all: Pause[] = [];
  #lastMs: number | undefined;

  /** Those that are worth telling. */
  get long(): readonly Pause[] {
    return this.all.filter(({ fromMs, toMs }) => toMs - fromMs >= longPauseMs);
  }

  /** The page runs now. Returns for how long it stood still before that; 0 if it did not. */
  notice(nowMs: number): number {
    const lastMs = this.#lastMs ?? nowMs;
    this.#lastMs = nowMs;
    const gapMs = nowMs - lastMs;
    if (gapMs <= longestRunningGapMs) return 0;
    const previous = this.all.at(-1);
    const isSame = previous !== undefined && lastMs - previous.toMs < samePauseMs;
    if (isSame) this.all.pop();
    this.all.push({ fromMs: isSame ? previous.fromMs : lastMs, toMs: nowMs });
    return gapMs;
  }
}
