import type { CacheStore } from '../cache/cache-store.js';
import type { CachedAnswer } from '../cache/cached-answer.js';
import type { CredentialCache } from '../cache/credential-cache.js';
import { isRateLimit } from '../credentials/cooldown.js';
import { IceServersError } from '../errors/ice-servers-error.js';
import type { Settings } from '../options/loader-options.js';
import type { IceServersStatus } from '../types.js';
import { withDeadline } from '../utils/with-deadline.js';
import { CombinedDemand, type Demand } from './combined-demand.js';
import { requestServers } from './request-servers.js';
import { waitForStorage } from './storage-patience.js';
import { withTabLock } from './tab-lock.js';

/** Servers, and where they came from. */
export interface LoadResult {
  readonly source: IceServersStatus['source'];
  readonly entry: CachedAnswer;
}

/** What a request works with. */
export interface RequestContext {
  readonly settings: Settings;
  readonly cache: CredentialCache;
  readonly store: CacheStore;
}

/**
 * One way to new servers, shared by everybody who needs them while it is under way: storage, then the lock, storage once more, then the
 * endpoint. A background refresh is a caller without a demand.
 */
export class SharedRequest {
  readonly #context: RequestContext;
  readonly #demand = new CombinedDemand();
  readonly #abortController = new AbortController();
  readonly #result: Promise<LoadResult>;
  #resolve!: (result: LoadResult) => void;
  #reject!: (reason: unknown) => void;
  #callerCount = 0;
  #isInvalidated = false;
  #isReadPending = false;

  constructor(context: RequestContext) {
    this.#context = context;
    this.#result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const end = (): void => {
      // Storage may have been faster than a request that is still under way.
      this.#abortController.abort();
    };
    this.#result.then(end, end);
    this.#signal.addEventListener('abort', () => this.#reject(this.#signal.reason));
    this.#run().catch((error: unknown) => this.#reject(error));
  }

  /** Whether nobody can join any more. */
  get hasEnded(): boolean {
    return this.#signal.aborted;
  }

  get isInvalidated(): boolean {
    return this.#isInvalidated;
  }

  get skipsCache(): boolean {
    return this.#demand.skipsCache;
  }

  /** Adds a caller, who leaves when its signal is aborted. The request is aborted when the last one has left. */
  async join(demand: Demand, signal: AbortSignal | undefined): Promise<LoadResult> {
    this.#callerCount++;
    this.#demand.add(demand);
    try {
      return await withDeadline(this.#result, { signal });
    } finally {
      this.#callerCount--;
      if (this.#callerCount === 0) this.abort();
    }
  }

  /** Adds the caller that a background refresh is: it stores the answer, and never leaves. */
  async joinAsRefresh(): Promise<void> {
    this.#callerCount++;
    this.#demand.shouldStore = true;
    await this.#result;
  }

  /** Callers still get the answer, but it is not recorded. */
  invalidate(): void {
    this.#isInvalidated = true;
  }

  /** Ends the request. Its callers are rejected with the reason. */
  abort(reason?: unknown): void {
    this.#abortController.abort(reason);
  }

  async #run(): Promise<void> {
    // While this reads, the first caller joins: in the same tick.
    await this.#readStore();
    if (this.#settleFromCache()) return;
    const { store, settings } = this.#context;
    // What is kept in memory alone, no other tab can bring.
    if (settings.storage === 'memory') return this.#fetch();
    await withTabLock(store.key, this.#signal, {
      run: async () => {
        // Another tab may have stored an answer before it released the lock.
        if (!store.isKnownEmpty()) await this.#readStore();
        if (!this.#settleFromCache()) await this.#fetch();
      },
      recheck: () => this.#readStore(),
    });
  }

  async #readStore(): Promise<void> {
    // Storage is silent: it was waited for once, and another read would be silent as well.
    if (this.#isReadPending) return;
    const { cache, store } = this.#context;
    this.#isReadPending = true;
    const reading = cache.readStore().finally(() => {
      this.#isReadPending = false;
    });
    await waitForStorage(reading, store, this.#signal);
    // If the network starts before storage answers, the first good answer wins.
    void reading.then(() => this.#resolveFromCache());
  }

  /** Settles the request if what is known now decides it; tells whether it does. */
  #settleFromCache(): boolean {
    if (this.#resolveFromCache() || this.#signal.aborted) return true;
    const failure = this.#context.cache.activeCooldownError();
    if (!failure || (this.#demand.bypassesCooldown && !isRateLimit(failure.code))) return false;
    this.#reject(failure);
    return true;
  }

  /** Resolves the request with the cached answer if that satisfies every caller; tells whether it does. */
  #resolveFromCache(): boolean {
    const { cache } = this.#context;
    const isSatisfied = this.#demand.isSatisfiedBy(cache);
    if (isSatisfied) this.#resolve({ source: 'indexeddb', entry: cache.current! });
    return isSatisfied;
  }

  /** Requests new servers from the endpoint, and records what comes back: an answer or a failure. */
  async #fetch(): Promise<void> {
    const { settings, cache } = this.#context;
    const fetchedAt = Date.now();
    const requestedAtMonotonicMs = performance.now();
    try {
      const request = requestServers(settings, this.#signal, () => this.#demand.isAwaited);
      const list = await withDeadline(request, { signal: this.#signal, timeoutMs: settings.timeout });
      const answer = { ...list, fetchedAt };
      const entry = cache.createEntry(answer, requestedAtMonotonicMs);
      const mayRecord = this.#mayRecord;
      // Callers come first: a `refresh` listener may invalidate the answer as soon as it is recorded.
      this.#resolve({ source: 'network', entry });
      if (mayRecord) await cache.recordSuccess(answer, entry, this.#demand.shouldStore);
    } catch (error) {
      this.#reject(await this.#recordFailure(error));
    }
  }

  /** Returns the error for the callers. */
  async #recordFailure(error: unknown): Promise<unknown> {
    if (!(error instanceof IceServersError)) return error;
    // A rate limit holds, whatever was invalidated since the request began.
    return this.#mayRecord || isRateLimit(error.code) ? this.#context.cache.recordFailure(error) : error;
  }

  get #signal(): AbortSignal {
    return this.#abortController.signal;
  }

  get #mayRecord(): boolean {
    return !this.#isInvalidated && !this.#signal.aborted;
  }
}
