import { IceServersError } from './errors.js';

/** Beyond this a timer fires at once. */
const longestMs = 2 ** 31 - 1;

/**
 * The promise, but no later than the signal: then it rejects with the signal's reason. Nor, where there is a time, any later than that:
 * then it rejects with a `timeout`. A longer time than a timer can hold becomes the longest it can.
 */
export const within = <T>(work: Promise<T>, signal: AbortSignal | undefined, timeMs?: number): Promise<T> =>
  new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const fail = (reason: unknown): void => {
      end();
      reject(reason);
    };
    const abort = (): void => fail(signal!.reason);
    const timer = timeMs && setTimeout(() => fail(new IceServersError('timeout')), Math.min(timeMs, longestMs));
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    work.then(resolve, reject).finally(end);
  });
