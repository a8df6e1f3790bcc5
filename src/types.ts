// For apps that compile with an older "lib": the types name Symbol.dispose.
/// <reference lib="esnext.disposable" preserve="true" />
import type { IceServersError } from './errors/ice-servers-error.js';
import type { Region } from './regions.js';

/** An `RTCConfiguration` that always has its list of servers. */
export type LoadedConfiguration = RTCConfiguration & { iceServers: RTCIceServer[] };

/** A place of your own for cached responses. Each method may be sync or async, and may fail: a failure counts as a miss. */
export interface IceServersStorage {
  /** Returns what was last set under the key, or `undefined` or `null`. */
  get(key: string): unknown;
  /** Stores a plain, JSON-safe object. It contains the credential, so choose the place with care. */
  set(key: string, value: object): unknown;
  /** Removes the key. */
  delete(key: string): unknown;
}

/** What an app's own functions get. */
export interface SourceContext {
  /** Aborted if nobody waits any more, or if `timeout` is over. */
  readonly signal: AbortSignal;
}

/** An API key, and its life if that is known. More properties are ignored, so the response of Create Credential can be returned as it is. */
export interface ExpiringApiKey {
  readonly apiKey: string;
  /** The life of the key's credential, in seconds from the moment before the function was called. */
  readonly expiryInSeconds?: number | null | undefined;
  /** When the key's credential expires, as a `Date`, in epoch milliseconds or as an ISO 8601 text. The clock of the device judges it. */
  readonly expiresAt?: Date | number | string | null | undefined;
}

/** Returns the API key of one credential, for example from a route of your own that mints it. */
export type ApiKeyFunction = (context: SourceContext) => string | ExpiringApiKey | Promise<string | ExpiringApiKey>;

/** Returns servers in one of the shapes that a response may have, such as `{ iceServers, ttl }`. */
export type GetServersFunction = (context: SourceContext) => unknown;

/** All options of a loader. {@link IceServersOptions} adds that only one source may be set. */
export interface AllOptions {
  /**
   * The API key of one TURN credential (dashboard: Show API Key), never the account's Secret Key, or a function that returns it.
   *
   * White space and one pair of quotes around a key are removed. A function is called before each request, once for all its retries, and
   * may return the key's life as well: this is how expiring credentials are renewed, because a key dies with its credential. Leave it out
   * if `endpoint` contains the key, or if `endpoint` is your own server: no key is sent then.
   *
   * @throws {@link IceServersError} `secret-key` if it is another kind of key; `not-configured` and `source-failed` reject `load`
   */
  readonly apiKey?: string | ApiKeyFunction | undefined;
  /**
   * The name of your Metered app: `demo`, `demo.metered.live` or `https://demo.metered.live`.
   *
   * @throws `TypeError` if it is not such a name, or if there is another source
   */
  readonly appName?: string | undefined;
  /**
   * The address of a Get Credential endpoint: the one that the dashboard shows, or a route of your own. A route of your own may keep the
   * key to itself.
   *
   * A relative address starts with `/`, `./`, `../` or `?`. It is resolved against the page at each request, in a worker against the
   * worker's own address. Cookies go to the page's own origin only.
   *
   * @throws `TypeError` if it is not an http(s) address; `load` rejects with one if it is relative and there is no page, as in Node
   */
  readonly endpoint?: string | URL | undefined;
  /**
   * Your own function in place of a request: a server action, a tRPC call, an SDK. What it returns, sync or async, is read like a response,
   * and cached, checked and refreshed like one. Without a `cacheKey` it is kept in memory alone.
   *
   * @throws `source-failed` rejects `load` if it throws, `invalid-response` if what it returns is no usable list
   */
  readonly getServers?: GetServersFunction | undefined;
  /**
   * Whose responses these are, a user's id for example: responses of one are never returned to another. Only a digest of it is stored.
   * It also stands for functions in the options, so that an inline function, made anew for each call, shares a loader. @default none
   */
  readonly cacheKey?: string | undefined;
  /** The region whose servers to use. @default none: the Default Region of the dashboard applies */
  readonly region?: Region | (string & {}) | undefined;
  /**
   * How long a response counts as fresh, in seconds from the start of its request. Above 0; `Infinity` is allowed. A known life (`ttl` in
   * the response, the key's expiry, `expiresAt`) always limits it, and a response without any TURN server is fresh for 60 seconds at most.
   * @default the known life, else 3600
   */
  readonly maxAge?: number | undefined;
  /**
   * How long after `maxAge` a response may still serve while the endpoint fails, in seconds. 0 or more; `Infinity` is allowed.
   * It applies to failures that may pass (`retryable`), never to a refusal, and never past a known life. @default 86400
   */
  readonly staleIfError?: number | undefined;
  /**
   * When a fixed credential expires, as a `Date` or in epoch milliseconds. Nothing is served after that. The clock of the device judges
   * it: if that may be wrong, prefer `ttl` or `expiryInSeconds`. It is not the `expiresAt` of the status, which `maxAge` may bring forward.
   * @default unknown
   *
   * @throws `TypeError` if it is in seconds
   */
  readonly expiresAt?: Date | number | undefined;
  /**
   * Whether to refresh ahead of the expiry for as long as the loader lives, from the first `load` on, so that `peek()` is never empty
   * again. Without it, a refresh happens only when `load` is called late in the life of a response, or while `keepFresh` has a connection.
   * @default false
   */
  readonly autoRefresh?: boolean | undefined;
  /** How long a request may take, in milliseconds, including your own functions and all retries. Above 0; `Infinity` is allowed. @default 10000 */
  readonly timeout?: number | undefined;
  /** The configuration that the result extends. Its `iceServers` follow the loaded ones. @default none */
  readonly rtcConfiguration?: RTCConfiguration | undefined;
  /**
   * The largest number of URLs to return, 1 or more. One of each transport is kept first, in this order: TLS, UDP, TCP, STUN.
   * Firefox's console complains about 5 URLs or more, and Metered sends 5. @default all
   */
  readonly maxUrls?: number | undefined;
  /**
   * Servers of last resort, returned if nothing else is left after a failure; the list may be empty. This is never silent: the status then
   * says `fallback`, and an `error` event is fired. A `reload` rejects all the same. @default none
   */
  readonly fallback?: readonly RTCIceServer[] | undefined;
  /** Where responses are kept between pages. @default "indexeddb" */
  readonly storage?: 'indexeddb' | 'memory' | IceServersStorage | undefined;
  /** Replaces the global `fetch`. It is called with an address and a `RequestInit`. @default the global one, looked up at each request */
  readonly fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** Lets TypeScript tell the three sources apart: only one of them may be set. */
export type OneSource =
  | { readonly endpoint?: undefined; readonly getServers?: undefined }
  | { readonly appName?: undefined; readonly getServers?: undefined }
  | { readonly appName?: undefined; readonly endpoint?: undefined; readonly apiKey?: undefined };

/**
 * What a loader needs: exactly one source (`appName` and `apiKey`, or `endpoint`, or `getServers`), and whatever else you want to change.
 *
 * If nothing is set at all, nothing throws: `load` then serves `fallback`, or rejects with `not-configured`.
 *
 * @example
 * ```ts
 * import type { IceServersOptions } from 'ice-servers-loader';
 *
 * const options: IceServersOptions = {
 *   appName: 'demo',
 *   apiKey: async ({ signal }) => (await fetch('/api/turn-key', { signal })).json(),
 *   region: 'europe',
 *   rtcConfiguration: { bundlePolicy: 'max-bundle' },
 * };
 * ```
 */
export type IceServersOptions = AllOptions & OneSource;

/** The options of one `load` call. */
export interface LoadOptions {
  /** Cancels this call only: it rejects with `signal.reason`. The shared request ends when its last caller has left. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How to use the cache, in the words of `fetch`:
   *
   * - `"default"` returns what is fresh, and otherwise requests it
   * - `"reload"` always makes a request; if that fails, it rejects and leaves the cached response in place
   * - `"no-store"` makes a request and caches nothing
   * - `"only-if-cached"` never makes a request
   *
   * @default "default"
   */
  readonly cache?: 'default' | 'reload' | 'no-store' | 'only-if-cached' | undefined;
  /**
   * How much life the returned credential should have left, in seconds, if its life is known (`ttl` in the response, the
   * key's expiry, or `expiresAt`).
   * 0 or more. If even a new credential has less, half of its life is enough. @default 60, or a tenth of the life if that is less
   */
  readonly minValidity?: number | undefined;
}

/** The options of one `keepFresh` call. */
export interface KeepFreshOptions {
  /** Stops it, like the function that `keepFresh` returns. */
  readonly signal?: AbortSignal | undefined;
}

/** Where the last response came from, and how long it lasts. All times are epoch milliseconds. */
export interface IceServersStatus {
  /**
   * `indexeddb` stands for any store that outlives the page. `stale` is past its fresh time, and served because the endpoint fails.
   * `fallback` is your list of last resort.
   */
  readonly source: 'memory' | 'indexeddb' | 'network' | 'stale' | 'fallback';
  /** When the request for these servers started. */
  readonly fetchedAt: number;
  /** From when on a `load` also starts a refresh in the background. */
  readonly refreshAt: number;
  /**
   * Until when the response counts as fresh; `Infinity` if nothing ends that. It is not the expiry of the credential: `maxAge` may end
   * the fresh time long before.
   */
  readonly expiresAt: number;
  /** Where responses are kept. It is `memory` also if IndexedDB turned out to be unusable. */
  readonly storage: 'indexeddb' | 'memory' | 'custom';
  /** How many bad entries and URLs were left out of the last response. */
  readonly dropped: number;
  /** Whether the loaded servers, without the app's own, include a TURN server. Without one, calls behind strict networks fail. */
  readonly hasTurn: boolean;
  /** The last failure, until a request succeeds. */
  readonly error?: IceServersError;
}

/** The events of a loader, by name. */
export interface IceServersEventMap {
  /** New servers have arrived. `detail` is the status. */
  refresh: CustomEvent<IceServersStatus>;
  /** A failure that no caller has seen. */
  error: CustomEvent<IceServersError>;
}

/**
 * Keeps the servers of one credential at hand. Every method also works detached from the object.
 *
 * @example
 * ```ts
 * import { createIceServersLoader } from 'ice-servers-loader';
 *
 * const loader = createIceServersLoader({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });
 * loader.addEventListener('error', (event) => console.warn(event.detail.message));
 * const connection = new RTCPeerConnection(await loader.load());
 * ```
 */
export interface IceServersLoader extends EventTarget {
  /**
   * Returns a configuration for `new RTCPeerConnection`: a fresh, mutable deep copy each time.
   * Call it before every `new RTCPeerConnection`, so that the credential is still valid.
   *
   * @throws {@link IceServersError} if there is nothing usable; `signal.reason`; an `AbortError` after `dispose`; `TypeError` for a wrong option
   */
  load(options?: LoadOptions): Promise<LoadedConfiguration>;
  /** Returns the same at once, or `undefined`: only what memory holds and is still fresh. It never reads storage or network. */
  peek(): LoadedConfiguration | undefined;
  /** Where the last response came from; `undefined` before the first. */
  readonly status: IceServersStatus | undefined;
  /**
   * Drops the response from memory and storage, so that the next `load` makes a request. The response to a request under way is not cached;
   * if another `load` comes first, that request is abandoned, and its callers get the new response. The promise settles when storage is
   * done, and never rejects.
   */
  invalidate(): Promise<void>;
  /**
   * Ends every timer, listener and request. Callers who wait, and later calls of `load`, get an `AbortError`. What is stored stays.
   * Calling it twice is fine.
   */
  dispose(): void;
  /** The same as `dispose`, for `using`. It is missing if the engine has no `Symbol.dispose`. */
  [Symbol.dispose](): void;
  addEventListener<Name extends keyof IceServersEventMap>(
    type: Name,
    listener: (event: IceServersEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<Name extends keyof IceServersEventMap>(
    type: Name,
    listener: (event: IceServersEventMap[Name]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}
