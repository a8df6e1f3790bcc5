import { get, promisifyRequest, type UseStore } from 'idb-keyval';
import { isCode, isPassing } from './errors.js';
import { isLimited, type CoolDown } from './freshness.js';
import type { Settings } from './options.js';
import { readServers, type ServerList } from './response.js';
import type { IceServersStatus } from './types.js';
import { within } from './within.js';

/** An answer, and when it was asked for. */
export interface Answer extends ServerList {
  readonly fetchedAt: number;
  /** The endpoint has said no since (400, 404): it serves for as long as it is fresh, and no longer. */
  readonly isFinal?: boolean | undefined;
}

/** What is kept under one key: plain JSON, so that any storage can hold it. `until` is for sweeping. */
interface StoredRecord extends Partial<Answer> {
  readonly v: 1;
  readonly until: number;
  readonly cool?: CoolDown | undefined;
}

/** What was read: each half may be missing. */
export interface Kept {
  readonly answer?: Answer | undefined;
  readonly cool?: CoolDown | undefined;
}

/** The place for one entry. No method throws or rejects: a failure is a miss. */
export interface Shelf {
  readonly kind: () => IceServersStatus['storage'];
  readonly read: () => Promise<Kept>;
  /** Whether a cheap look tells that there is nothing. It may be wrong: an app may clear localStorage, and a worker has none. */
  readonly isEmpty: () => boolean;
  /** Keeps an answer for as long as anybody may use it, unless a newer one is there, and ends the cool-down. */
  readonly keep: (answer: Answer, until: number) => Promise<void>;
  /** Remembers a failure in place of the answer or beside it, or forgets it. Where nothing is left, the record goes. */
  readonly cool: (cool: CoolDown | undefined, dropsAnswer: boolean) => Promise<void>;
}

const databaseName = 'ice-servers-loader';
const storeName = 'answers';
const stepMs = 500;
/** After so many failures in a row storage is left alone for a while: a broken one costs each use its time limit. */
const maxFailures = 3;
const restMs = 60_000;

/**
 * Opens, works and closes for each step. A connection that is kept open gets lost (iOS, sleep, storage pressure),
 * blocks `deleteDatabase` in other tabs, and with idb-keyval's own store a hung open is remembered for ever:
 * https://github.com/jakearchibald/idb-keyval/issues/120 https://github.com/jakearchibald/idb-keyval/issues/142
 */
const openForEachStep: UseStore = async (mode, work) => {
  const opening = indexedDB.open(databaseName);
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
  const database = await promisifyRequest(opening);
  database.onversionchange = () => database.close();
  try {
    // A database of our name without our store cannot be mended, only made anew.
    if (!database.objectStoreNames.contains(storeName)) indexedDB.deleteDatabase(databaseName);
    return await work(database.transaction(storeName, mode).objectStore(storeName));
  } finally {
    database.close();
  }
};

const isStored = (value: unknown): value is StoredRecord => (Object(value) as StoredRecord).v === 1;

// Anybody can write there: what is read is believed no more than what the endpoint sends.
const keptIn = (value: unknown): Kept => {
  try {
    const { v, fetchedAt, dropped = 0, isFinal, cool } = value as StoredRecord;
    if (v !== 1) return {};
    const list = readServers(value);
    return {
      answer: list && Number.isFinite(fetchedAt) ? { ...list, fetchedAt: fetchedAt!, dropped, isFinal: !!isFinal } : undefined,
      cool: cool && isCode(cool.code) && [cool.failedAt, cool.until, cool.status ?? 0].every(Number.isFinite) ? cool : undefined,
    };
  } catch {
    return {};
  }
};

/** A note in localStorage, which answers at once, of whether there is a record: 1 or 0. A look gives what stands there; 1 where nobody knows. */
const hint = (key: string, step: 'getItem' | 'setItem' | 'removeItem', text = '1'): unknown => {
  try {
    return localStorage[step](key, text);
  } catch {
    // None, as in a worker, or one that is full.
    return '1';
  }
};

/** In one transaction, so that what another tab writes meanwhile is not taken for what was there. */
const sweep = (key: string): Promise<void> =>
  openForEachStep('readwrite', async (store) => {
    const keys = await promisifyRequest(store.getAllKeys());
    const values: unknown[] = await promisifyRequest(store.getAll());
    values.forEach((value, i) => {
      const other = keys[i] as string;
      if (other === key || (isStored(value) && Math.max(value.until, value.cool?.until ?? 0) > Date.now())) return;
      store.delete(other);
      // What is no record of ours may be named like an item of the app.
      if (isStored(value)) hint(other, 'removeItem');
    });
    await promisifyRequest(store.transaction);
  });

type Change = (old: unknown) => StoredRecord | undefined;

/** The place in `storage` for the entry of this name; no step outlasts the signal. */
export const openShelf = (storage: Settings['storage'], key: string, life: AbortSignal): Shelf => {
  const isIndexedDb = storage === 'indexeddb';
  const custom = typeof storage === 'string' ? undefined : storage;
  let failures = 0;
  let restsUntilMs = 0;

  const attempt = async <T>(step: () => T, isUrgent?: boolean): Promise<Awaited<T> | undefined> => {
    if (storage === 'memory' || (failures >= maxFailures && performance.now() < restsUntilMs && !isUrgent)) return undefined;
    try {
      const result = await within(Promise.resolve(step()), life, stepMs);
      failures = 0;
      return result;
    } catch {
      failures++;
      restsUntilMs = performance.now() + restMs;
      return undefined;
    }
  };

  /** One step after the other: a storage whose writes take their time must not bring back what was dropped meanwhile. */
  let before: Promise<unknown> | undefined;
  const inOrder = async (step: () => Promise<unknown>, isUrgent?: boolean): Promise<void> => {
    const begin = (): Promise<unknown> => attempt(step, isUrgent);
    // Begun at once where nothing is under way, so that a read that follows finds what was written.
    const mine = before ? before.then(begin) : begin();
    before = mine;
    await mine;
    if (before === mine) before = undefined;
  };

  const stored = (): unknown => (custom ? custom.get(key) : get(key, openForEachStep));

  let latest: Change;
  /** @param isUrgent also while storage is left alone: what is to be dropped must not come back */
  const change = (to: Change, isUrgent?: boolean): Promise<void> =>
    inOrder(async () => {
      if (custom) {
        latest = to;
        const next = to(await stored());
        // It may change what it is given, to encrypt it.
        await (next ? custom.set(key, structuredClone(next)) : custom.delete(key));
        // It was out of time, and has undone what was done meanwhile.
        if (latest !== to) void change(latest, true);
      } else {
        await openForEachStep('readwrite', async (store) => {
          const next = to(await promisifyRequest(store.get(key)));
          if (next) store.put(next, key);
          else store.delete(key);
          await promisifyRequest(store.transaction);
          hint(key, next ? 'setItem' : 'removeItem');
        });
      }
    }, isUrgent);

  return {
    kind: () => (custom ? 'custom' : isIndexedDb && !failures ? 'indexeddb' : 'memory'),
    read: async () => keptIn(await attempt(stored)),
    // What cannot be written now could not be when there was a record.
    isEmpty: () => isIndexedDb && hint(key, 'getItem') !== '1' && hint(key, 'setItem', '0') !== '1',
    keep: async (answer, until) => {
      await change((old) => {
        const at = keptIn(old).answer?.fetchedAt ?? 0;
        // Another tab's newer answer stays; one from the future is from a clock that was wrong.
        return at > answer.fetchedAt && at <= Date.now() ? (old as StoredRecord) : { ...answer, v: 1, until };
      });
      if (isIndexedDb && !failures) await attempt(() => sweep(key));
    },
    cool: (cool, dropsAnswer) =>
      change((old) => {
        const kept = !dropsAnswer && isStored(old) && { ...old, isFinal: old.isFinal || (!!cool && !isPassing(cool.code)) };
        const { cool: last } = keptIn(old);
        // A rate limit that another tab met gives way to no lesser failure, nor to what ends one.
        const next = isLimited(last, Date.now()) && cool?.code !== last.code ? last : cool;
        return kept || next ? { until: 0, ...kept, v: 1, cool: next } : undefined;
      }, dropsAnswer),
  };
};
