import { onDeadline } from '../utils/with-deadline.js';

/** How long a tab waits for another one that makes the same request. Together with the time for an answer that is 2 s. */
const patienceMs = 1900;
/** A lock manager that works answers at once whether a lock is free. */
const answerMs = 100;
/** How long a tab that gave up waits for another one that gave up. All together that is as long as a request may take by default. */
const secondPatienceMs = 8100;

/** What to do with the lock. Neither may reject. */
export interface LockedWork {
  /** Makes the request. */
  readonly run: () => Promise<void>;
  /** Looks whether another tab has stored an answer, while `run` is still under way. */
  readonly recheck: () => Promise<void>;
}

/**
 * Does the work while no other tab does work of the same name. The lock is a courtesy, never a gate, and it is never stolen.
 *
 * If it is held for longer than 2 s (a slow endpoint, a frozen tab, an orphan), the tab also requests a second lock: of all tabs that have
 * given up, one at a time makes a request. It stays in the queue of the first lock, so that it learns at once of an answer that the first
 * tab stores. If locks are missing, refuse, hang, or are both held, the work is done without one.
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
        // There is no navigator in Node, a sandboxed frame refuses, and a queue that was left rejects.
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
