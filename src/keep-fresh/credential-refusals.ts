import type { Refusal } from './restart-decision.js';

/** How long the endpoint is not asked again because of a 401, after that did not help. */
const pauseMs = 300_000;

/** What is known of credentials that TURN servers refused, for all connections of one loader. Credentials stand here by their keys. */
export class CredentialRefusals {
  readonly #refusals = new Map<string, Refusal>();
  #rejected: string | undefined;
  #rejectedAt = -Infinity;
  #replacement: string | undefined;
  #replacedAt = -Infinity;

  of(credential: string): Refusal {
    return this.#refusals.get(credential) ?? 'none';
  }

  /** Notes a refusal. A suspicion does not weaken a proof. */
  add(credential: string, refusal: Refusal): void {
    if (this.of(credential) !== 'proven') this.#refusals.set(credential, refusal);
  }

  forgetAll(): void {
    this.#refusals.clear();
  }

  /** Notes that a refetch brought the refused credential again; tells whether that is news. */
  addRejected(credential: string): boolean {
    const isNews = credential !== this.#rejected;
    this.#rejected = credential;
    this.#rejectedAt = Date.now();
    return isNews;
  }

  isRejected(credential: string): boolean {
    return credential === this.#rejected;
  }

  /** Whether a refetch was in vain a short while ago. */
  get isPaused(): boolean {
    return isRecent(this.#rejectedAt);
  }

  /** Notes the credential that a refetch brought in place of a refused one. */
  addReplacement(credential: string): void {
    this.#replacement = credential;
    this.#replacedAt = Date.now();
  }

  /** Tells whether the credential replaced a refused one a short while ago. If it is refused as well, another one will not help. */
  isRecentReplacement(credential: string): boolean {
    return credential === this.#replacement && isRecent(this.#replacedAt);
  }
}

/** The distance counts, so that a clock that was set back does not end all recovery. */
function isRecent(instant: number): boolean {
  return Math.abs(Date.now() - instant) < pauseMs;
}
