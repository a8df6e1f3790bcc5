// The types name Symbol.dispose, which an older "lib" does not have.
/// <reference lib="esnext.disposable" preserve="true" />
import type { IceServersError } from './errors/ice-servers-error.js';
import type { Region } from './regions.js';

/** An `RTCConfiguration` that always has a list of `iceServers`. It can be passed to `new RTCPeerConnection` as it is. */
export type LoadedConfiguration = RTCConfiguration & { iceServers: RTCIceServer[] };

/**
 * Custom storage for cached responses, for example on top of the storage of a browser extension.
 *
 * Each method may be synchronous or asynchronous. A method that throws, rejects or takes longer than 500 ms counts as a cache miss: storage
 * never makes a load fail.
 *
 * @example
 * ```ts
 * import { createIceServersLoader, type IceServersStorage } from 'ice-servers-loader';
 *
 * const entries = new Map<string, object>();
 * const storage: IceServersStorage = {
 *   get: (key) => entries.get(key),
 *   set: (key, value) => entries.set(key, value),
 *   delete: (key) => entries.delete(key),
 * };
 * const loader = createIceServersLoader({ endpoint: '/api/ice-servers', storage });
 * ```
 */
export interface IceServersStorage {
  /** Returns the value that was last set under the key, or `undefined` or `null` if there is none. */
  get(key: string): unknown;
  /** Stores a plain, JSON-safe object under the key. The object contains the credential, so choose the storage with care. */
  set(key: string, value: object): unknown;
  /** Deletes the value under the key. */
  delete(key: string): unknown;
}

/** What the `apiKey` and `getServers` functions receive. */
export interface SourceContext {
  /** Aborted when the result is no longer needed: every caller has left, or `timeout` has passed. Pass it to `fetch`. */
  readonly signal: AbortSignal;
}

/**
 * An API key with the lifetime of its credential, if that is known.
 *
 * Other properties are ignored, so the response of Metered's Create Credential can be returned unchanged
 * (https://www.metered.ca/docs/turn-rest-api/post-create-credential).
 */
export interface ExpiringApiKey {
  /** The API key of one TURN credential. */
  readonly apiKey: string;
  /**
   * The lifetime of the key's credential, counted from the moment the function was called. It is ignored unless it is above 0.
   *
   * @unit seconds
   * @default unknown
   */
  readonly expiryInSeconds?: number | null | undefined;
  /**
   * When the key's credential expires. A string is read as ISO 8601. The time is compared with the device's clock. If the clock may be
   * wrong, prefer `expiryInSeconds`.
   *
   * @unit epoch milliseconds
   * @default unknown
   */
  readonly expiresAt?: Date | number | string | null | undefined;
}

/**
 * A function that returns the API key of one credential, for example from a route on your server that creates the credential.
 *
 * It may be synchronous or asynchronous, and may also return when the key expires. If it throws or returns no valid key, `load` rejects
 * with `source-failed`.
 *
 * @example
 * ```ts
 * import type { ApiKeyFunction } from 'ice-servers-loader';
 *
 * const apiKey: ApiKeyFunction = async ({ signal }) => {
 *   const response = await fetch('/api/turn-key', { signal });
 *   if (!response.ok) throw new Error(`The key route responded with ${response.status}.`);
 *   return response.json();
 * };
 * ```
 */
export type ApiKeyFunction = (context: SourceContext) => string | ExpiringApiKey | Promise<string | ExpiringApiKey>;

/**
 * A function that returns ICE servers, synchronously or asynchronously, in any shape that a response may have: `{ iceServers, ttl }`, a
 * bare list, or what Twilio, Cloudflare, Xirsys and coturn's REST scheme return.
 *
 * `ttl` is the lifetime of the credential in seconds. If the function throws, `load` rejects with `source-failed`; if it does not return a
 * usable list, with `invalid-response`.
 *
 * @example
 * ```ts
 * import type { GetServersFunction } from 'ice-servers-loader';
 *
 * const getServers: GetServersFunction = async ({ signal }) => {
 *   const response = await fetch('/api/ice-servers', { method: 'POST', signal });
 *   if (!response.ok) throw new Error(`The route responded with ${response.status}.`);
 *   return response.json();
 * };
 * ```
 */
export type GetServersFunction = (context: SourceContext) => unknown;

/** All options of a loader. {@link IceServersOptions} adds that only one source may be set. */
export interface AllOptions {
  /**
   * The API key of one TURN credential: in the dashboard, click Show API Key next to the credential. Never use the account's Secret Key.
   *
   * It may also be a function that returns the key, or the key and when it expires. The function is called once before each request and not
   * again for its retries. Use a function to renew expiring credentials, because a key expires with its credential. Leave `apiKey` out if
   * the URL in `endpoint` contains the key or if your route needs none. Whitespace and one pair of quotes around a key are removed.
   *
   * @default none
   *
   * @throws `TypeError` if it is neither a string nor a function; {@link IceServersError} `secret-key` if it is not the key of a TURN
   *   credential. `load` rejects with `not-configured` if a key is needed and missing, and with `source-failed` if the function throws or
   *   returns no valid key
   */
  readonly apiKey?: string | ApiKeyFunction | undefined;
  /**
   * The name of your Metered app: `demo`, `demo.metered.live` or `https://demo.metered.live`.
   *
   * @default none
   *
   * @throws `TypeError` if it is not an app name, or if another source is set as well
   */
  readonly appName?: string | undefined;
  /**
   * The URL of a Get Credential endpoint: the one that the dashboard shows, or a route on your server, which keeps the key out of the page.
   *
   * A relative URL starts with `/`, `./`, `../` or `?`. It is resolved at each request: against the URL of the page, or in a worker
   * against the URL of the worker. Cookies are sent only to the page's origin. If the endpoint needs a key that its URL does not contain,
   * set `apiKey` as well.
   *
   * @default none
   *
   * @throws `TypeError` if it is not an http(s) URL, if it is a Metered host without a path, or if another source is set as well. `load`
   *   rejects with a `TypeError` if it is relative and there is no page to resolve it against, as in Node
   */
  readonly endpoint?: string | URL | undefined;
  /**
   * A function that returns the ICE servers in place of a request, for example with a server action, a tRPC call or an SDK.
   *
   * Its result, synchronous or asynchronous, is read, checked, cached and refreshed like a response. Without a `cacheKey` it is cached only
   * in memory.
   *
   * @default none
   *
   * @throws `TypeError` if it is not a function, or if `apiKey` or another source is set as well. `load` rejects with `source-failed` if
   *   the function throws, and with `invalid-response` if it does not return a usable list
   */
  readonly getServers?: GetServersFunction | undefined;
  /**
   * Identifies the user whose responses are cached, for example by a user ID. A response that was cached under one key is never returned
   * under another.
   *
   * Only a digest of the key is stored. With a key, the functions in the options are not compared, so that calls with inline functions
   * share a loader. An empty string counts as not set.
   *
   * @default none
   *
   * @throws `TypeError` if it is not a string
   */
  readonly cacheKey?: string | undefined;
  /**
   * The region to load servers from. An endpoint receives it as the `region` query parameter; `getServers` does not receive it.
   *
   * @default the Default Region of the dashboard
   *
   * @throws `TypeError` if it is not a string
   */
  readonly region?: Region | (string & {}) | undefined;
  /**
   * How long a response is fresh, counted from the start of its request. It must be above 0; `Infinity` is allowed.
   *
   * A known lifetime (`ttl` in the response, the key's expiry, `expiresAt`) always limits it, and a response without a TURN server is fresh
   * for 60 seconds at most.
   *
   * @unit seconds
   * @default the known lifetime, or 3600 if there is none
   *
   * @throws `TypeError` if it is not a number above 0
   */
  readonly maxAge?: number | undefined;
  /**
   * How long a response may still be used after it stops being fresh, while requests fail. It must be 0 or more; `Infinity` is allowed.
   *
   * It applies only to temporary failures (`retryable`), never after a refusal, and never past a known lifetime. It works like
   * `stale-if-error` in HTTP (https://www.rfc-editor.org/rfc/rfc5861#section-4).
   *
   * @unit seconds
   * @default 86400
   *
   * @throws `TypeError` if it is not a number, or if it is below 0
   */
  readonly staleIfError?: number | undefined;
  /**
   * When a fixed credential expires. After that, `load` makes no request: it returns `fallback` or rejects with `invalid-api-key`.
   *
   * The time is compared with the device's clock. If the clock may be wrong, prefer `ttl` or `expiryInSeconds`. Do not confuse it with
   * `status.expiresAt`, which is when the response stops being fresh.
   *
   * @unit epoch milliseconds
   * @default unknown
   *
   * @throws `TypeError` if it is neither a `Date` nor epoch milliseconds, for example if it is in seconds
   */
  readonly expiresAt?: Date | number | undefined;
  /**
   * Whether to refresh each response before it expires, from the first `load` on and for as long as the loader lives.
   *
   * `peek()` then normally returns a configuration. After `invalidate`, refreshing resumes with the next `load`. Without this option, a
   * response is refreshed only if `load` is called late in its lifetime or while `keepFresh` manages a connection.
   *
   * @default false
   *
   * @throws `TypeError` if it is not a boolean
   */
  readonly autoRefresh?: boolean | undefined;
  /**
   * How long a request may take, including your functions and all retries. It must be above 0; `Infinity` is allowed.
   *
   * Waiting for another tab that makes the same request can add a few seconds.
   *
   * @unit milliseconds
   * @default 10000
   *
   * @throws `TypeError` if it is not a number above 0. If no result arrives within that time, `load` rejects with `timeout`
   */
  readonly timeout?: number | undefined;
  /**
   * The configuration that the result extends. Its `iceServers` are added after the loaded ones.
   *
   * @default none
   *
   * @throws `TypeError` if it is not an object, or if its `iceServers` are not valid
   */
  readonly rtcConfiguration?: RTCConfiguration | undefined;
  /**
   * The maximum number of URLs to return: a whole number, 1 or more, or `Infinity`.
   *
   * One URL of each transport is kept first, in this order: TLS, UDP, TCP, STUN. Metered sends 5 URLs, and Firefox logs a warning for 5 or
   * more, because they slow down discovery.
   *
   * @default no limit
   *
   * @throws `TypeError` if it is not a whole number above 0 or `Infinity`
   */
  readonly maxUrls?: number | undefined;
  /**
   * The servers to return if a load fails and no cached response may be used. The list may be empty.
   *
   * It is never used silently: the status then says `fallback`, and an `error` event is fired. With `cache: "reload"`, `load` rejects
   * instead.
   *
   * @default none
   *
   * @throws `TypeError` if it is not a list of valid ICE servers
   */
  readonly fallback?: readonly RTCIceServer[] | undefined;
  /**
   * Where responses are stored between page loads. `getServers` without a `cacheKey` always uses `"memory"`.
   *
   * @default `"indexeddb"`
   *
   * @throws `TypeError` if it is neither one of the two names nor an object with the three methods
   */
  readonly storage?: 'indexeddb' | 'memory' | IceServersStorage | undefined;
  /**
   * Replaces the global `fetch`, for tests and special environments. It is called with a URL and a `RequestInit`.
   *
   * @default the global `fetch`, looked up at each request
   *
   * @throws `TypeError` if it is not a function. `load` rejects with `network` if the function throws, and with a `TypeError` if it returns
   *   no `Response`
   */
  readonly fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** Lets TypeScript tell the three sources apart: only one of them may be set. */
export type OneSource =
  | { readonly endpoint?: undefined; readonly getServers?: undefined }
  | { readonly appName?: undefined; readonly getServers?: undefined }
  | { readonly appName?: undefined; readonly endpoint?: undefined; readonly apiKey?: undefined };

/**
 * The options of a loader: exactly one source (`appName` with `apiKey`; or `endpoint`, with `apiKey` if it needs one; or
 * `getServers`), and any other settings.
 *
 * If no source is set, nothing throws: `load` returns `fallback` or rejects with `not-configured`.
 *
 * @example
 * ```ts
 * import type { IceServersOptions } from 'ice-servers-loader';
 *
 * const options: IceServersOptions = {
 *   appName: 'demo',
 *   apiKey: async ({ signal }) => {
 *     const response = await fetch('/api/turn-key', { signal });
 *     if (!response.ok) throw new Error(`The key route responded with ${response.status}.`);
 *     return response.json(); // { apiKey, expiryInSeconds }
 *   },
 *   region: 'europe',
 *   rtcConfiguration: { bundlePolicy: 'max-bundle' },
 * };
 * ```
 */
export type IceServersOptions = AllOptions & OneSource;

/** The options of one `load` call. */
export interface LoadOptions {
  /**
   * Cancels only this call: it rejects with `signal.reason`. The shared request is aborted when its last caller has left.
   *
   * @default none
   *
   * @throws `TypeError` (as a rejection) if it is not an `AbortSignal`
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * How to use the cache. The values are four of the cache modes of `fetch` (https://fetch.spec.whatwg.org/#concept-request-cache-mode):
   *
   * - `"default"` returns a fresh cached response if there is one and otherwise makes a request
   * - `"reload"` makes a request, even during the pause that follows a failure, unless the pause is due to a rate limit. If the
   *   request fails, `load` rejects, and a fresh cached response stays unless the API key was refused
   * - `"no-store"` makes a request and does not cache the response
   * - `"only-if-cached"` makes no request: without a fresh cached response, `load` returns `fallback` or rejects with `not-cached`
   *
   * @default `"default"`
   *
   * @throws `TypeError` (as a rejection) for any other value
   */
  readonly cache?: 'default' | 'reload' | 'no-store' | 'only-if-cached' | undefined;
  /**
   * The remaining validity that the returned credential should have. It must be 0 or more.
   *
   * It has an effect only if the lifetime is known (`ttl` in the response, the key's expiry, or `expiresAt`). If a new credential lives
   * for less than that, half of its lifetime is required instead.
   *
   * @unit seconds
   * @default 60, or a tenth of the lifetime if that is less
   *
   * @throws `TypeError` (as a rejection) if it is not a number, or if it is below 0
   */
  readonly minValidity?: number | undefined;
}

/** The options of one `keepFresh` call. */
export interface KeepFreshOptions {
  /**
   * Stops managing the connection, like the function that `keepFresh` returns.
   *
   * @default none
   *
   * @throws `TypeError` if it is not an `AbortSignal`
   */
  readonly signal?: AbortSignal | undefined;
}

/** Where the latest response came from and how long it lasts. */
export interface IceServersStatus {
  /**
   * Where the servers came from. `indexeddb` stands for any storage that outlives the page. `stale` is a response that is no longer fresh
   * but is used because requests fail. `fallback` is the list in the `fallback` option.
   */
  readonly source: 'memory' | 'indexeddb' | 'network' | 'stale' | 'fallback';
  /**
   * When the request for these servers started; for `fallback`, when the list was returned.
   *
   * @unit epoch milliseconds
   */
  readonly fetchedAt: number;
  /**
   * From this time on, a `load` also starts a refresh in the background. It differs at random between clients, so that they do not all
   * refresh at once.
   *
   * @unit epoch milliseconds
   */
  readonly refreshAt: number;
  /**
   * When the response stops being fresh; `Infinity` if nothing limits that. It is not when the credential expires: `maxAge` may be much
   * shorter.
   *
   * @unit epoch milliseconds
   */
  readonly expiresAt: number;
  /** Where responses are stored. While IndexedDB fails, it is `memory`, even if you chose `indexeddb`. */
  readonly storage: 'indexeddb' | 'memory' | 'custom';
  /** How many URLs and entries were left out of the response, because they were invalid or there were too many. */
  readonly dropped: number;
  /** Whether the loaded servers, apart from those in `rtcConfiguration`, include TURN. Without TURN, calls on strict networks fail. */
  readonly hasTurn: boolean;
  /** The last failure. It is removed when a request succeeds. */
  readonly error?: IceServersError;
}

/** The events of a loader by name. */
export interface IceServersEventMap {
  /** Fired when new servers have arrived. `detail` is the status. */
  refresh: CustomEvent<IceServersStatus>;
  /** Fired for a failure that no pending `load` reports. `detail` is the error. */
  error: CustomEvent<IceServersError>;
}

/**
 * Loads, caches and refreshes the ICE servers of one source. Every method also works when it is detached from the object.
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
   * Returns a configuration for `new RTCPeerConnection`: a new, mutable deep copy each time.
   *
   * Call it before every `new RTCPeerConnection`, so that the credential is still valid.
   *
   * @throws {@link IceServersError} if no usable servers are available; `signal.reason` if the call is aborted; an `AbortError` if the
   *   loader is disposed; `TypeError` for a wrong option, or if a relative `endpoint` cannot be resolved
   */
  load(options?: LoadOptions): Promise<LoadedConfiguration>;
  /**
   * Returns the configuration synchronously if memory holds a fresh response with the default `minValidity`; otherwise returns `undefined`.
   * It never reads storage and never makes a request.
   */
  peek(): LoadedConfiguration | undefined;
  /**
   * Where the latest response came from and how long it lasts; `undefined` until servers have arrived. After a first `load` that failed, it
   * is still `undefined`, so read the failure from the rejection.
   */
  readonly status: IceServersStatus | undefined;
  /**
   * Deletes the response from memory and storage, so that the next `load` makes a request, unless a rate limit is active. The response to a
   * request that is under way is not cached. If `load` is called before it arrives, that request is aborted, and its callers get the
   * response to the new one. The returned promise resolves when storage is done and never rejects.
   */
  invalidate(): Promise<void>;
  /**
   * Stops every timer and request of the loader and removes its listeners from the page. Pending and later calls of `load` reject with an
   * `AbortError`. Live connections stay open, but `keepFresh` no longer renews their credential. Stored responses are kept. A second call
   * has no effect.
   */
  dispose(): void;
  /** The same as `dispose`, for `using`. It is missing if the engine has no `Symbol.dispose`. */
  [Symbol.dispose](): void;
  /** Adds a listener for `refresh` or `error`, as in `EventTarget`. The types of both events are in `IceServersEventMap`. */
  addEventListener<Name extends keyof IceServersEventMap>(
    type: Name,
    listener: (event: IceServersEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  /** Removes a listener, as in `EventTarget`. */
  removeEventListener<Name extends keyof IceServersEventMap>(
    type: Name,
    listener: (event: IceServersEventMap[Name]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}
