import type { CredentialCache } from '../cache/credential-cache.js';

/** What one caller wants of the request that it shares. */
export interface Demand {
  /** It wants the endpoint's own response, whatever storage holds. */
  readonly skipsCache: boolean;
  /** It may make a request during a cool-down. */
  readonly bypassesCooldown: boolean;
  /** It wants the response cached. */
  readonly shouldStore: boolean;
  /** How much known life the credential should have left; `undefined` stands for the default. */
  readonly requiredValidityMs: number | undefined;
}

/** What all callers of one request want together. It only grows: a caller who leaves takes nothing back. */
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

  /** Whether a caller waits, so that a failure is worth a retry. Nobody waits for a background refresh. */
  get isAwaited(): boolean {
    return this.#requiredValiditiesMs.length > 0;
  }

  /** Tells whether the cached answer is good enough for every caller. For a background refresh it must not need a refresh itself. */
  isSatisfiedBy(cache: Pick<CredentialCache, 'freshness' | 'isUsable'>): boolean {
    if (this.skipsCache) return false;
    if (!this.isAwaited) return cache.freshness === 'fresh';
    return this.#requiredValiditiesMs.every((requiredMs) => cache.isUsable(requiredMs));
  }
}
