import type { Timers } from './timers.js';

/** How long a tab waits for another one that is asking the same thing. */
const patienceMs = 2000;

/**
 * Does the work while no other tab does work of the same name, as a courtesy: where locks are missing, refuse, or are held
 * for longer than 2 s (a frozen tab, an orphan), the work is done all the same. Never steals.
 *
 * @param work must not reject; it is told whether another tab was busy, and may thus have done it already
 */
export const inTurn = (name: string, signal: AbortSignal, { after }: Timers, work: (waited: boolean) => Promise<void>): void => {
  let begun = false;
  const queue = new AbortController();
  const begin = (waited: boolean): Promise<void> | undefined => {
    cancel();
    if (begun || signal.aborted) return undefined;
    begun = true;
    signal.removeEventListener('abort', giveUp);
    return work(waited);
  };
  const giveUp = (): void => {
    void begin(true);
    queue.abort();
  };
  const cancel = after(patienceMs, giveUp);
  signal.addEventListener('abort', giveUp);
  const ask = async (): Promise<void> => {
    const { locks } = navigator;
    const isBusy = await locks.request(name, { ifAvailable: true }, async (lock) => !lock || begin(false));
    if (isBusy) await locks.request(name, { signal: queue.signal }, () => begin(true));
  };
  // Also where there is no navigator at all, and where a sandboxed frame throws.
  ask().catch(giveUp);
};
