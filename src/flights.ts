import type { Entry, Held } from './entry.js';
import { IceServersError } from './errors.js';
import { inTurn } from './in-turn.js';
import type { Settings } from './options.js';
import { requestServers } from './request.js';
import type { Shelf } from './store.js';
import type { IceServersStatus } from './types.js';
import { within } from './within.js';

/** How long storage may be silent before the network starts as well. */
const storagePatienceMs = 100;
/** A look at localStorage keeps a page that has just been opened busy for a millisecond: most reads end before it is worth it. */
const hintAfterMs = 3;

/** Why a request ends that was invalidated and that somebody asks anew: no error, for those who wait for it then wait for that. */
const superseded = {};

/** Servers, and where they came from. */
export type Landing = readonly [source: IceServersStatus['source'], from: Held];

/** The way to new servers: one at a time, shared by everybody who needs them meanwhile. */
export interface Flights {
  /** Joins the flight under way, or starts one. */
  readonly join: (cache: string, minValidityMs: number | undefined, signal: AbortSignal | undefined) => Promise<Landing>;
  /** Starts one that nobody waits for, unless that is under way or pointless. Rejects where it fails. */
  readonly refresh: () => Promise<unknown>;
  /** Whether one is under way that goes to the endpoint whatever storage holds. */
  readonly isForced: () => boolean;
  /** Hands out what the one under way brings, but keeps none of it. */
  readonly disown: () => void;
}

export const createFlights = (settings: Settings, lockName: string, entry: Entry, shelf: Shelf, life: AbortSignal): Flights => {
  let flight: Promise<Landing> | undefined;
  let controller: AbortController | undefined;
  let waiters!: number;
  /** Somebody wants the endpoint's own word. */
  let isForced!: boolean;
  /** Somebody may pass a cool-down. */
  let isUrgent!: boolean;
  /** Somebody wants the answer kept. */
  let isKept!: boolean;
  /** It set out before an `invalidate`: its answer is handed out, but not kept. */
  let isVoid!: boolean;
  /**
   * How much life those who wait want: `undefined` is the usual. Where nobody waits, there are no retries, and an ageing answer
   * of another tab is not good enough.
   */
  let wishesMs!: (number | undefined)[];
  life.addEventListener('abort', () => controller?.abort(life.reason));

  const start = (): Promise<Landing> => {
    const own = (controller = new AbortController());
    const { signal } = own;
    waiters = 0;
    isForced = isUrgent = isKept = isVoid = false;
    wishesMs = [];
    const started = new Promise<Landing>((land, crash) => {
      signal.addEventListener('abort', () => crash(signal.reason));

      /** Ends the flight with what is held, where that is good enough. */
      const isServed = (): boolean => {
        const isGood = !isForced && (wishesMs.length ? wishesMs.every(entry.isUsable) : entry.freshness() === 'fresh');
        if (isGood) land(['indexeddb', entry.held!]);
        return isGood;
      };

      let isSilent = false;
      const look = async (): Promise<void> => {
        if (isSilent) return;
        const reading = entry.recall();
        let timer: ReturnType<typeof setTimeout> | undefined;
        const hinting = new Promise<void>((resolve) => {
          timer = setTimeout(() => shelf.isEmpty() && resolve(), hintAfterMs);
        });
        await within(Promise.race([reading, hinting]), signal, storagePatienceMs).catch(() => {
          isSilent = true;
        });
        clearTimeout(timer);
        // Where the network starts meanwhile, the first good answer wins.
        void reading.then(isServed);
      };

      /** Ends the flight where what is known now decides it. */
      const isDecided = (): boolean => {
        if (isServed() || signal.aborted) return true;
        const failure = entry.cooling();
        if (!failure || (isUrgent && failure.code !== 'rate-limited')) return false;
        crash(failure);
        return true;
      };

      const counts = (): boolean => !isVoid && !signal.aborted;

      /** Asks the endpoint, and keeps what comes back: the answer, or that there was none. */
      const ask = async (): Promise<void> => {
        const fetchedAt = Date.now();
        const bornMs = performance.now();
        try {
          const asking = requestServers(settings, signal, () => wishesMs.length > 0);
          const answer = { ...(await within(asking, signal, settings.timeout)), fetchedAt };
          const fetched = entry.hold(answer, bornMs);
          land(['network', fetched]);
          if (counts()) await entry.succeed(answer, fetched, isKept);
        } catch (error) {
          // A rate limit holds, whatever was invalidated meanwhile.
          crash(error instanceof IceServersError && (counts() || error.code === 'rate-limited') ? await entry.fail(error) : error);
        }
      };

      // Whoever starts it says meanwhile what is wanted.
      void look().then(() => {
        if (isDecided()) return;
        inTurn(lockName, signal, async () => {
          // Another tab may have brought it meanwhile.
          if (!shelf.isEmpty()) await look();
          if (!isDecided()) await ask();
        });
      });
    });
    const end = (): void => {
      if (flight === started) flight = undefined;
      // Where storage was faster, a request is still under way.
      own.abort();
    };
    started.then(end, end);
    return (flight = started);
  };

  const join: Flights['join'] = async (cache, minValidityMs, signal) => {
    life.throwIfAborted();
    if (flight && isVoid) {
      flight = undefined;
      controller!.abort(superseded);
    }
    const shared = flight ?? start();
    waiters++;
    isForced ||= cache !== 'default';
    isUrgent ||= cache === 'reload';
    isKept ||= cache !== 'no-store';
    wishesMs.push(minValidityMs);
    try {
      return await within(shared, signal);
    } catch (error) {
      if (error !== superseded) throw error;
      return await join(cache, minValidityMs, signal);
    } finally {
      if (flight === shared && !--waiters) {
        flight = undefined;
        controller!.abort();
      }
    }
  };

  return {
    join,
    refresh: async () => {
      if (flight || life.aborted || entry.cooling()) return;
      const started = start();
      waiters = 1;
      isKept = true;
      await started;
    },
    isForced: () => !!flight && isForced,
    disown: () => {
      isVoid = true;
    },
  };
};
