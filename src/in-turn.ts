/** How long a tab waits for another one that is asking the same thing. */
const patienceMs = 2000;

/**
 * Does the work while no other tab does work of the same name, as a courtesy: where locks are missing, refuse, or are held
 * for longer than 2 s (a frozen tab, an orphan), the work is done all the same. Never steals.
 *
 * @param work must not reject; another tab may have done it meanwhile
 */
export const inTurn = (name: string, signal: AbortSignal, work: () => Promise<void>): void => {
  let begun = false;
  const queue = new AbortController();
  const begin = (): Promise<void> | undefined => {
    clearTimeout(timer);
    if (begun || signal.aborted) return undefined;
    begun = true;
    return work();
  };
  const giveUp = (): void => {
    void begin();
    queue.abort();
  };
  const timer = setTimeout(giveUp, patienceMs);
  signal.addEventListener('abort', giveUp);
  const ask = async (): Promise<unknown> => navigator.locks.request(name, { signal: queue.signal }, begin);
  // Also where there is no navigator at all, and where a sandboxed frame throws.
  ask().catch(giveUp);
};
