import { digest } from './digest.js';
import { IceServersError, type IceServersErrorCode } from './errors.js';
import {
  coolDownAfter,
  freshnessAt,
  isCooling,
  isValidFor,
  lifeOf,
  maySpare,
  retryPauseMs,
  type CoolDown,
  type Freshness,
  type Life,
} from './freshness.js';
import { inTurn } from './in-turn.js';
import { readLoadOptions, type Settings } from './options.js';
import { requestServers } from './request.js';
import { copyServers, trimServers } from './servers.js';
import { openShelf, type Answer } from './store.js';
import { createTimers } from './timers.js';
import type { IceServersLoader, IceServersStatus, LoadOptions } from './types.js';
import { createWatchedTarget } from './watched-target.js';

/** How long storage may be silent before the network starts as well. */
const storagePatienceMs = 100;
/** Timers stop while a machine sleeps: none is trusted for longer than a minute. */
const shortestTickMs = 1000;
const longestTickMs = 60_000;
const retries = 2;

/** An answer in memory. Its age is also counted on the monotonic clock, which no change of the wall clock moves. */
interface Held {
  readonly answer: Answer;
  readonly life: Life;
  /** What added to `performance.now()` gives the age. */
  readonly offsetMs: number;
}

/** What a flight brings home. */
interface Landing {
  readonly held: Held;
  readonly source: IceServersStatus['source'];
}

/** One way to new servers, shared by everybody who needs them meanwhile. */
interface Flight {
  readonly promise: Promise<Landing>;
  readonly controller: AbortController;
  /** An answer to a flight that set out before the last `invalidate` is handed out, but not kept. */
  readonly generation: number;
  /** Nobody waits for it: no retries, and an ageing answer of another tab is not good enough. */
  isBackground: boolean;
  /** Somebody wants the endpoint's own word. */
  isForced: boolean;
  /** Somebody wants the answer kept. */
  keeps: boolean;
  minValidityMs: number | undefined;
  waiters: number;
}

const errorOf = ({ code, status, until }: CoolDown): IceServersError =>
  new IceServersError(code as IceServersErrorCode, { status, retryAt: until });

const ignore = (): void => {};

const disposedError = (): DOMException => new DOMException('The ICE servers loader was disposed.', 'AbortError');

/** The promise, but no later than the signal. */
const unlessAborted = <T>(promise: Promise<T>, signal: AbortSignal | undefined, leave: () => void): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal!.reason as Error);
      leave();
    };
    signal?.addEventListener('abort', abort);
    promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort));
  });

/** Makes the loader for settings that were checked. It does nothing until it is asked. */
export const createLoader = (settings: Settings): IceServersLoader => {
  const name = digest(settings.identity);
  const timers = createTimers();
  const shelf = openShelf(settings.storage, name, timers);
  const flying = new Set<AbortController>();
  let flight: Flight | undefined;
  let held: Held | undefined;
  let cool: CoolDown | undefined;
  let last: Omit<IceServersStatus, 'storage' | 'error'> | undefined;
  let failure: IceServersError | undefined;
  let reported: IceServersError | undefined;
  let generation = 0;
  /** What storage holds from before this was dropped. */
  let validFrom = -Infinity;
  let isDisposed = false;
  let listeners = 0;
  let cancelTick: () => void = ignore;

  const ageOf = ({ answer, offsetMs }: Held): number => {
    const wallMs = Date.now() - answer.fetchedAt;
    return wallMs < 0 ? wallMs : Math.max(wallMs, performance.now() + offsetMs);
  };

  const freshness = (): Freshness => (held ? freshnessAt(held.life, ageOf(held)) : 'dead');

  const isUsable = (minValidityMs: number | undefined): boolean =>
    /fresh|ageing/.test(freshness()) && isValidFor(held!.life, ageOf(held!), minValidityMs);

  const hold = (answer: Answer, ageMs: number): Held => ({
    answer,
    life: lifeOf(answer.fetchedAt, answer.ttlMs, settings, Math.random()),
    offsetMs: ageMs - performance.now(),
  });

  const configurationOf = (servers: readonly RTCIceServer[]): RTCConfiguration => {
    const { rtcConfiguration, maxUrls } = settings;
    const { certificates } = rtcConfiguration;
    return {
      ...rtcConfiguration,
      ...(certificates && { certificates: [...certificates] }),
      iceServers: trimServers(copyServers([...servers, ...rtcConfiguration.iceServers!]), maxUrls),
    };
  };

  const serve = (source: IceServersStatus['source'], { answer, life }: Held): RTCConfiguration => {
    const { fetchedAt, softMs, freshMs } = life;
    last = { source, fetchedAt, refreshAt: fetchedAt + softMs, expiresAt: fetchedAt + freshMs, dropped: answer.dropped };
    return configurationOf(answer.servers);
  };

  const statusNow = (): IceServersStatus | undefined =>
    last && { ...last, storage: shelf.kind(), ...(failure && { error: failure }) };

  const emit = (type: 'refresh' | 'error', detail: unknown): void => {
    target.dispatchEvent(new CustomEvent(type, { detail }));
  };

  /** One event a failure, however many callers it spared. */
  const report = (error: IceServersError): void => {
    if (error !== reported) emit('error', (reported = error));
  };

  /** Looks into storage and takes over what is newer there. */
  const recall = async (): Promise<void> => {
    const { answer, cool: kept } = await shelf.read();
    const now = Date.now();
    if (kept && kept.failedAt > (cool?.failedAt ?? validFrom)) cool = kept;
    if (!answer || answer.fetchedAt > now || answer.fetchedAt <= Math.max(validFrom, held?.answer.fetchedAt ?? validFrom)) return;
    held = hold(answer, now - answer.fetchedAt);
    if (!kept) cool = undefined;
  };

  /** Asks the endpoint, and keeps what comes back: the answer, or that there was none. */
  const ask = async (own: Flight, land: (landing: Landing) => void): Promise<void> => {
    const fetchedAt = Date.now();
    const startedMs = performance.now();
    try {
      const list = await requestServers(settings, own.controller.signal, own.isBackground ? 0 : retries, timers);
      const answer = { ...list, fetchedAt };
      const fetched = hold(answer, performance.now() - startedMs);
      const isCurrent = own.generation === generation;
      if (isCurrent) cool = failure = undefined;
      if (isCurrent && own.keeps) {
        held = fetched;
        land({ held, source: 'network' });
        serve('network', held);
        watch();
        emit('refresh', statusNow());
        await shelf.keep(answer, Math.min(fetchedAt + held.life.staleMs, Number.MAX_SAFE_INTEGER));
      }
      land({ held: fetched, source: 'network' });
    } catch (error) {
      if (!(error instanceof IceServersError) || own.generation !== generation) throw error;
      cool = coolDownAfter(error, cool, Date.now(), Math.random());
      failure = errorOf(cool);
      const isRefused = error.code === 'invalid-api-key';
      if (isRefused) {
        held = undefined;
        validFrom = Date.now();
      }
      void shelf.cool(cool, isRefused);
      watch();
      throw failure;
    }
  };

  const start = (wish: Pick<Flight, 'isBackground' | 'isForced' | 'keeps' | 'minValidityMs' | 'waiters'>): Flight => {
    const before = flight?.promise.catch(ignore);
    const controller = new AbortController();
    const { signal } = controller;
    let land!: (landing: Landing) => void;
    let crash!: (reason: unknown) => void;
    const promise = new Promise<Landing>((resolve, reject) => {
      land = resolve;
      crash = reject;
    });
    const own: Flight = { promise, controller, generation, ...wish };
    flight = own;
    flying.add(controller);
    signal.addEventListener('abort', () => crash(signal.reason));
    const end = (): void => {
      flying.delete(controller);
      if (flight === own) flight = undefined;
    };
    promise.then(end, end);

    const isGood = (): boolean => !own.isForced && isUsable(own.minValidityMs) && (!own.isBackground || freshness() === 'fresh');

    /** Ends the flight where what is known now decides it. */
    const isDecided = (): boolean => {
      const isBlocked = isCooling(cool, Date.now()) && (!own.isForced || cool.code === 'rate-limited');
      if (isGood()) land({ held: held!, source: 'indexeddb' });
      else if (isBlocked) crash(errorOf(cool!));
      else return false;
      return true;
    };

    let isSilent = false;
    const look = async (): Promise<void> => {
      const reading = recall();
      const inTime = await timers.within(storagePatienceMs, reading.then(() => true)).catch(() => false);
      isSilent = !inTime;
      if (inTime) return;
      // The network starts meanwhile: the first good answer wins.
      void reading.then(() => {
        if (!isGood()) return;
        land({ held: held!, source: 'indexeddb' });
        controller.abort();
      });
    };

    const fly = async (): Promise<void> => {
      await before;
      if (shelf.mayHold()) await look();
      if (signal.aborted || isDecided()) return;
      inTurn(`ice-servers-loader:${name}`, signal, timers, async (hasWaited) => {
        // Another tab may have brought it meanwhile.
        if (!isSilent && (hasWaited || shelf.mayHold())) await look();
        if (!isDecided()) await ask(own, land).catch(crash);
      });
    };
    void fly();
    return own;
  };

  /** Joins the flight under way, or starts one. */
  const join = (wish: Pick<Flight, 'isForced' | 'keeps' | 'minValidityMs'>, signal: AbortSignal | undefined): Promise<Landing> => {
    const shared = flight?.generation === generation ? flight : undefined;
    const own = shared ?? start({ ...wish, isBackground: false, waiters: 0 });
    own.waiters++;
    own.isBackground = false;
    own.isForced ||= wish.isForced;
    own.keeps ||= wish.keeps;
    own.minValidityMs ??= wish.minValidityMs;
    return unlessAborted(own.promise, signal, () => {
      if (--own.waiters) return;
      own.controller.abort(signal!.reason);
      if (flight === own) flight = undefined;
    });
  };

  /** Brings new servers behind the scenes, unless that is under way or pointless. */
  const refresh = (): void => {
    if (flight || isDisposed || isCooling(cool, Date.now())) return;
    start({ isBackground: true, isForced: false, keeps: true, minValidityMs: undefined, waiters: 1 }).promise.catch((error: unknown) => {
      if (error instanceof IceServersError) report(error);
    });
  };

  const serveMemory = (): RTCConfiguration => {
    if (freshness() === 'ageing') refresh();
    return serve('memory', held!);
  };

  /** What may be handed out in spite of a failure; `undefined` where nothing may. */
  const spare = (error: IceServersError, cache: LoadOptions['cache']): RTCConfiguration | undefined => {
    if (cache === 'default' && isUsable(0)) return serve('memory', held!);
    if (cache === 'default' && freshness() === 'stale' && maySpare(error.code)) return serve('stale', held!);
    if (!settings.fallback || cache === 'reload') return undefined;
    const now = Date.now();
    const againAt = error.retryAt ?? now;
    last = { source: 'fallback', fetchedAt: now, refreshAt: againAt, expiresAt: againAt, dropped: 0 };
    return configurationOf(settings.fallback);
  };

  const find = async (cache: LoadOptions['cache'], minValidityMs: number | undefined, signal: AbortSignal | undefined): Promise<RTCConfiguration> => {
    const isCacheable = cache === 'default' || cache === 'only-if-cached';
    // Asking again brings no other date: the app has to.
    if (settings.expiresAt <= Date.now()) throw new IceServersError('invalid-api-key');
    if (isCacheable && isUsable(minValidityMs)) return cache === 'default' ? serveMemory() : serve('memory', held!);
    if (cache === 'only-if-cached') {
      await unlessAborted(recall(), signal, ignore);
      if (isUsable(minValidityMs)) return serve('indexeddb', held!);
      throw new IceServersError('not-cached');
    }
    const landing = await join({ isForced: !isCacheable, keeps: cache !== 'no-store', minValidityMs }, signal);
    if (landing.held === held && freshness() === 'ageing' && isCacheable) refresh();
    return serve(landing.source, landing.held);
  };

  const load = async (options: LoadOptions = {}): Promise<RTCConfiguration> => {
    const { signal, cache = 'default', minValidity } = readLoadOptions(options);
    signal?.throwIfAborted();
    if (isDisposed) throw disposedError();
    try {
      return await find(cache, minValidity === undefined ? undefined : minValidity * 1000, signal);
    } catch (error) {
      if (!(error instanceof IceServersError)) throw error;
      failure = error;
      const configuration = spare(error, cache);
      if (!configuration) throw error;
      report(error);
      return configuration;
    }
  };

  const peek = (): RTCConfiguration | undefined => (!isDisposed && isUsable(undefined) ? serve('memory', held!) : undefined);

  const invalidate = async (): Promise<void> => {
    generation++;
    held = undefined;
    validFrom = Date.now();
    // What a 429 says stands, whatever the app drops.
    if (cool?.code !== 'rate-limited') cool = undefined;
    watch();
    await (cool ? shelf.cool(cool, true) : shelf.drop());
  };

  /** Runs the timer and hears the page only for as long as somebody is served by it. */
  const watch = (): void => {
    cancelTick();
    cancelTick = ignore;
    const isServing = listeners > 0 && !isDisposed;
    const hears = !isDisposed && (isServing || cool?.code === 'network');
    for (const type of ['online', 'pageshow', 'visibilitychange']) {
      // Not there in Node.
      globalThis[hears ? 'addEventListener' : 'removeEventListener']?.(type, wake);
    }
    if (isServing && (held || cool)) {
      cancelTick = timers.after(Math.min(Math.max(dueInMs(), shortestTickMs), longestTickMs), () => {
        if (dueInMs() <= 0) refresh();
        watch();
      });
    }
  };

  /** How long until a refresh behind the scenes makes sense. */
  const dueInMs = (): number => {
    const softMs = held ? held.life.softMs - ageOf(held) : 0;
    const pausedUntil = cool ? Math.max(cool.until, cool.failedAt + (held ? retryPauseMs(held.life) : 0)) : 0;
    return Math.max(softMs, pausedUntil - Date.now());
  };

  const wake = (event: Event): void => {
    if (event.type === 'online' && cool?.code === 'network') {
      cool = undefined;
      void shelf.cool(undefined, false);
    }
    if (listeners > 0 && (held || cool) && dueInMs() <= 0) refresh();
    watch();
  };

  const dispose = (): void => {
    isDisposed = true;
    for (const controller of flying) controller.abort(disposedError());
    timers.stop();
    watch();
  };

  const target = Object.assign(
    createWatchedTarget('refresh', (count) => {
      listeners = count;
      watch();
    }),
    // Safari has no Symbol.dispose yet.
    Symbol.dispose && { [Symbol.dispose]: dispose },
    { load, peek, invalidate, dispose },
  );
  return Object.defineProperty(target, 'status', { get: statusNow, enumerable: true }) as IceServersLoader;
};
