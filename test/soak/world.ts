import FakeTimers from '@sinonjs/fake-timers';

export type Weather = 'fine' | 'offline' | 'broken' | 'limited' | 'nonsense';

/** An endpoint with weather, and a storage, a lock and a window that the tabs of one browser share. */
export const createWorld = (random: () => number) => {
  const clock = FakeTimers.install({
    now: Date.UTC(2026, 0, 1),
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'performance'],
  });
  const requests: number[] = [];
  const records = new Map<string, string>();
  const locks = new Map<string, Promise<unknown>>();
  let weather: Weather = 'fine';

  const answer = (): Response => {
    if (weather === 'broken') return new Response('', { status: 503 });
    if (weather === 'limited') return new Response('', { status: 429 });
    if (weather === 'nonsense') return new Response('<html>');
    const username = `pair-${requests.length}`;
    return Response.json([{ urls: 'turn:relay.example:443', username, credential: 'secret' }]);
  };

  const fetch = async (_: string, { signal }: RequestInit): Promise<Response> => {
    requests.push(Date.now());
    await new Promise((resolve) => setTimeout(resolve, 20 + random() * 300));
    signal?.throwIfAborted();
    if (weather === 'offline') throw new TypeError('fetch failed');
    return answer();
  };

  const storage = {
    get: (key: string): unknown => JSON.parse(records.get(key) ?? 'null'),
    set: (key: string, value: object): unknown => records.set(key, JSON.stringify(value)),
    delete: (key: string): unknown => records.delete(key),
  };

  // As much of the Web Locks as the loader uses.
  const request = async (name: string, { ifAvailable }: LockOptions, work: (lock: unknown) => Promise<unknown>): Promise<unknown> => {
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

  const page = new EventTarget();
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { locks: { request } } });
  Object.assign(globalThis, {
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
  });

  return {
    clock,
    requests,
    fetch,
    storage,
    get weather() {
      return weather;
    },
    /** Changes the weather; a network that comes back tells the page, as browsers do most of the time. */
    turn(next: Weather) {
      const isBack = weather === 'offline' && next !== 'offline' && random() < 0.8;
      weather = next;
      if (isBack) page.dispatchEvent(new Event('online'));
    },
    /** The machine sleeps: the wall clock goes on, no timer runs. */
    sleep(ms: number) {
      clock.setSystemTime(Date.now() + ms);
      page.dispatchEvent(new Event('visibilitychange'));
    },
    /** Lets time pass, and what it sets off. */
    async pass(ms: number) {
      await clock.tickAsync(ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
};
