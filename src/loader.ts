import { digest } from './digest.js';
import { IceServersError, isPassing, type IceServersErrorCode } from './errors.js';
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

/** An answer in memory. `offsetMs` and `performance.now()` make its age, which no change of the wall clock moves. */
interface Held extends Answer, Life {
  readonly offsetMs: number;
}

const disposedError = (): DOMException => new DOMException('The loader was disposed.', 'AbortError');

const ignore = (): void => {};

const nothing = { dropped: 0, ttl: undefined, staleMs: 0, deadMs: 0, offsetMs: 0 };

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
  let isDisposed = false;
  let hasListeners = false;
  let isServing = false;
  let cancelTick: () => void = ignore;

  // The one way to new servers that may be under way, shared by everybody who needs them meanwhile.
  let flight: Promise<readonly [Source, Held]> | undefined;
  let controller!: AbortController;
  let waiters = 0;
  /** Nobody waits for it: no retries, and an ageing answer of another tab is not good enough. */
  let isQuiet = false;
  /** Somebody wants the endpoint's own word. */
  let isForced = false;
  /** Somebody may pass a cool-down. */
  let isUrgent = false;
  /** Somebody wants the answer kept. */
  let isKept = false;
  /** It set out before an `invalidate`: its answer is handed out, but not kept. */
  let isVoid = false;
  /** How much life those who wait want: `undefined` is the usual. */
  let wishesMs: (number | undefined)[] = [];

  const ageOf = ({ fetchedAt, offsetMs }: Held): number => {
    const wallMs = Date.now() - fetchedAt;
    return wallMs < 0 ? wallMs : Math.max(wallMs, performance.now() + offsetMs);
  };

  const freshness = (): Freshness | undefined => held && freshnessAt(held, ageOf(held));

  const isUsable = (minValidityMs?: number): boolean => /fresh|ageing/.test(freshness()!) && isValidFor(held!, ageOf(held!), minValidityMs);

  const hold = (answer: Answer, ageMs: number): Held => ({
    ...answer,
    ...lifeOf(answer, settings, Math.random()),
    offsetMs: ageMs - performance.now(),
  });

  const serve = (source: Source, from: Held = held!): RTCConfiguration => {
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
    if (answer && answer.fetchedAt <= now && answer.fetchedAt > Math.max(validFrom, held?.fetchedAt ?? -1)) {
      if (!kept) cool = undefined;
      const next = hold(answer, now - answer.fetchedAt);
      if (held) adopt('indexeddb', next);
      else held = next;
    }
    watch();
  };

  /** Asks the endpoint, and keeps what comes back: the answer, or that there was none. */
  const ask = async (land: (landing: readonly [Source, Held]) => void): Promise<void> => {
    const fetchedAt = Date.now();
    const startedMs = performance.now();
    try {
      const list = await requestServers(settings, controller.signal, () => !isQuiet, timers);
      const answer = { ...list, fetchedAt };
      const fetched = hold(answer, performance.now() - startedMs);
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
      if (!(error instanceof IceServersError) || isVoid || isDisposed) throw error;
      cool = coolDownAfter(error, cool, Date.now(), Math.random());
      failure = failureOf(cool);
      const isRefused = error.code === 'invalid-api-key';
      if (isRefused) drop();
      void shelf.cool(cool, isRefused);
      watch();
      throw failure;
    }
  };

  const start = (): Promise<readonly [Source, Held]> => {
    controller = new AbortController();
    const own = controller;
    const { signal } = own;
    waiters = 0;
    isForced = isUrgent = isKept = isVoid = false;
    isQuiet = true;
    wishesMs = [];
    const started = new Promise<readonly [Source, Held]>((land, crash) => {
      signal.addEventListener('abort', () => crash(signal.reason));

      const isGood = (): boolean => !isForced && (isQuiet ? freshness() === 'fresh' : wishesMs.every(isUsable));

      /** Ends the flight where what is known now decides it. */
      const isDecided = (): boolean => {
        const isBlocked = isCooling(cool, Date.now()) && (!isUrgent || cool.code === 'rate-limited');
        if (isGood()) land(['indexeddb', held!]);
        else if (isBlocked) crash(failureOf(cool!));
        else return signal.aborted;
        return true;
      };

      let isSilent = false;
      const look = async (): Promise<void> => {
        const reading = recall();
        await timers.within(storagePatienceMs, reading).catch(() => {
          // The network starts meanwhile: the first good answer wins.
          isSilent = true;
          void reading.then(() => {
            if (signal.aborted || !isGood()) return;
            land(['indexeddb', held!]);
            own.abort();
          });
        });
      };

      const fly = async (): Promise<void> => {
        // Whoever starts it says only then what is wanted.
        await Promise.resolve();
        if (shelf.mayHold()) await look();
        if (isDecided()) return;
        inTurn(`ice-servers-loader:${name}`, signal, timers, async () => {
          // Another tab may have brought it meanwhile.
          if (!isSilent && shelf.mayHold()) await look();
          if (!isDecided()) await ask(land).catch(crash);
        });
      };
      void fly();
    });
    const end = (): void => {
      if (flight === started) flight = undefined;
    };
    started.then(end, end);
    return (flight = started);
  };

  /** Joins the flight under way, or starts one. */
  const join = async (
    cache: string,
    minValidityMs: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<readonly [Source, Held]> => {
    while (flight && isVoid) await unlessAborted(flight.catch(ignore), signal);
    if (isDisposed) throw disposedError();
    const shared = flight ?? start();
    const own = controller;
    waiters++;
    isQuiet = false;
    isForced ||= cache !== 'default';
    isUrgent ||= cache === 'reload';
    isKept ||= cache !== 'no-store';
    wishesMs.push(minValidityMs);
    return unlessAborted(shared, signal, () => {
      if (flight !== shared || --waiters) return;
      flight = undefined;
      own.abort(signal!.reason);
    });
  };

  /** Brings new servers behind the scenes, unless that is under way or pointless. */
  const refresh = (): void => {
    if (flight || isDisposed || isCooling(cool, Date.now())) return;
    start().catch(report);
    waiters = 1;
    isKept = true;
  };

  /** What may be handed out in spite of a failure; `undefined` where nothing may. */
  const spare = ({ code, retryAt }: IceServersError, cache: string): RTCConfiguration | undefined => {
    if (cache === 'default' && isUsable(0)) return serve('memory');
    if (cache === 'default' && freshness() === 'stale' && isPassing(code)) return serve('stale');
    const { fallback } = settings;
    if (!fallback || cache === 'reload') return undefined;
    const fetchedAt = Date.now();
    // Never a silent downgrade: each one is told.
    reported = undefined;
    const againMs = (retryAt ?? fetchedAt) - fetchedAt;
    return serve('fallback', { ...nothing, fetchedAt, softMs: againMs, freshMs: againMs, iceServers: fallback });
  };

  /** Nothing is served past that date, and asking again brings no other: the app has to. */
  const checkExpiry = (): void => {
    if (settings.expiresAt <= Date.now()) throw new IceServersError('invalid-api-key');
  };

  const find = async (cache: string, minValidityMs: number | undefined, signal: AbortSignal | undefined): Promise<RTCConfiguration> => {
    checkExpiry();
    const isDefault = cache === 'default';
    if (cache === 'only-if-cached' && !isUsable(minValidityMs)) {
      await unlessAborted(recall(), signal);
      if (isUsable(minValidityMs)) return serve('indexeddb');
      throw new IceServersError('not-cached');
    }
    // Whoever asks the endpoint anew does not keep the others from what storage holds.
    if (isDefault && flight && isForced && !isUsable(minValidityMs)) await unlessAborted(recall(), signal);
    const isHit = (isDefault || cache === 'only-if-cached') && isUsable(minValidityMs);
    const landing = isHit ? (['memory', held!] as const) : await join(cache, minValidityMs, signal);
    checkExpiry();
    if (isDefault && freshness() === 'ageing') refresh();
    return serve(...landing);
  };

  const load = async (options: LoadOptions = {}): Promise<RTCConfiguration> => {
    checkLoadOptions(options);
    const { signal, cache = 'default', minValidity } = options;
    signal?.throwIfAborted();
    if (isDisposed) throw disposedError();
    try {
      return await find(cache, minValidity && minValidity * 1000, signal);
    } catch (error) {
      if (isDisposed) throw disposedError();
      if (!(error instanceof IceServersError)) throw error;
      failure = error;
      const configuration = spare(error, cache);
      if (!configuration) throw error;
      report(error);
      return configuration;
    }
  };

  const peek = (): RTCConfiguration | undefined => (!isDisposed && isUsable() ? serve('memory') : undefined);

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
    if (typeof pc?.setConfiguration !== 'function') throw new TypeError('ice-servers-loader: keepFresh needs an RTCPeerConnection.');
    if (isDisposed || signal?.aborted) return ignore;
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
    const isKeeping = !isDisposed && keeper.sweep();
    isServing = isKeeping || (hasListeners && !isDisposed && !!(held || cool));
    const hears = isKeeping || (!isDisposed && (hasListeners || cool?.code === 'network'));
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
    isDisposed = true;
    if (flight) controller.abort(disposedError());
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
