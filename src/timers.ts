import { IceServersError } from './errors.js';

/** Beyond this a timer fires at once. */
const longestMs = 2 ** 31 - 1;

/** The timers of one loader, so that they can end together. */
export interface Timers {
  /** Calls back after a time; a longer one than a timer can hold becomes the longest it can. Gives what cancels it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
  /** The promise, or a `timeout` when the time is up first. */
  readonly within: <T>(delayMs: number, work: Promise<T>) => Promise<T>;
  /** Ends all there are, and those to come, at once: whoever waits for one waits no longer. */
  readonly stop: () => void;
}

export const createTimers = (): Timers => {
  const running = new Set<() => void>();
  let isStopped = false;

  const after: Timers['after'] = (delayMs, callback) => {
    const cancel = (): void => {
      clearTimeout(timer);
      running.delete(end);
    };
    const end = (): void => {
      cancel();
      callback();
    };
    const timer = isStopped ? undefined : setTimeout(end, Math.min(delayMs, longestMs));
    if (isStopped) queueMicrotask(end);
    else running.add(end);
    return cancel;
  };

  return {
    after,
    within: (delayMs, work) =>
      new Promise((resolve, reject) => {
        const cancel = after(delayMs, () => reject(new IceServersError('timeout')));
        work.then(resolve, reject).finally(cancel);
      }),
    stop: () => {
      isStopped = true;
      for (const end of running) end();
    },
  };
};
