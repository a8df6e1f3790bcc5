import { IceServersError } from '../errors/ice-servers-error.js';

/** What ends the wait for something: a timeout, a signal, or both. */
export interface Deadline {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/** A timer with a longer delay fires at once: https://developer.mozilla.org/docs/Web/API/Window/setTimeout#maximum_delay_value */
const longestTimerMs = 2 ** 31 - 1;

/** Settles like the work, unless the deadline comes first: then it rejects with `timeout`, or with the reason of the signal. */
export function withDeadline<T>(work: Promise<T>, deadline: Deadline): Promise<T> {
  const settled = new Promise<T>((resolve, reject) => {
    const cancel = onDeadline(deadline, (reached) => {
      reject(reached === 'timeout' ? new IceServersError('timeout') : deadline.signal!.reason);
    });
    work.then(resolve, reject).finally(cancel);
  });
  // Under zone.js, a native `await` listens a microtask later, and a rejection until then would count as unhandled:
  // https://github.com/grafana/faro-web-sdk/issues/566
  settled.catch(() => {});
  return settled;
}

/**
 * Calls back once when the time is up or the signal is aborted. `AbortSignal.any` and `AbortSignal.timeout` would do the same, but Safari
 * has the first only since 17.4: https://developer.mozilla.org/docs/Web/API/AbortSignal/any_static
 *
 * @returns a function that cancels it and leaves no timer or listener behind
 */
export function onDeadline({ signal, timeoutMs }: Deadline, callBack: (reached: 'timeout' | 'aborted') => void): () => void {
  const reach = (reached: 'timeout' | 'aborted'): void => {
    cancel();
    callBack(reached);
  };
  const onAbort = (): void => reach('aborted');
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => reach('timeout'), Math.min(timeoutMs, longestTimerMs));
  const cancel = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  };
  if (signal?.aborted) onAbort();
  else signal?.addEventListener('abort', onAbort);
  return cancel;
}
