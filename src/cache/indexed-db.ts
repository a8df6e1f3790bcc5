import { get, promisifyRequest } from 'idb-keyval';
import { isPastUse, isStoredRecord, type StoredRecord } from './stored-record.js';

const databaseName = 'ice-servers-loader';
const storeName = 'answers';

/** Returns what is stored under the key. */
export function readRecord(key: string): Promise<unknown> {
  return get(key, openForEachStep);
}

/** Replaces the record under the key in one transaction, or deletes it if `update` returns `undefined`. Returns the new record. */
export function updateRecord(key: string, update: (old: unknown) => StoredRecord | undefined): Promise<StoredRecord | undefined> {
  return openForEachStep('readwrite', async (store) => {
    const next = update(await promisifyRequest(store.get(key)));
    if (next) store.put(next, key);
    else store.delete(key);
    await promisifyRequest(store.transaction);
    return next;
  });
}

/** Deletes other records that can no longer be used, and values that are not records. Returns the keys of the deleted records. */
export function sweepRecords(ownKey: string, now: number): Promise<string[]> {
  // One transaction ensures that a record which another tab writes at the same time is not judged by its old content.
  return openForEachStep('readwrite', async (store) => {
    const keys = (await promisifyRequest(store.getAllKeys())) as string[];
    const values: unknown[] = await promisifyRequest(store.getAll());
    const swept: string[] = [];
    for (const [index, key] of keys.entries()) {
      if (key === ownKey || !isPastUse(values[index], now)) continue;
      store.delete(key);
      // Another value may have the same name as an item of the app in localStorage, which must stay.
      if (isStoredRecord(values[index])) swept.push(key);
    }
    await promisifyRequest(store.transaction);
    return swept;
  });
}

/**
 * Opens and closes the database for each step. A connection that stays open gets lost (iOS, sleep, storage pressure) and blocks
 * `deleteDatabase` in other tabs, and the store of idb-keyval keeps using an open request that hangs forever:
 * https://github.com/jakearchibald/idb-keyval/issues/120 https://github.com/jakearchibald/idb-keyval/issues/142
 */
async function openForEachStep<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => T | PromiseLike<T>): Promise<T> {
  const opening = indexedDB.open(databaseName);
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
  const database = await promisifyRequest(opening);
  database.onversionchange = () => database.close();
  try {
    // A database with this name but without this store cannot be repaired. It is deleted, and the next step creates it again.
    if (!database.objectStoreNames.contains(storeName)) indexedDB.deleteDatabase(databaseName);
    return await work(database.transaction(storeName, mode).objectStore(storeName));
  } finally {
    database.close();
  }
}
