import { withDeadline } from '../utils/with-deadline.js';
import type { CacheStore } from './cache-store.js';

/** How long to wait for storage before the request starts as well. */
const patienceMs = 100;
/** Reading localStorage blocks a new page for a millisecond or two. Most reads of the store end before that is worthwhile. */
const hintDelayMs = 3;

/**
 * Waits for a read of the store, for at most 100 ms, and not at all if localStorage shows that nothing is stored.
 */
export async function waitForStorage(reading: Promise<void>, store: CacheStore, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const emptiness = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      if (store.isKnownEmpty()) resolve();
    }, hintDelayMs);
  });
  try {
    await withDeadline(Promise.race([reading, emptiness]), { signal, timeoutMs: patienceMs });
  } catch {
    // Storage took too long, or nobody waits any more.
  } finally {
    clearTimeout(timer);
  }
}
