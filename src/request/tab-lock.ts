import { onDeadline } from '../utils/with-deadline.js';

/** How long a tab waits for another one that makes the same request. */
const patienceMs = 2000;

/**
 * Does the work while no other tab does work of the same name. The lock is a courtesy, never a gate: if locks are missing, refuse, or are
 * held for longer than 2 s (a frozen tab, an orphan), the work is done all the same. The lock is never stolen.
 *
 * @param work must not reject
 * @returns a promise that settles with the work, or as soon as the signal is aborted before it begins
 */
export function withTabLock(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const queue = new AbortController();
    let hasBegun = false;
    const begin = async (): Promise<void> => {
      if (hasBegun) return;
      hasBegun = true;
      if (!signal.aborted) await work();
      resolve();
    };
    const beginWithoutLock = (): void => {
      void begin();
      queue.abort();
    };
    const cancel = onDeadline({ signal, timeoutMs: patienceMs }, beginWithoutLock);
    const beginWithLock = (): Promise<void> => {
      cancel();
      return begin();
    };
    // An async function, because this may throw: there is no navigator in Node, and a sandboxed frame refuses.
    const request = async (): Promise<unknown> => navigator.locks.request(name, { signal: queue.signal }, beginWithLock);
    request().catch(() => {
      cancel();
      beginWithoutLock();
    });
  });
}
