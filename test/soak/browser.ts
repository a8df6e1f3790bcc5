import FakeTimers from '@sinonjs/fake-timers';

/** The clock, the storage, the locks and the window that the tabs of one browser share. */
export interface Browser {
  readonly storage: {
    readonly get: (key: string) => unknown;
    readonly set: (key: string, value: object) => unknown;
    readonly delete: (key: string) => unknown;
  };
  /** Lets time pass, and what it sets off. */
  pass(ms: number): Promise<void>;
  /** The machine sleeps: the wall clock goes on, no timer runs. */
  sleep(ms: number): void;
  /** Somebody sets the wall clock. */
  setClockBy(ms: number): void;
  /** The network is back, and the browser tells its pages. */
  goOnline(): void;
  countTimers(): number;
  /** Gives the process its own clock back. */
  close(): void;
}

export function openBrowser(): Browser {
  const clock = FakeTimers.install({
    now: Date.UTC(2026, 0, 1),
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'performance'],
  });
  const page = new EventTarget();
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { locks: { request: createLocks() } } });
  Object.assign(globalThis, {
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
  });
  const setClockBy = (ms: number): void => clock.setSystemTime(Date.now() + ms);
  return {
    storage: createStorage(),
    pass: async (ms) => {
      await clock.tickAsync(ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
    sleep: (ms) => {
      setClockBy(ms);
      page.dispatchEvent(new Event('visibilitychange'));
    },
    setClockBy,
    goOnline: () => void page.dispatchEvent(new Event('online')),
    countTimers: () => clock.countTimers(),
    close: () => clock.uninstall(),
  };
}

function createStorage(): Browser['storage'] {
  const records = new Map<string, string>();
  return {
    get: (key) => JSON.parse(records.get(key) ?? 'null'),
    set: (key, value) => records.set(key, JSON.stringify(value)),
    delete: (key) => records.delete(key),
  };
}

/** As much of the Web Locks as the loader uses. */
function createLocks() {
  const locks = new Map<string, Promise<unknown>>();
  return async (name: string, { ifAvailable }: LockOptions, work: (lock: unknown) => Promise<unknown>): Promise<unknown> => {
    const before = locks.get(name);
    if (before && ifAvailable) return work(null);
    const turn = (async () => {
      await before;
      return work({ name });
    })();
    const settled = turn.catch(() => {});
    locks.set(name, settled);
    await settled;
    if (locks.get(name) === settled) locks.delete(name);
    return turn;
  };
}
