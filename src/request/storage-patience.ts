import type { CacheStore } from '../cache/cache-store.js';
import { withDeadline } from '../utils/with-deadline.js';

/** How long storage may be silent before the network starts as well. */
const patienceMs = 100;
/** A look at localStorage keeps a new page busy for a millisecond or two: most reads end before it is worth that. */
const hintDelayMs = 3;

/**
 * Waits for a read of the store: no longer than 100 ms, and not at all if a cheap look shows that nothing is stored.
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
    // It is silent, or nobody waits any more.
  } finally {
    clearTimeout(timer);
  }
}
