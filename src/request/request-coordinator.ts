import type { LoadOptions } from '../types.js';
import { SharedRequest, type LoadResult, type RequestContext } from './shared-request.js';

/** The abort reason of an invalidated request. Its callers never see it: they join the next request. */
class SupersededError extends Error {
  override readonly name = 'AbortError';
}

/** Sees to it that one source has one request at a time. */
export class RequestCoordinator {
  readonly #context: RequestContext;
  readonly #disposeSignal: AbortSignal;
  #latest: SharedRequest | undefined;

  constructor(context: RequestContext, disposeSignal: AbortSignal) {
    this.#context = context;
    this.#disposeSignal = disposeSignal;
    disposeSignal.addEventListener('abort', () => this.#latest?.abort(disposeSignal.reason));
  }

  /** Whether a request is under way that goes to the endpoint, whatever storage holds. */
  get skipsCache(): boolean {
    return this.#current?.skipsCache ?? false;
  }

  /** Joins the request under way, or starts one. */
  async join(
    cacheMode: LoadOptions['cache'],
    requiredValidityMs: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<LoadResult> {
    this.#disposeSignal.throwIfAborted();
    if (this.#current?.isInvalidated) this.#current.abort(new SupersededError('The request was invalidated.'));
    const request = this.#current ?? this.#start();
    const demand = {
      skipsCache: cacheMode !== 'default',
      bypassesCooldown: cacheMode === 'reload',
      shouldStore: cacheMode !== 'no-store',
      requiredValidityMs,
    };
    try {
      return await request.join(demand, signal);
    } catch (error) {
      if (!(error instanceof SupersededError)) throw error;
      return this.join(cacheMode, requiredValidityMs, signal);
    }
  }

  /** Starts a refresh that nobody waits for, unless a request is under way or a cool-down is active. Rejects if it fails. */
  async refreshInBackground(): Promise<void> {
    if (this.#current || this.#disposeSignal.aborted || this.#context.cache.activeCooldownError()) return;
    await this.#start().joinAsRefresh();
  }

  /** Keeps the response of the request under way out of the cache. */
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
