/** The promise, but no later than the signal: then it rejects with the signal's reason, and `leave` is called. */
export const unlessAborted = <T>(promise: Promise<T>, signal: AbortSignal | undefined, leave?: () => void): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal!.reason as Error);
      leave?.();
    };
    signal?.addEventListener('abort', abort);
    promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort));
  });
