import { isActiveRateLimit, type Cooldown } from '../credentials/cooldown.js';
import { policyFor } from '../errors/error-policy.js';
import type { Settings } from '../options/loader-options.js';
import type { IceServersStatus, IceServersStorage } from '../types.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { readRecord, sweepRecords, updateRecord } from './indexed-db.js';
import { clearPresenceHint, hasNoRecord, markRecordPresent } from './presence-hint.js';
import { decodeRecord, encodeAnswer, encodeCooldown, type StoredAnswer, type StoredRecord, type StoredState } from './stored-record.js';

type Update = (old: unknown) => StoredRecord | undefined;

/** Where one entry is kept between pages: IndexedDB, a storage of the app's own, or nowhere. No method throws or rejects: a failure is a miss. */
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

  /** The name of the record, of its hint and of its lock. It changes only if a relative endpoint comes to mean another address. */
  key = '';

  /** Where the entry really is: memory alone while IndexedDB fails. */
  get kind(): IceServersStatus['storage'] {
    return this.#kind === 'indexeddb' && this.#breaker.isFailing ? 'memory' : this.#kind;
  }

  /** Reads what is stored. */
  async read(): Promise<StoredState> {
    if (this.#kind === 'memory') return {};
    return decodeRecord(await this.#breaker.run(() => this.#readValue(this.key)));
  }

  /** Tells whether a cheap look shows that nothing is stored. */
  isKnownEmpty(): boolean {
    return this.#kind === 'indexeddb' && hasNoRecord(this.key);
  }

  /** Stores an answer and ends the cool-down, unless a newer answer is stored. `usableUntil` is in epoch milliseconds. */
  async saveAnswer(answer: StoredAnswer, usableUntil: number): Promise<void> {
    await this.#update((old) => (hasNewerAnswer(old, answer) ? (old as StoredRecord) : encodeAnswer(answer, usableUntil)));
    if (this.#kind === 'indexeddb' && !this.#breaker.isFailing) await this.#breaker.run(() => this.#sweep());
  }

  /** Stores or ends a cool-down, and keeps or drops the answer beside it. */
  saveCooldown(cooldown: Cooldown | undefined, dropsAnswer: boolean): Promise<void> {
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

  /** @param isUrgent also while storage is left alone: what is to be dropped must not come back */
  #update(update: Update, isUrgent = false): Promise<void> {
    if (this.#kind === 'memory') return Promise.resolve();
    const custom = this.#custom;
    const { key } = this;
    return this.#enqueue(() => (custom ? this.#updateCustom(custom, key, update) : this.#updateIndexedDb(key, update)), isUrgent);
  }

  /** Runs one step after the other: a slow write must not bring back what was dropped after it began. */
  async #enqueue(step: () => Promise<void>, isUrgent: boolean): Promise<void> {
    const begin = (): Promise<unknown> => this.#breaker.run(step, isUrgent);
    // Without a step under way it begins in this tick, so that a read that follows sees what was written.
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
    // A copy: the storage may change what it is given, to encrypt it.
    await (next ? custom.set(key, structuredClone(next)) : custom.delete(key));
    // This step took longer than its time limit, and has just overwritten a later one.
    if (this.#latestUpdate !== update) void this.#update(this.#latestUpdate, true);
  }

  async #sweep(): Promise<void> {
    const swept = await sweepRecords(this.key, Date.now());
    for (const key of swept) clearPresenceHint(key);
  }
}

/** Another tab's failure stays: a rate limit in any case, and whatever `online` does not end if that is what ends the cool-down here. */
function isStronger(stored: Cooldown, next: Cooldown | undefined, dropsAnswer: boolean): boolean {
  const isLimited: boolean = isActiveRateLimit(stored, Date.now());
  if (isLimited) return next?.code !== stored.code;
  return !next && !dropsAnswer && !policyFor(stored.code).endsOnline;
}

function hasNewerAnswer(old: unknown, { fetchedAt }: StoredAnswer): boolean {
  const storedAt = decodeRecord(old).answer?.fetchedAt ?? 0;
  // An answer from the future was stored while the clock was wrong.
  return storedAt > fetchedAt && storedAt <= Date.now();
}
