/*
 * A note in localStorage of whether IndexedDB holds a record. localStorage answers at once, IndexedDB takes 10 to 18 ms in a new page: a
 * first visit need not wait for it. The note may be wrong, for an app may clear localStorage, and a worker has none.
 */

const present = '1';
const absent = '0';

export function markRecordPresent(key: string): void {
  attempt(() => localStorage.setItem(key, present));
}

export function clearPresenceHint(key: string): void {
  attempt(() => localStorage.removeItem(key));
}

/**
 * Tells whether there is certainly no record. That is so if there is no IndexedDB, or if localStorage says so and can be written to: what cannot
 * be written now could not be written when there was a record.
 */
export function hasNoRecord(key: string): boolean {
  return attempt(() => {
    // Node 25 warns of a localStorage without a file, and has no IndexedDB: https://github.com/sanity-io/sanity/issues/12183
    if (!globalThis.indexedDB) return true;
    if (localStorage.getItem(key) === present) return false;
    localStorage.setItem(key, absent);
    return true;
  });
}

/** Returns `false` if localStorage is missing, as in a worker, refused, or full. */
function attempt(step: () => boolean | void): boolean {
  try {
    return step() ?? false;
  } catch {
    return false;
  }
}
