import type { CacheStore } from '../cache/cache-store.js';
import { toNewAnswer, type CachedAnswer } from '../cache/cached-answer.js';
import type { CredentialCache } from '../cache/credential-cache.js';
import { waitForStorage } from '../cache/wait-for-storage.js';
import { isRateLimit } from '../credentials/cooldown.js';
import { IceServersError } from '../errors/ice-servers-error.js';
import type { Settings } from '../options/loader-options.js';
import type { IceServersStatus } from '../types.js';
import { withDeadline } from '../utils/with-deadline.js';
import { CombinedDemand, type Demand } from './combined-demand.js';
import { requestServers } from './request-servers.js';
import { withTabLock } from './tab-lock.js';

/** The servers, and where they came from. */
export interface LoadResult {
  readonly source: IceServersStatus['source'];
  readonly entry: CachedAnswer;
}

/** What a request needs from its loader. */
export interface RequestContext {
  readonly settings: Settings;
  readonly cache: CredentialCache;
  readonly store: CacheStore;
}

/**
 * One attempt to get servers, shared by all callers that need them while it is under way. It reads storage, waits for the lock, reads
 * storage again, and then makes the request. A background refresh is a caller that demands nothing.
 */
export class SharedRequest {
  readonly #context: RequestContext;
  readonly #demand = new CombinedDemand();
  readonly #abortController = new AbortController();
  readonly #result: Promise<LoadResult | undefined>;
  #resolve!: (result: LoadResult | undefined) => void;
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
    // If storage was faster, the request is still under way.
    this.#result.finally(() => this.abort()).catch(() => {});
    this.#signal.addEventListener('abort', () => this.#reject(this.#signal.reason));
    this.#run().catch((error: unknown) => this.#reject(error));
  }

  /** Whether it is too late to join. */
  get hasEnded(): boolean {
    return this.#signal.aborted;
  }

  get skipsCache(): boolean {
    return this.#demand.skipsCache;
  }

  /** Adds a caller, which leaves when its signal is aborted. The request is aborted once the last caller has left. */
  async join(demand: Demand, signal: AbortSignal | undefined): Promise<LoadResult | undefined> {
    this.#callerCount++;
    this.#demand.add(demand);
    try {
      return await withDeadline(this.#result, { signal });
    } finally {
      this.#callerCount--;
      if (this.#callerCount === 0) this.abort();
    }
  }

  /** Adds a background refresh as a caller: it stores the answer, and never leaves. */
  async joinAsRefresh(): Promise<void> {
    this.#callerCount++;
    this.#demand.shouldStore = true;
    await this.#result;
  }

  /** Keeps the answer from being recorded. The callers still get it. */
  invalidate(): void {
    this.#isInvalidated = true;
  }

  /** Aborts an invalidated request, and sends its callers to the next one. */
  endIfInvalidated(): void {
    if (!this.#isInvalidated) return;
    this.#resolve(undefined);
    this.abort();
  }

  /** Aborts the request. Its callers reject with the reason. */
  abort(reason?: unknown): void {
    this.#abortController.abort(reason);
  }

  async #run(): Promise<void> {
    // The first caller joins in the same tick, while this is still reading.
    await this.#readStore();
    if (this.#settleFromCache()) return;
    const { store, settings } = this.#context;
    // Another tab cannot supply what is cached only in memory.
    if (settings.storage === 'memory') return this.#fetch();
    await withTabLock(store.key, this.#signal, {
      run: async () => {
        // Another tab may have stored an answer before it released the lock.
        if (!store.isKnownEmpty()) await this.#readStore();
        if (!this.#settleFromCache()) await this.#fetch();
        // The tab that gets the lock next must find the answer or the failure in storage.
        if (!this.#isInvalidated) await store.settled();
      },
      recheck: () => this.#readStore(),
    });
  }

  async #readStore(): Promise<void> {
    // An earlier read still has no result, and another one would have none either.
    if (this.#isReadPending) return;
    const { cache, store } = this.#context;
    this.#isReadPending = true;
    const reading = cache.readStore().finally(() => {
      this.#isReadPending = false;
    });
    await waitForStorage(reading, store, this.#signal);
    // If the request starts before storage responds, the first usable answer wins.
    void reading.then(() => this.#resolveFromCache());
  }

  /** Settles the request if the cached answer or a cool-down decides it. Returns whether it is settled. */
  #settleFromCache(): boolean {
    if (this.#resolveFromCache() || this.#signal.aborted) return true;
    const failure = this.#context.cache.activeCooldownError();
    if (!failure || (this.#demand.bypassesCooldown && !isRateLimit(failure.code))) return false;
    this.#reject(failure);
    return true;
  }

  /** Resolves the request with the cached answer if that satisfies every caller. Returns whether it does. */
  #resolveFromCache(): boolean {
    const { cache } = this.#context;
    const isSatisfied = this.#demand.isSatisfiedBy(cache);
    if (isSatisfied) this.#resolve({ source: 'indexeddb', entry: cache.current! });
    return isSatisfied;
  }

  /** Requests new servers, and records the answer or the failure. */
  async #fetch(): Promise<void> {
    const { settings, cache } = this.#context;
    const fetchedAt = Date.now();
    const requestedAtMonotonicMs = performance.now();
    try {
      const request = requestServers(settings, this.#signal, () => this.#demand.isAwaited);
      const list = await withDeadline(request, { signal: this.#signal, timeoutMs: settings.timeout });
      const entry = toNewAnswer({ ...list, fetchedAt }, settings, requestedAtMonotonicMs);
      const mayRecord = this.#mayRecord;
      // The callers come first, because a `refresh` listener may invalidate the answer as soon as it is recorded.
      this.#resolve({ source: 'network', entry });
      if (mayRecord) await cache.recordSuccess(entry, this.#demand.shouldStore);
    } catch (error) {
      this.#reject(await this.#recordFailure(error));
    }
  }

  /** Records a failure, and returns the error for the callers. */
  async #recordFailure(error: unknown): Promise<unknown> {
    if (!(error instanceof IceServersError)) return error;
    // A rate limit stays in force even if the answer was invalidated after the request began.
    return this.#mayRecord || isRateLimit(error.code) ? this.#context.cache.recordFailure(error) : error;
  }

  get #signal(): AbortSignal {
    return this.#abortController.signal;
  }

  get #mayRecord(): boolean {
    return !this.#isInvalidated && !this.#signal.aborted;
  }
}
