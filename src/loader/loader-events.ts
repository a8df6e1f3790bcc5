import { policyFor } from '../errors/error-policy.js';
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
    this.forgetReported();
    this.#target.dispatchEvent(new CustomEvent('refresh', { detail: status }));
  }

  /**
   * Fires one event for each failure, however many callers do not see it. Two failures are the same if their error is the same object, and
   * a refusal stays the same until new servers arrive, although it is requested again after each cool-down.
   */
  reportError(error: unknown): void {
    if (!(error instanceof IceServersError) || error === this.#reportedError) return;
    if (policyFor(error.code).isRefusal && error.code === this.#reportedError?.code) return;
    this.#reportedError = error;
    this.#target.dispatchEvent(new CustomEvent('error', { detail: error }));
  }

  /** Allows the same failure to be reported again. */
  forgetReported(): void {
    this.#reportedError = undefined;
  }
}
