import type { Refusal } from './restart-decision.js';

/** How long a refusal leads to no further request after one that did not help. */
const pauseMs = 300_000;

/** What is known about refused credentials, for all connections of one loader. Credentials are represented by their keys. */
export class CredentialRefusals {
  readonly #refusals = new Map<string, Refusal>();
  #rejected: string | undefined;
  #rejectedAt = -Infinity;
  #replacement: string | undefined;
  #replacedAt = -Infinity;

  of(credential: string): Refusal {
    return this.#refusals.get(credential) ?? 'none';
  }

  /** Records a refusal. A suspected refusal does not replace a proven one. */
  add(credential: string, refusal: Refusal): void {
    if (this.of(credential) !== 'proven') this.#refusals.set(credential, refusal);
  }

  forgetAll(): void {
    this.#refusals.clear();
  }

  /** Records that a request returned the refused credential again. Returns whether that is new. */
  addRejected(credential: string): boolean {
    const isNews = credential !== this.#rejected;
    this.#rejected = credential;
    this.#rejectedAt = Date.now();
    return isNews;
  }

  isRejected(credential: string): boolean {
    return credential === this.#rejected;
  }

  /** Whether a request was recently made in vain. */
  get isPaused(): boolean {
    return isRecent(this.#rejectedAt);
  }

  /** Records the credential that replaces a refused one. */
  addReplacement(credential: string): void {
    this.#replacement = credential;
    this.#replacedAt = Date.now();
  }

  /** Returns whether the credential recently replaced a refused one. If it is refused as well, another one will not help. */
  isRecentReplacement(credential: string): boolean {
    return credential === this.#replacement && isRecent(this.#replacedAt);
  }
}

/** Compares the absolute difference, so that a clock that was set back does not prevent recovery. */
function isRecent(instant: number): boolean {
  return Math.abs(Date.now() - instant) < pauseMs;
}
