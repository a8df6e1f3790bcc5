import { isActiveRateLimit, type Cooldown } from '../credentials/cooldown.js';
import { policyFor } from '../errors/error-policy.js';
import type { Settings } from '../options/loader-options.js';
import type { IceServersStatus, IceServersStorage } from '../types.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { readRecord, sweepRecords, updateRecord } from './indexed-db.js';
import { clearPresenceHint, hasNoRecord, markRecordPresent } from './presence-hint.js';
import { decodeRecord, encodeAnswer, encodeCooldown, type StoredAnswer, type StoredRecord, type StoredState } from './stored-record.js';

type Update = (old: unknown) => StoredRecord | undefined;

/** Stores one entry between pages: in IndexedDB, in a storage of the app, or nowhere. No method throws or rejects: a failure is a miss. */
export class CacheStore {
  readonly #kind: IceServersStatus['storage'];
  readonly #custom: IceServersStorage | undefined;
  readonly #breaker: CircuitBreaker;
  #lastStep: Promise<unknown> | undefined;
  #latestUpdate: Update | undefined;

  constructor(storage: Settings['storage'], disposeSignal: AbortSignal) {
    this.#kind = typeof storage === 'string' ? storage : 'custom';
    this.#custom = typeof storage === 'string' ? undefined : storage;
    this.#breaker = new CircuitBreaker(disposeSignal);
  }

  /** The name of the record, of its hint and of its lock. It changes only if a relative endpoint resolves to another URL. */
  key = '';

  /** Where the entry really is: only in memory while IndexedDB fails. */
  get kind(): IceServersStatus['storage'] {
    return this.#kind === 'indexeddb' && this.#breaker.isFailing ? 'memory' : this.#kind;
  }

  /** Reads what is stored. */
  async read(): Promise<StoredState> {
    if (this.#kind === 'memory') return {};
    return decodeRecord(await this.#breaker.run(() => this.#readValue(this.key)));
  }

  /** Returns whether localStorage shows that nothing is stored. */
  isKnownEmpty(): boolean {
    return this.#kind === 'indexeddb' && hasNoRecord(this.key);
  }

  /** Stores an answer and ends the cool-down, unless a newer answer is already stored. `usableUntil` is in epoch milliseconds. */
  async saveAnswer(answer: StoredAnswer, usableUntil: number): Promise<void> {
    await this.#update((old) => (hasNewerAnswer(old, answer) ? (old as StoredRecord) : encodeAnswer(answer, usableUntil)));
    if (this.#kind === 'indexeddb' && !this.#breaker.isFailing) await this.#breaker.run(() => this.#sweep());
  }

  /** Stores a cool-down, and keeps the stored answer. */
  saveCooldown(cooldown: Cooldown): Promise<void> {
    return this.#updateCooldown(cooldown, false);
  }

  /** Deletes the stored cool-down, and keeps the stored answer. */
  deleteCooldown(): Promise<void> {
    return this.#updateCooldown(undefined, false);
  }

  /** Deletes the stored answer, and stores the cool-down that is still active, if there is one. */
  deleteAnswer(cooldown: Cooldown | undefined): Promise<void> {
    return this.#updateCooldown(cooldown, true);
  }

  /** Waits for the writes that are under way. */
  async settled(): Promise<void> {
    await this.#lastStep;
  }

  #updateCooldown(cooldown: Cooldown | undefined, dropsAnswer: boolean): Promise<void> {
    const endsStaleIfError = !!cooldown && !!policyFor(cooldown.code).isRefusal;
    return this.#update((old) => {
      const { cooldown: stored } = decodeRecord(old);
      const isKept = !!stored && isStronger(stored, cooldown, dropsAnswer);
      return encodeCooldown(old, isKept ? stored : cooldown, { dropsAnswer, endsStaleIfError });
    }, dropsAnswer);
  }

  #readValue(key: string): unknown {
    return this.#custom ? this.#custom.get(key) : readRecord(key);
  }

  /** @param isUrgent runs the update even while storage is skipped, because a deleted answer must not come back */
  #update(update: Update, isUrgent = false): Promise<void> {
    if (this.#kind === 'memory') return Promise.resolve();
    const custom = this.#custom;
    const { key } = this;
    return this.#enqueue(() => (custom ? this.#updateCustom(custom, key, update) : this.#updateIndexedDb(key, update)), isUrgent);
  }

  /** Runs one step after the other, because a slow write must not bring back an answer that was deleted after the write began. */
  async #enqueue(step: () => Promise<void>, isUrgent: boolean): Promise<void> {
    const begin = (): Promise<unknown> => this.#breaker.run(step, isUrgent);
    // If no other step is under way, this one begins in this tick, so that a read that follows sees what was written.
    const own = this.#lastStep ? this.#lastStep.then(begin) : begin();
    this.#lastStep = own;
    await own;
    if (this.#lastStep === own) this.#lastStep = undefined;
  }

  async #updateIndexedDb(key: string, update: Update): Promise<void> {
    const next = await updateRecord(key, update);
    if (next) markRecordPresent(key);
    else clearPresenceHint(key);
  }

  async #updateCustom(custom: IceServersStorage, key: string, update: Update): Promise<void> {
    this.#latestUpdate = update;
    const next = update(await this.#readValue(key));
    // The storage gets a copy, because it may change the object, for example to encrypt it.
    await (next ? custom.set(key, structuredClone(next)) : custom.delete(key));
    // This step took longer than its time limit, and has just overwritten the result of a later one.
    if (this.#latestUpdate !== update) void this.#update(this.#latestUpdate, true);
  }

  async #sweep(): Promise<void> {
    const swept = await sweepRecords(this.key, Date.now());
    for (const key of swept) clearPresenceHint(key);
  }
}

/**
 * Returns whether the stored failure, which may be from another tab, must stay. An active rate limit stays until a newer one is stored, and
 * the `online` event ends only failures with `endsOnline`.
 */
function isStronger(stored: Cooldown, next: Cooldown | undefined, dropsAnswer: boolean): boolean {
  const isLimited: boolean = isActiveRateLimit(stored, Date.now());
  if (isLimited) return next?.code !== stored.code;
  return !next && !dropsAnswer && !policyFor(stored.code).endsOnline;
}

function hasNewerAnswer(old: unknown, { fetchedAt }: StoredAnswer): boolean {
  const storedAt = decodeRecord(old).answer?.fetchedAt ?? 0;
  // An answer with a time in the future was stored while the clock was wrong.
  return storedAt > fetchedAt && storedAt <= Date.now();
}
