import type { IceReport } from './types.js';

type Start = (signal: AbortSignal) => Promise<IceReport>;

/** The run in progress, of which there is at most one. */
export class CurrentRun {
  #report: Promise<IceReport> | undefined;
  #abortController = new AbortController();
  #removalCount = 0;

  /** Returns the report of the run in progress, or of a new one. A run that was stopped is not joined: the new one follows it. */
  join(start: Start): Promise<IceReport> {
    const current = this.#report;
    if (!current) return this.#start(start);
    return this.#abortController.signal.aborted ? this.#startAfter(current, start) : current;
  }

  stop(): void {
    this.#abortController.abort();
  }

  /** The element was removed. */
  end(): void {
    this.#removalCount++;
    this.stop();
  }

  /** The report is there, so from here on, the next run may start. */
  finish(): void {
    this.#report = undefined;
  }

  /** Waits for the end of the run in progress. */
  async settled(): Promise<void> {
    await this.#report?.catch(() => undefined);
  }

  #start(start: Start): Promise<IceReport> {
    this.#abortController = new AbortController();
    const report = start(this.#abortController.signal).finally(() => {
      if (this.#report === report) this.finish();
    });
    this.#report = report;
    return report;
  }

  /** Nothing starts if the element is removed before the stopped run has ended. */
  async #startAfter(stopped: Promise<IceReport>, start: Start): Promise<IceReport> {
    const removalCount = this.#removalCount;
    await this.settled();
    return this.#removalCount === removalCount ? this.join(start) : stopped;
  }
}
