import { CacheStore } from '../cache/cache-store.js';
import { CredentialCache } from '../cache/credential-cache.js';
import { IceServersError } from '../errors/ice-servers-error.js';
import { readLoadOptions } from '../options/call-options.js';
import type { Settings } from '../options/loader-options.js';
import { RequestCoordinator } from '../request/request-coordinator.js';
import type { LoadResult } from '../request/shared-request.js';
import type { IceServersStatus, LoadedConfiguration, LoadOptions } from '../types.js';
import { withDeadline } from '../utils/with-deadline.js';
import { buildConfiguration } from './configuration.js';
import { entryName } from './entry-name.js';
import { statusOf, type EntryStatus } from './entry-status.js';
import { asEntry, chooseFallback, type HandedOut } from './fallback.js';
import { LoaderEvents } from './loader-events.js';
import { RefreshScheduler } from './refresh-scheduler.js';
import { assertUsable } from './assert-usable.js';

type CacheMode = NonNullable<LoadOptions['cache']>;

/** The internal loader: it joins cache, requests and schedule, and decides what a caller gets. It does nothing until it is used. */
export class Loader {
  readonly settings: Settings;
  readonly events: LoaderEvents;
  readonly cache: CredentialCache;
  readonly scheduler: RefreshScheduler;
  readonly #disposal = new AbortController();
  readonly #store: CacheStore;
  readonly #requests: RequestCoordinator;
  #lastStatus: EntryStatus | undefined;

  constructor(settings: Settings, target: EventTarget) {
    const { signal } = this.#disposal;
    this.settings = settings;
    this.events = new LoaderEvents(target);
    this.#store = new CacheStore(settings.storage, signal);
    this.cache = new CredentialCache(settings, this.#store, (newServersFrom) => this.#onCacheChange(newServersFrom));
    this.#requests = new RequestCoordinator({ settings, cache: this.cache, store: this.#store }, signal);
    this.scheduler = new RefreshScheduler(this.cache, settings.autoRefresh, signal, () => this.#refreshInBackground());
  }

  get status(): IceServersStatus | undefined {
    const { lastError } = this.cache;
    return this.#lastStatus && { ...this.#lastStatus, storage: this.#store.kind, ...(lastError && { error: lastError }) };
  }

  load(options: LoadOptions = {}): Promise<LoadedConfiguration> {
    const isDisposed = this.disposeSignal.aborted;
    const loading = new Promise<LoadedConfiguration>((resolve, reject) => {
      this.#load(options).then(resolve, (error: unknown) => {
        // If `dispose` ends a load, the app has stopped waiting for it, and need not catch the error.
        if (!isDisposed && this.disposeSignal.aborted) loading.catch(() => {});
        reject(error);
      });
    });
    return loading;
  }

  peek(): LoadedConfiguration | undefined {
    this.#trySelectEntry();
    return this.isPeekable ? this.#handOut('memory', this.cache.current!) : undefined;
  }

  async invalidate(): Promise<void> {
    this.#requests.invalidate();
    this.#trySelectEntry();
    await this.cache.clear();
  }

  dispose(): void {
    this.#disposal.abort(new DOMException('The loader was disposed. Create a new one.', 'AbortError'));
    this.scheduler.update();
  }

  /** Whether memory holds a fresh answer with the default validity. */
  get isPeekable(): boolean {
    return !this.disposeSignal.aborted && this.cache.isUsable();
  }

  /** Takes over the functions of equal settings, so that the latest ones are called. */
  useFunctionsOf({ source, fetch }: Settings): void {
    this.settings.source = source;
    this.settings.fetch = fetch;
  }

  get disposeSignal(): AbortSignal {
    return this.#disposal.signal;
  }

  async #load(options: LoadOptions): Promise<LoadedConfiguration> {
    const { signal, cache: cacheMode = 'default', minValidity } = readLoadOptions(options);
    signal?.throwIfAborted();
    this.disposeSignal.throwIfAborted();
    try {
      assertUsable(this.settings);
      this.#selectEntry();
      const requiredValidityMs = minValidity === undefined ? undefined : minValidity * 1000;
      const { source, entry } = await this.#resolveServers(cacheMode, requiredValidityMs, signal);
      assertUsable(this.settings);
      if (cacheMode === 'default' && this.cache.freshness === 'needs-refresh') this.#refreshInBackground().catch(() => {});
      return this.#handOut(source, entry);
    } catch (error) {
      this.disposeSignal.throwIfAborted();
      if (signal?.aborted || !(error instanceof IceServersError)) throw error;
      return this.#recover(error, cacheMode);
    }
  }

  async #resolveServers(cacheMode: CacheMode, requiredValidityMs: number | undefined, signal?: AbortSignal): Promise<LoadResult> {
    const isCachedOnly = cacheMode === 'only-if-cached';
    if (isCachedOnly || cacheMode === 'default') {
      if (this.cache.isUsable(requiredValidityMs)) return { source: 'memory', entry: this.cache.current! };
      // A request that skips storage for another caller must not keep this caller from what storage holds.
      if (isCachedOnly || this.#requests.skipsCache) await withDeadline(this.cache.readStore(), { signal });
      if (this.cache.isUsable(requiredValidityMs)) return { source: 'indexeddb', entry: this.cache.current! };
      if (isCachedOnly) throw new IceServersError('not-cached');
    }
    return this.#requests.join(cacheMode, requiredValidityMs, signal);
  }

  /** Returns what the caller may get after the failure, or throws the failure. */
  #recover(error: IceServersError, cacheMode: CacheMode): LoadedConfiguration {
    this.cache.lastError = error;
    const { fallback } = this.settings;
    const source = chooseFallback({
      cacheMode,
      isRetryable: error.retryable,
      isUsable: this.cache.isUsable(0),
      freshness: this.cache.freshness,
      hasFallback: !!fallback,
    });
    if (!source) throw error;
    // Each use of the fallback fires an event, because it must never be silent.
    if (source === 'fallback') this.events.forgetReported();
    const configuration = this.#handOut(source, source === 'fallback' ? asEntry(fallback!, error.retryAt) : this.cache.current!);
    this.events.reportError(error);
    return configuration;
  }

  /** Switches to another cache entry if a relative endpoint now resolves to another URL. */
  #selectEntry(): void {
    const key = entryName(this.settings);
    if (key === this.#store.key) return;
    const isFirst = this.#store.key === '';
    this.#store.key = key;
    if (isFirst) return;
    this.#requests.invalidate();
    this.cache.forget();
  }

  #trySelectEntry(): void {
    try {
      this.#selectEntry();
    } catch {
      // A relative endpoint cannot be resolved without a page, so nothing was ever loaded.
    }
  }

  #handOut(source: IceServersStatus['source'], entry: HandedOut): LoadedConfiguration {
    this.#lastStatus = statusOf(source, entry);
    return buildConfiguration(entry.iceServers, this.settings);
  }

  #onCacheChange(newServersFrom: 'indexeddb' | 'network' | undefined): void {
    if (newServersFrom) this.#lastStatus = statusOf(newServersFrom, this.cache.current!);
    this.scheduler.update();
    if (newServersFrom) this.events.emitRefresh(this.status!);
  }

  /** If the refresh fails, reports the failure and rejects. */
  async #refreshInBackground(): Promise<void> {
    try {
      this.#selectEntry();
      await this.#requests.refreshInBackground();
    } catch (error) {
      this.events.reportError(error);
      throw error;
    }
  }
}
