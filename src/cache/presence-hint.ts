/*
 * A hint in localStorage about whether IndexedDB holds a record. localStorage responds at once, while IndexedDB takes 10 to 18 ms in a new
 * page, so a first visit need not wait for it. The hint may be wrong, because an app may clear localStorage, and a worker has none.
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
 * Returns whether there is certainly no record: there is no IndexedDB, or localStorage has no hint of one and is writable. If it is not
 * writable now, it may not have been writable when a record was stored.
 */
export function hasNoRecord(key: string): boolean {
  return attempt(() => {
    // Node 25 warns about a localStorage without a file, and has no IndexedDB: https://github.com/sanity-io/sanity/issues/12183
    if (!globalThis.indexedDB) return true;
    if (localStorage.getItem(key) === present) return false;
    localStorage.setItem(key, absent);
    return true;
  });
}

/** Runs the step. Returns `false` if localStorage is missing (as in a worker), forbidden or full. */
function attempt(step: () => boolean | void): boolean {
  try {
    return step() ?? false;
  } catch {
    return false;
  }
}
