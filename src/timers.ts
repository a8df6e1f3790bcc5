/** Beyond this a timer fires at once. */
const longestMs = 2 ** 31 - 1;

/** The timers of one loader, so that they can end together. */
export interface Timers {
  /** Calls back after a time; a longer one than a timer can hold becomes the longest it can. Gives what cancels it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
  /** The promise, or a rejection when the time is up first. */
  readonly within: <T>(delayMs: number, work: Promise<T>, late?: () => Error) => Promise<T>;
  /** Ends all there are, and those to come, at once: whoever waits for one waits no longer. */
  readonly stop: () => void;
}

export const createTimers = (): Timers => {
  const running = new Map<ReturnType<typeof setTimeout>, () => void>();
  let isStopped = false;

  const after: Timers['after'] = (delayMs, callback) => {
    if (isStopped) {
      queueMicrotask(callback);
      return () => {};
    }
    const cancel = (): void => {
      clearTimeout(timer);
      running.delete(timer);
    };
    const timer = setTimeout(
      () => {
        cancel();
        callback();
      },
      Math.min(delayMs, longestMs),
    );
    running.set(timer, callback);
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
      for (const [timer, callback] of running) {
        clearTimeout(timer);
        callback();
      }
    },
  };
};
