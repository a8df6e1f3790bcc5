/** The part of ky's options that `request/get-credential.ts` uses. */
interface RetryOptions {
  readonly fetch: () => Promise<Response>;
  readonly signal?: AbortSignal;
  readonly retry: {
    readonly limit: number;
    readonly delay: (attempt: number) => number;
    readonly shouldRetry: (state: { readonly error: unknown }) => boolean;
  };
}

/**
 * Replaces ky in the script-tag file: it provides the retries and the pauses between them, which is all that is used of ky. ky cannot be
 * tree-shaken, and would add 4.3 kB to that file. The tests of the request also run with this replacement.
 */
export default async function retry(_url: string, options: RetryOptions): Promise<Response> {
  const { limit, delay, shouldRetry } = options.retry;
  for (let attempt = 1; ; attempt++) {
    try {
      return await options.fetch();
    } catch (error) {
      if (attempt > limit || !shouldRetry({ error })) throw error;
      await pause(delay(attempt), options.signal);
    }
  }
}

function pause(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, delayMs);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
