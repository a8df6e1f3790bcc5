import { isActiveCooldown, isActiveRateLimit, isRateLimit, nextCooldown, type Cooldown } from '../credentials/cooldown.js';
import { refreshDueInMs, type Freshness } from '../credentials/freshness.js';
import { policyFor } from '../errors/error-policy.js';
import { endpointError } from '../errors/endpoint-error.js';
import { withRetryAt, type IceServersError } from '../errors/ice-servers-error.js';
import type { Settings } from '../options/loader-options.js';
import { hasApiKey } from '../options/source.js';
import type { CacheStore } from './cache-store.js';
import { ageMsOf, freshnessOf, isUsableAnswer, toCachedAnswer, withoutStaleIfError, type CachedAnswer } from './cached-answer.js';
import type { StoredAnswer } from './stored-record.js';

/** Called after each change. `newServersFrom` says where new servers came from. */
export type CacheListener = (newServersFrom?: 'indexeddb' | 'network') => void;

/** Stands for Infinity, which JSON does not have. */
const latestStorableMs = 9e15;

/** What is known about one source: the answer in memory and the last failure. Storage is kept in step with both. */
export class CredentialCache {
  readonly #settings: Settings;
  readonly #store: CacheStore;
  readonly #onChange: CacheListener;
  #current: CachedAnswer | undefined;
  #cooldown: Cooldown | undefined;
  /** Stored answers up to this time were dropped in this page. */
  #answersValidFrom = -1;
  /** Stored failures up to this time are over. */
  #failuresValidFrom = -1;
  /** The error of the cool-down. It stays the same object as long as the cool-down lasts, so that it is reported once. */
  #cooldownError: IceServersError | undefined;
  /** The last failure, for the status. */
  lastError: IceServersError | undefined;

  constructor(settings: Settings, store: CacheStore, onChange: CacheListener) {
    this.#settings = settings;
    this.#store = store;
    this.#onChange = onChange;
  }

  get current(): CachedAnswer | undefined {
    return this.#current;
  }

  get cooldown(): Cooldown | undefined {
    return this.#cooldown;
  }

  get freshness(): Freshness | undefined {
    return this.#current && freshnessOf(this.#current);
  }

  /** Returns whether the current answer may be served without a request: it is fresh, and has the required remaining validity. */
  isUsable(requiredValidityMs?: number): boolean {
    return !!this.#current && isUsableAnswer(this.#current, requiredValidityMs);
  }

  /** Returns the error of the active cool-down. It stays the same object as long as the cool-down lasts. */
  activeCooldownError(): IceServersError | undefined {
    return isActiveCooldown(this.#cooldown, Date.now()) ? this.#errorOf(this.#cooldown) : undefined;
  }

  /** Returns the time until a background refresh is due; `Infinity` if none can help: without a source, or after `expiresAt`. */
  refreshDueInMs(): number {
    const { source, expiresAt } = this.#settings;
    if (source.kind === 'missing' || expiresAt <= Date.now()) return Infinity;
    const ageMs = this.#current ? ageMsOf(this.#current) : 0;
    return refreshDueInMs(this.#current, ageMs, this.#cooldown, Date.now());
  }

  /** Reads storage, and takes over what is newer than memory. */
  async readStore(): Promise<void> {
    const { key } = this.#store;
    const { answer, cooldown } = await this.#store.read();
    // The loader switched to another entry during the read.
    if (key !== this.#store.key) return;
    const now = Date.now();
    if (cooldown && this.#isNewerCooldown(cooldown, now)) {
      this.#cooldown = cooldown;
      // Another tab learned that the key is refused.
      if (policyFor(cooldown.code).dropsAnswer) this.#current = undefined;
    }
    const hadAnswer = !!this.#current;
    const isNewAnswer = !!answer && this.#isNewerAnswer(answer, now);
    if (isNewAnswer) {
      if (!cooldown) this.#endFailure();
      this.#current = toCachedAnswer(answer, this.#settings, performance.now() - (now - answer.fetchedAt));
    }
    this.#onChange(isNewAnswer && hadAnswer ? 'indexeddb' : undefined);
  }

  /** Takes over an answer from the network, and stores it if `shouldStore`. Failures from before its request no longer count. */
  async recordSuccess(entry: CachedAnswer, shouldStore: boolean): Promise<void> {
    this.#endFailure();
    this.#failuresValidFrom = entry.fetchedAt;
    if (!shouldStore) return;
    this.#current = entry;
    this.#onChange('network');
    // Let waiting callers continue before the write starts: one of them, or a listener, may invalidate this entry.
    await new Promise<void>((resolve) => void setTimeout(resolve));
    if (this.#current !== entry) return;
    await this.#store.saveAnswer(entry, Math.min(entry.fetchedAt + entry.usableForMs, latestStorableMs));
  }

  /** Records a failure. Returns the error with the time until which no request is made. */
  async recordFailure(error: IceServersError): Promise<IceServersError> {
    this.lastError = error;
    // No request was made, so the cached answer stays valid.
    if (policyFor(error.code).cooldown === 'none') return error;
    this.#cooldown = nextCooldown(error, this.#cooldown, Date.now(), Math.random());
    const remembered = withRetryAt(error, this.#cooldown.until);
    this.#cooldownError = remembered;
    this.lastError = remembered;
    const { isRefusal, dropsAnswer: isDead, cooldown } = policyFor(error.code);
    const dropsAnswer = !!isDead || (!!isRefusal && this.freshness === 'stale');
    if (dropsAnswer) this.#dropAnswer();
    else if (this.#current && isRefusal) this.#current = withoutStaleIfError(this.#current);
    const writing = dropsAnswer ? this.#store.deleteAnswer(this.#cooldown) : this.#store.saveCooldown(this.#cooldown);
    this.#onChange();
    // The app may reload the page as soon as it gets this error. The next page must not find what was refused, nor repeat the request.
    if (dropsAnswer || cooldown !== 'backoff') await writing;
    return remembered;
  }

  /** Ends a cool-down after a network failure, because the browser is online again. */
  endNetworkCooldown(): void {
    if (!this.#cooldown || !policyFor(this.#cooldown.code).endsOnline) return;
    this.#failuresValidFrom = this.#cooldown.failedAt;
    this.#cooldown = undefined;
    void this.#store.deleteCooldown();
  }

  /** Clears memory when the loader switches to another entry. Storage stays as it is. */
  forget(): void {
    this.#endFailure();
    this.#current = undefined;
    this.#answersValidFrom = -1;
    this.#failuresValidFrom = -1;
    this.#onChange();
  }

  /** Deletes everything from memory and storage, except a rate limit. */
  clear(): Promise<void> {
    this.#dropAnswer();
    if (this.#cooldown && !isRateLimit(this.#cooldown.code)) this.#cooldown = undefined;
    this.#failuresValidFrom = this.#answersValidFrom;
    this.#onChange();
    return this.#store.deleteAnswer(this.#cooldown);
  }

  #isNewerCooldown(stored: Cooldown, now: number): boolean {
    const isNewer = stored.failedAt > (this.#cooldown?.failedAt ?? this.#failuresValidFrom);
    return isNewer || (isActiveRateLimit(stored, now) && !isActiveRateLimit(this.#cooldown, now));
  }

  /** An answer with a time in the future is from before the clock was set back. */
  #isNewerAnswer({ fetchedAt }: StoredAnswer, now: number): boolean {
    const current = this.#current && this.#current.fetchedAt <= now ? this.#current : undefined;
    return fetchedAt <= now && fetchedAt > (current?.fetchedAt ?? this.#answersValidFrom);
  }

  #errorOf({ code, status, until }: Cooldown): IceServersError {
    if (this.#cooldownError?.retryAt !== until) {
      this.#cooldownError = endpointError({ code, status, retryAt: until }, hasApiKey(this.#settings.source));
    }
    return this.#cooldownError;
  }

  #endFailure(): void {
    this.#cooldown = undefined;
    this.lastError = undefined;
  }

  #dropAnswer(): void {
    this.#current = undefined;
    this.#answersValidFrom = Date.now();
  }
}
