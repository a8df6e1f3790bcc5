import { vi } from 'vitest';

interface Options {
  readonly ifAvailable?: boolean;
  readonly steal?: boolean;
  readonly signal?: AbortSignal;
}

type Work = (lock: { readonly name: string } | null) => unknown;

/** A Web Locks manager that tabs share, with exclusive locks, `ifAvailable` and `signal`. */
export const createLocks = () => {
  const tails = new Map<string, Promise<unknown>>();
  const requested: { readonly name: string; readonly options: Options }[] = [];
  let heldElsewhere: 'none' | 'first' | 'both' = 'none';
  const isHeldElsewhere = (name: string): boolean => heldElsewhere === 'both' || (heldElsewhere === 'first' && !name.endsWith(':second'));
  const run = async (name: string, work: Work): Promise<unknown> => {
    const done = Promise.resolve(work({ name }));
    const tail = done.catch(() => {});
    tails.set(name, tail);
    await tail;
    if (tails.get(name) === tail) tails.delete(name);
    return done;
  };
  const request = async (name: string, options: Options, work: Work): Promise<unknown> => {
    requested.push({ name, options });
    const { ifAvailable, signal } = options;
    const isBusy = (): boolean => isHeldElsewhere(name) || tails.has(name);
    if (ifAvailable && signal) throw new DOMException('ifAvailable and signal', 'NotSupportedError');
    if (ifAvailable && isBusy()) return work(null);
    signal?.throwIfAborted();
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    });
    aborted.catch(() => {});
    while (isBusy()) await Promise.race([isHeldElsewhere(name) ? new Promise(() => {}) : tails.get(name), aborted]);
    return run(name, work);
  };
  return {
    requested,
    request: vi.fn(request),
    /** Another context, such as a frozen tab, holds the first lock and never releases it; one that gave up may hold the second as well. */
    holdForever: (which: 'first' | 'both' = 'first'): void => void (heldElsewhere = which),
  };
};

/** Gives the page a lock manager, and returns it. */
export const stubLocks = () => {
  const locks = createLocks();
  vi.stubGlobal('navigator', { locks });
  return locks;
};

/** Gives the page a lock manager with this `request` method. */
export const stubLockRequest = (request: () => unknown) => {
  const spy = vi.fn(request);
  vi.stubGlobal('navigator', { locks: { request: spy } });
  return spy;
};
