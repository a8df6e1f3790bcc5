import { digest } from './digest.js';
import { IceServersError, isPassing, wrong, type IceServersErrorCode } from './errors.js';
import {
  coolDownAfter,
  freshnessAt,
  isCooling,
  isValidFor,
  lifeOf,
  retryPauseMs,
  type CoolDown,
  type Freshness,
  type Life,
} from './freshness.js';
import { inTurn } from './in-turn.js';
import { createKeeper } from './keep-fresh.js';
import { checkLoadOptions, type Settings } from './options.js';
import { requestServers } from './request.js';
import { copyServers, trimServers } from './servers.js';
import { openShelf, type Answer } from './store.js';
import { createTimers } from './timers.js';
import type { IceServersLoader, IceServersStatus, LoadOptions } from './types.js';
import { unlessAborted } from './unless-aborted.js';
import { createWatchedTarget } from './watched-target.js';

/** How long storage may be silent before the network starts as well. */
const storagePatienceMs = 100;
/** Timers stop while a machine sleeps: none is trusted for longer than a minute. */
const shortestTickMs = 1000;
const longestTickMs = 60_000;
/** A closed connection fires no event: it is looked for this often. */
const sweepMs = 10_000;

type Source = IceServersStatus['source'];

/** An answer in memory. `bornMs`, in the time of `performance.now()`, makes an age that no change of the wall clock moves. */
interface Held extends Answer, Life {
  readonly bornMs: number;
}

/** What is handed out, and what the status says of it. */
type Served = Pick<Held, 'iceServers' | 'fetchedAt' | 'softMs' | 'freshMs' | 'dropped'>;

type Landing = readonly [source: Source, from: Held];

const ignore = (): void => {};

/** Makes the loader for settings that were checked. It does nothing until it is asked. */
export const createLoader = (settings: Settings): IceServersLoader => {
  const name = digest(settings.url);
  const timers = createTimers();
  const shelf = openShelf(settings.storage, name, timers);
  let held: Held | undefined;
  let cool: CoolDown | undefined;
  let last: Omit<IceServersStatus, 'storage'> | undefined;
  let failure: IceServersError | undefined;
  let reported: IceServersError | undefined;
  /** What storage holds from before this was dropped. */
  let validFrom = -1;
  /** What storage remembers of failures up to then is over. */
  let coolFrom = -1;
  let disposed: DOMException | undefined;
  let hasListeners = false;
  let isServing = false;
  let cancelTick: () => void = ignore;

  // The one way to new servers that may be under way, shared by everybody who needs them meanwhile.
  let flight: Promise<Landing> | undefined;
  let controller!: AbortController;
  let waiters = 0;
  /** Somebody wants the endpoint's own word. */
  let isForced = false;
  /** Somebody may pass a cool-down. */
  let isUrgent = false;
  /** Somebody wants the answer kept. */
  let isKept = false;
  /** It set out before an `invalidate`: its answer is handed out, but not kept. */
  let isVoid = false;
  /**
   * How much life those who wait want: `undefined` is the usual. Where nobody waits, there are no retries, and an ageing answer
   * of another tab is not good enough.
   */
  let wishesMs: (number | undefined)[] = [];

  const ageOf = ({ fetchedAt, bornMs }: Held): number => {
    const wallMs = Date.now() - fetchedAt;
    return wallMs < 0 ? wallMs : Math.max(wallMs, performance.now() - bornMs);
  };

  const freshness = (): Freshness | undefined => held && freshnessAt(held, ageOf(held));

  const isUsable = (minValidityMs?: number): boolean => /fresh|ageing/.test(freshness()!) && isValidFor(held!, ageOf(held!), minValidityMs);

  const hold = (answer: Answer, bornMs: number): Held => ({ ...answer, ...lifeOf(answer, settings, Math.random()), bornMs });

  const serve = (source: Source, from: Served = held!): RTCConfiguration => {
    const { fetchedAt, softMs, freshMs, dropped } = from;
    last = { source, fetchedAt, refreshAt: fetchedAt + softMs, expiresAt: fetchedAt + freshMs, dropped };
    const { rtcConfiguration, maxUrls } = settings;
    const { certificates } = rtcConfiguration;
    return {
      ...rtcConfiguration,
      ...(certificates && { certificates: [...certificates] }),
      iceServers: trimServers(copyServers([...from.iceServers, ...rtcConfiguration.iceServers!]), maxUrls),
    };
  };

  const statusNow = (): IceServersStatus | undefined => last && { ...last, storage: shelf.kind(), ...(failure && { error: failure }) };

  const emit = (type: string, detail: unknown): boolean => target.dispatchEvent(new CustomEvent(type, { detail }));

  /** The error for a failure that is remembered; the same object for as long as it is, so that it is reported once. */
  const failureOf = ({ code, status, until }: CoolDown): IceServersError =>
    failure?.retryAt === until ? failure : new IceServersError(code as IceServersErrorCode, status, until);

  /** One event a failure, however many callers it spared. */
  const report = (error: unknown): void => {
    if (error instanceof IceServersError && error !== reported) emit('error', (reported = error));
  };

  /** Takes new servers, and tells everybody. */
  const adopt = (source: Source, next: Held): void => {
    held = next;
    keeper.supply(serve(source).iceServers!);
    watch();
    emit('refresh', statusNow());
  };

  /** Looks into storage and takes over what is newer there. */
  const recall = async (): Promise<void> => {
    const { answer, cool: kept } = await shelf.read();
    const now = Date.now();
    if (kept && kept.failedAt > (cool?.failedAt ?? coolFrom)) cool = kept;
    if (answer && answer.fetchedAt <= now && answer.fetchedAt > (held?.fetchedAt ?? validFrom)) {
      if (!kept) cool = undefined;
      const next = hold(answer, performance.now() - (now - answer.fetchedAt));
      if (held) adopt('indexeddb', next);
      else held = next;
    }
    watch();
  };

  /** Asks the endpoint, and keeps what comes back: the answer, or that there was none. */
  const ask = async (land: (landing: Landing) => void): Promise<void> => {
    const fetchedAt = Date.now();
    const bornMs = performance.now();
    try {
      const list = await requestServers(settings, controller.signal, () => wishesMs.length > 0, timers);
      const answer = { ...list, fetchedAt };
      const fetched = hold(answer, bornMs);
      land(['network', fetched]);
      if (isVoid) return;
      cool = failure = undefined;
      coolFrom = fetchedAt;
      if (!isKept) return;
      adopt('network', fetched);
      // A listener may have dropped it.
      if (isVoid) return;
      await shelf.keep(answer, Math.min(fetchedAt + fetched.staleMs, Number.MAX_SAFE_INTEGER));
    } catch (error) {
      if (!(error instanceof IceServersError) || isVoid || disposed) throw error;
      cool = coolDownAfter(error, cool, Date.now(), Math.random());
      failure = failureOf(cool);
      const isRefused = error.code === 'invalid-api-key';
      if (isRefused) drop();
      void shelf.cool(cool, isRefused);
      watch();
      throw failure;
    }
  };

  const start = (): Promise<Landing> => {
    controller = new AbortController();
    const own = controller;
    const { signal } = own;
    waiters = 0;
    isForced = isUrgent = isKept = isVoid = false;
    wishesMs = [];
    const started = new Promise<Landing>((land, crash) => {
      signal.addEventListener('abort', () => crash(signal.reason));

      /** Ends the flight with what is held, where that is good enough. */
      const isServed = (): boolean => {
        const isGood = !isForced && (wishesMs.length ? wishesMs.every(isUsable) : freshness() === 'fresh');
        if (isGood) land(['indexeddb', held!]);
        return isGood;
      };

      let isSilent = false;
      const look = async (): Promise<void> => {
        if (isSilent || !shelf.mayHold()) return;
        const reading = recall();
        await timers.within(storagePatienceMs, reading).catch(() => {
          // The network starts meanwhile: the first good answer wins.
          isSilent = true;
          void reading.then(isServed);
        });
      };

      /** Ends the flight where what is known now decides it. */
      const isDecided = (): boolean => {
        if (isServed() || signal.aborted) return true;
        const isBlocked = isCooling(cool, Date.now()) && (!isUrgent || cool.code === 'rate-limited');
        if (isBlocked) crash(failureOf(cool!));
        return isBlocked;
      };

      const fly = async (): Promise<void> => {
        // Whoever starts it says only then what is wanted.
        await Promise.resolve();
        await look();
        if (isDecided()) return;
        inTurn(`ice-servers-loader:${name}`, signal, timers, async () => {
          // Another tab may have brought it meanwhile.
          await look();
          if (!isDecided()) await ask(land).catch(crash);
        });
      };
      void fly();
    });
    const end = (): void => {
      if (flight === started) flight = undefined;
      // Where storage was faster, a request is still under way.
      own.abort();
    };
    started.then(end, end);
    return (flight = started);
  };

  /** Joins the flight under way, or starts one. */
  const join = async (cache: string, minValidityMs: number | undefined, signal: AbortSignal | undefined): Promise<Landing> => {
    while (flight && isVoid) await unlessAborted(flight.catch(ignore), signal);
    if (disposed) throw disposed;
    const shared = flight ?? start();
    waiters++;
    isForced ||= cache !== 'default';
    isUrgent ||= cache === 'reload';
    isKept ||= cache !== 'no-store';
    wishesMs.push(minValidityMs);
    try {
      return await unlessAborted(shared, signal);
    } finally {
      if (flight === shared && !--waiters) {
        flight = undefined;
        controller.abort();
      }
    }
  };

  /** Brings new servers behind the scenes, unless that is under way or pointless. */
  const refresh = (): void => {
    if (flight || disposed || isCooling(cool, Date.now())) return;
    start().catch(report);
    waiters = 1;
    isKept = true;
  };

  /** What may be handed out in spite of a failure; `undefined` where nothing may. */
  const spare = ({ code, retryAt }: IceServersError, cache: string): RTCConfiguration | undefined => {
    if (cache === 'default') {
      if (isUsable(0)) return serve('memory');
      if (freshness() === 'stale' && isPassing(code)) return serve('stale');
    }
    const { fallback } = settings;
    if (!fallback || cache === 'reload') return undefined;
    const fetchedAt = Date.now();
    // Never a silent downgrade: each one is told.
    reported = undefined;
    const againMs = (retryAt ?? fetchedAt) - fetchedAt;
    return serve('fallback', { iceServers: fallback, fetchedAt, softMs: againMs, freshMs: againMs, dropped: 0 });
  };

  /** Nothing is served past that date, and asking again brings no other: the app has to. */
  const checkExpiry = (): void => {
    if (settings.expiresAt <= Date.now()) throw new IceServersError('invalid-api-key');
  };

  const find = async (cache: string, minValidityMs: number | undefined, signal: AbortSignal | undefined): Promise<Landing> => {
    const isCached = cache === 'only-if-cached';
    if (isCached || cache === 'default') {
      if (isUsable(minValidityMs)) return ['memory', held!];
      // Whoever asks the endpoint anew does not keep the others from what storage holds.
      if (isCached || (flight && isForced)) await unlessAborted(recall(), signal);
      if (isUsable(minValidityMs)) return ['indexeddb', held!];
      if (isCached) throw new IceServersError('not-cached');
    }
    return join(cache, minValidityMs, signal);
  };

  const load = async (options: LoadOptions = {}): Promise<RTCConfiguration> => {
    checkLoadOptions(options);
    const { signal, cache = 'default', minValidity } = options;
    signal?.throwIfAborted();
    if (disposed) throw disposed;
    try {
      checkExpiry();
      const landing = await find(cache, minValidity && minValidity * 1000, signal);
      checkExpiry();
      if (cache === 'default' && freshness() === 'ageing') refresh();
      return serve(...landing);
    } catch (error) {
      if (disposed) throw disposed;
      if (!(error instanceof IceServersError)) throw error;
      failure = error;
      const configuration = spare(error, cache);
      if (!configuration) throw error;
      report(error);
      return configuration;
    }
  };

  const peek = (): RTCConfiguration | undefined => (!disposed && isUsable() ? serve('memory') : undefined);

  const drop = (): void => {
    held = undefined;
    validFrom = Date.now();
  };

  const invalidate = async (): Promise<void> => {
    isVoid = true;
    drop();
    // What a 429 says stands, whatever the app drops.
    if (cool?.code !== 'rate-limited') cool = undefined;
    coolFrom = validFrom;
    watch();
    await (cool ? shelf.cool(cool, true) : shelf.drop());
  };

  /** How long until a refresh behind the scenes makes sense. */
  const dueInMs = (): number => {
    if (settings.expiresAt <= Date.now()) return Infinity;
    const softMs = held ? held.softMs - ageOf(held) : 0;
    const pausedUntil = cool ? Math.max(cool.until, cool.failedAt + (held ? retryPauseMs(held) : 0)) : 0;
    return Math.max(softMs, pausedUntil - Date.now());
  };

  const keeper = createKeeper(
    {
      current: () => peek()?.iceServers,
      renew: async () => (isCooling(cool, Date.now()) ? undefined : (await load({ cache: 'reload' })).iceServers),
      report,
    },
    timers,
  );

  const keepFresh: IceServersLoader['keepFresh'] = (pc, { signal } = {}) => {
    if (typeof pc?.setConfiguration !== 'function') throw wrong('keepFresh needs an RTCPeerConnection');
    if (disposed || signal?.aborted) return ignore;
    const stop = keeper.keep(pc, signal);
    signal?.addEventListener('abort', watch);
    watch();
    return () => {
      stop();
      watch();
    };
  };

  /** Runs the timer and hears the page only for as long as somebody is served by it. */
  const watch = (): void => {
    cancelTick();
    const isKeeping = !disposed && keeper.sweep();
    isServing = isKeeping || (hasListeners && !disposed && !!(held || cool));
    const hears = isKeeping || (!disposed && (hasListeners || cool?.code === 'network'));
    for (const type of ['online', 'pageshow', 'visibilitychange']) {
      // Not there in Node.
      globalThis[hears ? 'addEventListener' : 'removeEventListener']?.(type, wake);
    }
    if (isServing) {
      const longestMs = isKeeping ? sweepMs : longestTickMs;
      cancelTick = timers.after(Math.min(Math.max(dueInMs(), shortestTickMs), longestMs), wake);
    }
  };

  const wake = (event?: Event): void => {
    if (event?.type === 'online' && cool?.code === 'network') {
      coolFrom = cool.failedAt;
      cool = undefined;
      void shelf.cool(cool, false);
    }
    const wasServing = isServing;
    watch();
    if (wasServing && dueInMs() <= 0) refresh();
  };

  const dispose = (): void => {
    disposed ??= new DOMException('The loader was disposed.', 'AbortError');
    if (flight) controller.abort(disposed);
    keeper.stop();
    timers.stop();
    watch();
  };

  const target = Object.assign(
    createWatchedTarget('refresh', (has) => {
      hasListeners = has;
      watch();
    }),
    // Safari has no Symbol.dispose yet.
    Symbol.dispose && { [Symbol.dispose]: dispose },
    { load, peek, invalidate, keepFresh, dispose },
  );
  return Object.defineProperty(target, 'status', { get: statusNow, enumerable: true }) as IceServersLoader;
};
