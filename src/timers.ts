/** Beyond this a timer fires at once. */
const longestMs = 2 ** 31 - 1;

/** The timers of one loader, so that they can end together. */
export interface Timers {
  /** Calls back after a time; a longer one than a timer can hold becomes the longest it can. Gives what cancels it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
  /** The promise, or a rejection when the time is up first. */
  readonly within: <T>(delayMs: number, work: Promise<T>, late?: () => Error) => Promise<T>;
  /** Ends all there are and lets no more begin. */
  readonly stop: () => void;
}

export const createTimers = (): Timers => {
  const running = new Set<ReturnType<typeof setTimeout>>();
  let isStopped = false;

  const after: Timers['after'] = (delayMs, callback) => {
    if (isStopped) return () => {};
    const cancel = (): void => {
      clearTimeout(timer);
      running.delete(timer);
    };
    const timer = setTimeout(
      () => {
        running.delete(timer);
        callback();
      },
      Math.min(delayMs, longestMs),
    );
    running.add(timer);
    return cancel;
  };

  return {
    after,
    within: (delayMs, work, late) =>
      new Promise((resolve, reject) => {
        const cancel = after(delayMs, () => reject(late?.() ?? new Error('late')));
        work.then(resolve, reject).finally(cancel);
      }),
    stop: () => {
      isStopped = true;
      for (const timer of running) clearTimeout(timer);
    },
  };
};
