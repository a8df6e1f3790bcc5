import { expect, type Page } from '@playwright/test';

const databaseName = 'ice-servers-loader';

/** Waits until so many answers are on disk: nobody waits for a write. While a first request is under way, the hint of its record is `0`. */
export async function untilStored(page: Page, count = 1): Promise<void> {
  const countStored = (): Promise<number> =>
    page.evaluate(
      () => Object.entries(localStorage).filter(([key, value]) => key.startsWith('ice-servers-loader:') && value === '1').length,
    );
  await expect.poll(countStored, { timeout: 15_000 }).toBe(count);
}

/** Waits until the records are those of the request that began at this time. */
export async function untilStoredOf(page: Page, fetchedAt: number): Promise<void> {
  await expect.poll(async () => (await readRecords(page)).map((record) => record?.fetchedAt), { timeout: 15_000 }).toEqual([fetchedAt]);
}

/** Puts a value in the place of every record. */
export function overwriteRecords(page: Page, value: unknown): Promise<void> {
  return page.evaluate(
    ({ name, junk }) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction(database.objectStoreNames[0]!, 'readwrite');
          const store = transaction.objectStore(database.objectStoreNames[0]!);
          store.getAllKeys().onsuccess = ({ target }) => {
            for (const key of (target as IDBRequest<IDBValidKey[]>).result) store.put(junk, key);
          };
          transaction.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
    { name: databaseName, junk: value },
  );
}

function readRecords(page: Page): Promise<({ fetchedAt?: number } | null)[]> {
  return page.evaluate(
    (name) =>
      new Promise((resolve) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => {
          const database = opening.result;
          const storeName = database.objectStoreNames[0]!;
          database.transaction(storeName).objectStore(storeName).getAll().onsuccess = ({ target }) => {
            database.close();
            resolve((target as IDBRequest<{ fetchedAt?: number }[]>).result);
          };
        };
      }),
    databaseName,
  );
}
