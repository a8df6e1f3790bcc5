import { digest } from './digest.js';
import { createEntry, type Held } from './entry.js';
import { IceServersError, wrong } from './errors.js';
import { createFlights, type Landing } from './flights.js';
import { createKeeper } from './keep-fresh.js';
import { checkKeepOptions, checkLoadOptions, type Settings } from './options.js';
import { copyServers, trimServers } from './servers.js';
import { openShelf } from './store.js';
import type { IceServersLoader, IceServersStatus, LoadOptions } from './types.js';
import { createWatchedTarget } from './watched-target.js';
import { within } from './within.js';

/** Timers stop while a machine sleeps: none is trusted for longer than a minute. */
const shortestTickMs = 1000;
const longestTickMs = 60_000;
/** A closed connection fires no event: it is looked for this often. */
const sweepMs = 10_000;

/** What is handed out, and what the status says of it. */
type Served = Pick<Held, 'iceServers' | 'fetchedAt' | 'softMs' | 'freshMs' | 'dropped'>;

/** Makes the loader for settings that were checked. It does nothing until it is asked. */
export const createLoader = (settings: Settings): IceServersLoader => {
  const { url, rtcConfiguration, maxUrls, expiresAt, fallback, storage } = settings;
  /** Of its record, its hint and its lock. */
  const name = `ice-servers-loader:${digest(url)}`;
  const disposal = new AbortController();
  const life = disposal.signal;
  const shelf = openShelf(storage, name, life);
  let last: Omit<IceServersStatus, 'storage'> | undefined;
  let reported: IceServersError | undefined;
  /** One, however often it is met: it is reported once. */
  let expired: IceServersError | undefined;
  const listeners = new Map<unknown, () => void>();
  /** Runs while somebody is served. */
  let tick: ReturnType<typeof setTimeout> | undefined;

  const entry = createEntry(settings, shelf, (source) => {
    if (source) serve(source);
    watch();
    if (source) emit('refresh', statusNow());
  });
  const flights = createFlights(settings, name, entry, shelf, life);

  const serversOf = ({ iceServers }: Pick<Served, 'iceServers'>): RTCIceServer[] =>
    trimServers(copyServers([...iceServers, ...rtcConfiguration.iceServers!]), maxUrls);

  const serve = (source: IceServersStatus['source'], from: Served = entry.held!): RTCConfiguration => {
    const { fetchedAt, softMs, freshMs, dropped } = from;
    last = { source, fetchedAt, refreshAt: fetchedAt + softMs, expiresAt: fetchedAt + freshMs, dropped };
    const { certificates } = rtcConfiguration;
    return { ...rtcConfiguration, ...(certificates && { certificates: [...certificates] }), iceServers: serversOf(from) };
  };

  const statusNow = (): IceServersStatus | undefined =>
    last && { ...last, storage: shelf.kind(), ...(entry.failure && { error: entry.failure }) };

  const emit = (type: string, detail: unknown): boolean => target.dispatchEvent(new CustomEvent(type, { detail }));

  /** One event a failure, however many callers it spared. */
  const report = (error: unknown): void => {
    if (error instanceof IceServersError && error !== reported) emit('error', (reported = error));
  };

  const refresh = (): void => {
    flights.refresh().catch(report);
  };

  /** What may be handed out in spite of a failure; `undefined` where nothing may. */
  const spare = ({ retryable, retryAt }: IceServersError, cache: string): RTCConfiguration | undefined => {
    if (cache === 'default') {
      if (entry.isUsable(0)) return serve('memory');
      if (entry.freshness() === 'stale' && retryable) return serve('stale');
    }
    if (!fallback || cache === 'reload') return undefined;
    const fetchedAt = Date.now();
    // Never a silent downgrade: each one is told.
    reported = undefined;
    const againMs = (retryAt ?? fetchedAt) - fetchedAt;
    return serve('fallback', { iceServers: fallback, fetchedAt, softMs: againMs, freshMs: againMs, dropped: 0 });
  };

  /** Nothing is served past that date, and asking again brings no other: the app has to. */
  const checkExpiry = (): void => {
    if (expiresAt <= Date.now()) {
      const sentence = 'expiresAt has passed. Make a new loader with a new credential.';
      throw (expired ??= new IceServersError('invalid-api-key', undefined, undefined, sentence));
    }
  };

  const find = async (cache: string, minValidityMs: number | undefined, signal: AbortSignal | undefined): Promise<Landing> => {
    const isCached = cache === 'only-if-cached';
    if (isCached || cache === 'default') {
      if (entry.isUsable(minValidityMs)) return ['memory', entry.held!];
      // Whoever asks the endpoint anew does not keep the others from what storage holds.
      if (isCached || flights.isForced()) await within(entry.recall(), signal);
      if (entry.isUsable(minValidityMs)) return ['indexeddb', entry.held!];
      if (isCached) throw new IceServersError('not-cached');
    }
    return flights.join(cache, minValidityMs, signal);
  };

  const load = async (options: LoadOptions = {}): Promise<RTCConfiguration> => {
    const { signal, cache = 'default', minValidity } = checkLoadOptions(options);
    signal?.throwIfAborted();
    life.throwIfAborted();
    try {
      checkExpiry();
      const landing = await find(cache, minValidity && minValidity * 1000, signal);
      checkExpiry();
      if (cache === 'default' && entry.freshness() === 'ageing') refresh();
      return serve(...landing);
    } catch (error) {
      life.throwIfAborted();
      if (signal?.aborted || !(error instanceof IceServersError)) throw error;
      entry.failure = error;
      const configuration = spare(error, cache);
      if (!configuration) throw error;
      report(error);
      return configuration;
    }
  };

  const peek = (): RTCConfiguration | undefined => (!life.aborted && entry.isUsable() ? serve('memory') : undefined);

  const invalidate = async (): Promise<void> => {
    flights.disown();
    await entry.forget();
  };

  const keeper = createKeeper(
    life,
    rtcConfiguration.iceServers!,
    () => (!life.aborted && entry.isUsable() ? serversOf(entry.held!) : undefined),
    async () => (entry.cooling() ? undefined : (await load({ cache: 'reload' })).iceServers),
    report,
    () => watch(),
  );

  const keepFresh: IceServersLoader['keepFresh'] = (pc, options = {}) => {
    const { signal } = checkKeepOptions(options);
    try {
      // Only a real one can: not a Proxy round it either.
      pc.getConfiguration();
    } catch {
      throw wrong('keepFresh needs an RTCPeerConnection');
    }
    if (life.aborted || signal?.aborted) return () => {};
    const stop = keeper.keep(pc, signal);
    watch();
    return stop;
  };

  /** Runs the timer and hears the page only for as long as somebody is served by it. */
  const watch = (): void => {
    clearTimeout(tick);
    const { held, cool } = entry;
    const isKeeping = keeper.sweep(held);
    const isWanted = isKeeping || listeners.size > 0;
    const hears = !life.aborted && (isWanted || cool?.code === 'network');
    for (const type of ['online', 'pageshow', 'visibilitychange']) {
      // Not there in Node.
      globalThis[hears ? 'addEventListener' : 'removeEventListener']?.(type, wake);
    }
    const isServing = hears && isWanted && (isKeeping || held || cool);
    tick = isServing
      ? setTimeout(wake, Math.min(Math.max(entry.dueInMs(), shortestTickMs), isKeeping ? sweepMs : longestTickMs))
      : undefined;
  };

  const wake = (event?: Event): void => {
    if (event?.type === 'online') entry.online();
    if (tick && entry.dueInMs() <= 0) refresh();
    watch();
  };

  const dispose = (): void => {
    disposal.abort(new DOMException('The loader was disposed. Make a new one.', 'AbortError'));
    watch();
  };

  const target = Object.assign(
    createWatchedTarget('refresh', listeners, watch),
    // Safari has no Symbol.dispose yet.
    Symbol.dispose && { [Symbol.dispose]: dispose },
    { load, peek, invalidate, keepFresh, dispose },
  );
  return Object.defineProperty(target, 'status', { get: statusNow, enumerable: true }) as IceServersLoader;
};
