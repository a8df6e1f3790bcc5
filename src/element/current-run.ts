import type { IceReport } from './types.js';

type Start = (signal: AbortSignal) => Promise<IceReport>;

/** The run in progress, of which there is at most one. */
export class CurrentRun {
  #report: Promise<IceReport> | undefined;
  #abortController = new AbortController();
  #stopCount = 0;

  /** Returns the report of the run in progress, or of a new one. A run that was stopped is not joined: the new one follows it. */
  join(start: Start): Promise<IceReport> {
    const current = this.#report;
    if (!current) return this.#start(start);
    return this.#abortController.signal.aborted ? this.#startAfter(current, start) : current;
  }

  /** Ends the run in progress, and the one that waits for its end. */
  stop(): void {
    this.#stopCount++;
    this.#abortController.abort();
  }

  /** The run is over, so from here on, the next one may start. */
  finish(): void {
    this.#report = undefined;
  }

  /** Returns a promise of the end of the run in progress, or `undefined` if there is none. */
  ended(): Promise<unknown> | undefined {
    return this.#report?.catch(() => undefined);
  }

  #start(start: Start): Promise<IceReport> {
    this.#abortController = new AbortController();
    const report = start(this.#abortController.signal).finally(() => {
      if (this.#report === report) this.finish();
    });
    this.#report = report;
    return report;
  }

  /** Nothing starts if the element is stopped again or removed before the stopped run has ended. */
  async #startAfter(stopped: Promise<IceReport>, start: Start): Promise<IceReport> {
    const stopCount = this.#stopCount;
    await this.ended();
    return this.#stopCount === stopCount ? this.join(start) : stopped;
  }
}
