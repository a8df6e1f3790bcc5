import { IceServersError } from '../errors/ice-servers-error.js';
import type { IceServersStatus } from '../types.js';

/** Fires the events of a loader. */
export class LoaderEvents {
  readonly #target: EventTarget;
  #reportedError: IceServersError | undefined;

  constructor(target: EventTarget) {
    this.#target = target;
  }

  emitRefresh(status: IceServersStatus): void {
    this.#target.dispatchEvent(new CustomEvent('refresh', { detail: status }));
  }

  /** Fires one event for each failure, however many callers do not see it. Two failures are the same if their error is the same object. */
  reportError(error: unknown): void {
    if (!(error instanceof IceServersError) || error === this.#reportedError) return;
    this.#reportedError = error;
    this.#target.dispatchEvent(new CustomEvent('error', { detail: error }));
  }

  /** Allows the same failure to be reported again. */
  forgetReported(): void {
    this.#reportedError = undefined;
  }
}
