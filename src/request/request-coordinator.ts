import type { LoadOptions } from '../types.js';
import { SharedRequest, type LoadResult, type RequestContext } from './shared-request.js';

/** Ensures that a source has only one request at a time. */
export class RequestCoordinator {
  readonly #context: RequestContext;
  readonly #disposeSignal: AbortSignal;
  #latest: SharedRequest | undefined;

  constructor(context: RequestContext, disposeSignal: AbortSignal) {
    this.#context = context;
    this.#disposeSignal = disposeSignal;
    disposeSignal.addEventListener('abort', () => this.#latest?.abort(disposeSignal.reason));
  }

  /** Whether a request is under way that goes to the endpoint whatever storage holds. */
  get skipsCache(): boolean {
    return this.#current?.skipsCache ?? false;
  }

  /** Joins the request that is under way, or starts one. */
  async join(
    cacheMode: LoadOptions['cache'],
    requiredValidityMs: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<LoadResult> {
    this.#disposeSignal.throwIfAborted();
    this.#current?.endIfInvalidated();
    const request = this.#current ?? this.#start();
    const demand = {
      skipsCache: cacheMode !== 'default',
      bypassesCooldown: cacheMode === 'reload',
      shouldStore: cacheMode !== 'no-store',
      requiredValidityMs,
    };
    const result = await request.join(demand, signal);
    return result ?? this.join(cacheMode, requiredValidityMs, signal);
  }

  /** Starts a refresh that nobody waits for, unless a request is under way or a cool-down is active. Rejects if it fails. */
  async refreshInBackground(): Promise<void> {
    if (this.#current || this.#disposeSignal.aborted || this.#context.cache.activeCooldownError()) return;
    await this.#start().joinAsRefresh();
  }

  /** Keeps the response to the request that is under way out of the cache. */
  invalidate(): void {
    this.#current?.invalidate();
  }

  get #current(): SharedRequest | undefined {
    return this.#latest?.hasEnded ? undefined : this.#latest;
  }

  #start(): SharedRequest {
    this.#latest = new SharedRequest(this.#context);
    return this.#latest;
  }
}
