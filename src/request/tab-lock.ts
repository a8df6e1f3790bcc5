import { onDeadline } from '../utils/with-deadline.js';

/** How long a tab waits for another tab that makes the same request. Together with `answerMs` that is 2 s. */
const patienceMs = 1900;
/** A working lock manager responds at once whether a lock is free. */
const answerMs = 100;
/** How long a tab that gave up waits for another tab that gave up. It is long, because all of them would stop waiting at the same time. */
const secondPatienceMs = 58_100;

/** What to do while the lock is held. Neither function may reject. */
export interface LockedWork {
  /** Makes the request. */
  readonly run: () => Promise<void>;
  /** Checks whether another tab has stored an answer. It is called if the first lock is granted while `run` is still under way. */
  readonly recheck: () => Promise<void>;
}

/**
 * Does the work while no other tab does work of the same name. The lock only saves requests: it never prevents one, and it is never stolen.
 *
 * If the lock is held for longer than 2 s (by a slow request, a frozen tab or an orphan), the tab also requests a second lock, so that of
 * all tabs that have given up, only one at a time makes a request. It stays in the queue of the first lock, so that it learns at once of an
 * answer that the first tab stores. If the lock manager is missing, rejects or hangs, or if both locks are held, no lock is used.
 *
 * @returns a promise that settles with the work, or as soon as the signal is aborted before it begins
 */
export function withTabLock(name: string, signal: AbortSignal, work: LockedWork): Promise<void> {
  return new Promise((resolve) => {
    const queue = new AbortController();
    let hasBegun = false;
    let cancelTimer: () => void;

    const leave = (): void => {
      cancelTimer();
      queue.abort();
      resolve();
    };
    const takeTurn = async (): Promise<void> => {
      if (queue.signal.aborted) return;
      if (hasBegun) return work.recheck();
      hasBegun = true;
      cancelTimer();
      await work.run();
      leave();
    };
    const wait = (timeoutMs: number, onTimeout: () => void): void => {
      cancelTimer = onDeadline({ signal, timeoutMs }, (reached) => (reached === 'timeout' ? onTimeout() : leave()));
    };
    const request = async (lockName: string, options: LockOptions, onLock: (lock: Lock | null) => Promise<void>): Promise<void> => {
      try {
        await navigator.locks.request(lockName, options, onLock);
      } catch {
        // Node may have no lock manager, a sandboxed frame rejects, and so does a queue that was left.
      }
      if (!hasBegun) await takeTurn();
    };
    const requestSecond = async (lock: Lock | null): Promise<void> => {
      if (lock !== null || hasBegun) return takeTurn();
      cancelTimer();
      wait(secondPatienceMs, () => void takeTurn());
      await request(`${name}:second`, { signal: queue.signal }, takeTurn);
    };

    wait(patienceMs, () => {
      wait(answerMs, () => void takeTurn());
      void request(`${name}:second`, { ifAvailable: true }, requestSecond);
    });
    void request(name, { signal: queue.signal }, takeTurn);
  });
}
