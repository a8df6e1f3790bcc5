import { get, promisifyRequest } from 'idb-keyval';
import { isPastUse, isStoredRecord, type StoredRecord } from './stored-record.js';

const databaseName = 'ice-servers-loader';
const storeName = 'answers';

/** Returns what is stored under the key. */
export function readRecord(key: string): Promise<unknown> {
  return get(key, openForEachStep);
}

/** Replaces what is stored under the key, in one transaction; `undefined` deletes it. Returns the new record. */
export function updateRecord(key: string, update: (old: unknown) => StoredRecord | undefined): Promise<StoredRecord | undefined> {
  return openForEachStep('readwrite', async (store) => {
    const next = update(await promisifyRequest(store.get(key)));
    if (next) store.put(next, key);
    else store.delete(key);
    await promisifyRequest(store.transaction);
    return next;
  });
}

/** Deletes the other records that nobody can use any more, and whatever is no record. Returns the keys of the deleted records. */
export function sweepRecords(ownKey: string, now: number): Promise<string[]> {
  // One transaction, so that a record that another tab writes at the same time is not judged by its old content.
  return openForEachStep('readwrite', async (store) => {
    const keys = (await promisifyRequest(store.getAllKeys())) as string[];
    const values: unknown[] = await promisifyRequest(store.getAll());
    const swept: string[] = [];
    for (const [index, key] of keys.entries()) {
      if (key === ownKey || !isPastUse(values[index], now)) continue;
      store.delete(key);
      // Anything else may be named like an item of the app in localStorage.
      if (isStoredRecord(values[index])) swept.push(key);
    }
    await promisifyRequest(store.transaction);
    return swept;
  });
}

/**
 * Opens, works and closes for each step. A connection that stays open gets lost (iOS, sleep, storage pressure) and blocks
 * `deleteDatabase` in other tabs, and the store of idb-keyval remembers an open that hangs for ever:
 * https://github.com/jakearchibald/idb-keyval/issues/120 https://github.com/jakearchibald/idb-keyval/issues/142
 */
async function openForEachStep<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => T | PromiseLike<T>): Promise<T> {
  const opening = indexedDB.open(databaseName);
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
  const database = await promisifyRequest(opening);
  database.onversionchange = () => database.close();
  try {
    // A database of our name without our store cannot be repaired: it is deleted, and the next step makes it anew.
    if (!database.objectStoreNames.contains(storeName)) indexedDB.deleteDatabase(databaseName);
    return await work(database.transaction(storeName, mode).objectStore(storeName));
  } finally {
    database.close();
  }
}
