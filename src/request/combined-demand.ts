import type { CredentialCache } from '../cache/credential-cache.js';

/** What one caller needs from the request that it shares. */
export interface Demand {
  /** The caller needs a response from the endpoint, whatever storage holds. */
  readonly skipsCache: boolean;
  /** The caller may make a request during a cool-down. */
  readonly bypassesCooldown: boolean;
  /** The response is to be cached. */
  readonly shouldStore: boolean;
  /** The remaining validity that the credential should have; `undefined` stands for the default. */
  readonly requiredValidityMs: number | undefined;
}

/** What all callers of one request need together. It only grows: a caller that leaves withdraws nothing. */
export class CombinedDemand {
  skipsCache = false;
  bypassesCooldown = false;
  shouldStore = false;
  readonly #requiredValiditiesMs: (number | undefined)[] = [];

  add(demand: Demand): void {
    this.skipsCache ||= demand.skipsCache;
    this.bypassesCooldown ||= demand.bypassesCooldown;
    this.shouldStore ||= demand.shouldStore;
    this.#requiredValiditiesMs.push(demand.requiredValidityMs);
  }

  /** Whether a caller waits, so that a failed request should be retried. Nobody waits for a background refresh. */
  get isAwaited(): boolean {
    return this.#requiredValiditiesMs.length > 0;
  }

  /** Returns whether the cached answer satisfies every caller. It satisfies a background refresh only if it does not need a refresh. */
  isSatisfiedBy(cache: Pick<CredentialCache, 'freshness' | 'isUsable'>): boolean {
    if (this.skipsCache) return false;
    if (!this.isAwaited) return cache.freshness === 'fresh';
    return this.#requiredValiditiesMs.every((requiredMs) => cache.isUsable(requiredMs));
  }
}
