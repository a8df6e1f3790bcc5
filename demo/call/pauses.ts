/** A time in which the page itself was paused: its thread was busy, or its tab was hidden or stopped. */
export interface Pause {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A running page sends a message far more often. */
const longestRunningGapMs = 300;
/** A hidden tab runs once a second, which counts as one pause, not many. */
const samePauseMs = 1500;

/** A page is often busy for less time than this, and no user notices. */
const longPauseMs = 1000;

/** Detects pauses from the times at which the page ran. */
export class Pauses {
  readonly all: Pause[] = [];
  #lastMs: number | undefined;

  /** The pauses that are long enough to report. */
  get long(): readonly Pause[] {
    return this.all.filter(({ fromMs, toMs }) => toMs - fromMs >= longPauseMs);
  }

  /** Records that the page is running now. Returns how long it was paused before that; 0 if it was not. */
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
