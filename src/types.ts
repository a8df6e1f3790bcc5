// For those who compile with an older "lib": the types name Symbol.dispose.
/// <reference lib="esnext.disposable" preserve="true" />
import type { IceServersError } from './errors.js';
import type { Region } from './regions.js';

/** A place of your own to keep answers in; each method may be sync or async, and may fail: a failure is a miss. */
export interface IceServersStorage {
  /** Gives what was last set under the key, or `undefined` (or `null`). */
  get(key: string): unknown;
  /** Keeps a plain, JSON-safe object. It holds the credential: choose the place with that in mind. */
  set(key: string, value: object): unknown;
  /** Forgets the key. */
  delete(key: string): unknown;
}

/**
 * What a loader is made of: `appName` and `apiKey`, or `endpoint`.
 *
 * @example
 * ```ts
 * import type { IceServersOptions } from 'ice-servers-loader';
 *
 * const options: IceServersOptions = {
 *   appName: 'demo',
 *   apiKey: '0123456789abcdef0123456789abcdef0123',
 *   region: 'europe',
 *   maxAge: 4 * 3600,
 *   rtcConfiguration: { bundlePolicy: 'max-bundle' },
 * };
 * ```
 */
export interface IceServersOptions {
  /**
   * The API key of one credential (dashboard: Show API Key), never the account's Secret Key.
   * White space and one pair of quotes round it are dropped. May be left out where `endpoint` holds it, or where `endpoint` is your
   * own server: none is sent then.
   *
   * @throws `TypeError` when it is missing, or given and empty; {@link IceServersError} `secret-key` when it is another kind of key.
   */
  readonly apiKey?: string | undefined;
  /** The Metered app: `demo`, `demo.metered.live` or `https://demo.metered.live`. Exactly one of this and `endpoint`. */
  readonly appName?: string | undefined;
  /**
   * The whole address of a Get Credential endpoint: the one that the dashboard shows, or your own server, which may hold the key itself.
   * Cookies are not sent; give `fetch` where your server wants them.
   */
  readonly endpoint?: string | URL | undefined;
  /** Which region's servers to ask for. @default none: the dashboard's Default Region applies */
  readonly region?: Region | (string & {}) | undefined;
  /** How long an answer counts as fresh, in seconds from the start of its request; above 0, `Infinity` allowed. @default 3600 */
  readonly maxAge?: number | undefined;
  /**
   * How many seconds after `maxAge` an answer may still serve while the endpoint can't give a new one
   * (`network`, `timeout`, `server-error`, `rate-limited`, `invalid-response`). 0 or more, `Infinity` allowed. @default 86400
   */
  readonly staleIfError?: number | undefined;
  /**
   * When the credential itself dies, as a Date or in epoch milliseconds; nothing is served past it. Not the `expiresAt` of the status,
   * which also ends with `maxAge`. @default unknown
   */
  readonly expiresAt?: Date | number | undefined;
  /** How long the network part may take, in milliseconds, retries included; above 0, `Infinity` allowed. @default 10000 */
  readonly timeout?: number | undefined;
  /** What the result is merged into; its `iceServers` come after the loaded ones. @default none */
  readonly rtcConfiguration?: RTCConfiguration | undefined;
  /**
   * The most URLs to hand out, 1 or more, keeping one of each transport first: TLS, then UDP, TCP and STUN.
   * Firefox's console complains from 5 URLs on, and Metered sends 5. @default all
   */
  readonly maxUrls?: number | undefined;
  /**
   * Servers of last resort, handed out when nothing else is left after a failure. Opt-in, and never silent:
   * the status then says `fallback` and an `error` event is fired. A `reload` rejects all the same. @default none
   */
  readonly fallback?: readonly RTCIceServer[] | undefined;
  /** Where answers are kept between pages. @default "indexeddb" */
  readonly storage?: 'indexeddb' | 'memory' | IceServersStorage | undefined;
  /** Called with an address and a `RequestInit` in place of the global `fetch`. @default the global one, looked up at each request */
  readonly fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** What one call of `load` may ask for. */
export interface LoadOptions {
  /** Rejects this caller with `signal.reason`; the request goes on for the others and ends when the last has left. */
  readonly signal?: AbortSignal | undefined;
  /**
   * In the words of `fetch`: `"default"`; `"reload"` asks the endpoint, and rejects if that fails, leaving the good entry in place;
   * `"no-store"` asks and keeps nothing; `"only-if-cached"` never asks. @default "default"
   */
  readonly cache?: 'default' | 'reload' | 'no-store' | 'only-if-cached' | undefined;
  /**
   * How much life in seconds what is handed out should have left, where the life is known (`expiresAt`, or `ttl` in the body).
   * 0 or more; where even a new answer has less, one with half of its life left will do. @default 60, or a tenth of the life if that is less
   */
  readonly minValidity?: number | undefined;
}

/** Where the last answer came from and how long it lasts. All times are epoch milliseconds. */
export interface IceServersStatus {
  /** `indexeddb` stands for any store that outlives the page; `stale` is past its life, `fallback` is your last resort. */
  readonly source: 'memory' | 'indexeddb' | 'network' | 'stale' | 'fallback';
  /** When the request for these servers began. */
  readonly fetchedAt: number;
  /** From when on a use also refreshes behind the scenes. */
  readonly refreshAt: number;
  /**
   * Until when the answer counts as fresh; `Infinity` where nothing ends it. Not when the credential dies, which the option
   * `expiresAt` says: `maxAge` may end it long before.
   */
  readonly expiresAt: number;
  /** Where answers are kept; `memory` also where IndexedDB turned out to be unusable. */
  readonly storage: 'indexeddb' | 'memory' | 'custom';
  /** How many bad entries and URLs the endpoint sent with the last answer; they were left out. */
  readonly dropped: number;
  /** The last failure, until an answer comes. */
  readonly error?: IceServersError;
}

/** The events of a loader, by name. */
export interface IceServersEventMap {
  /** New servers are there; `detail` is the status. */
  refresh: CustomEvent<IceServersStatus>;
  /** A failure that the caller was spared. */
  error: CustomEvent<IceServersError>;
}

/**
 * Keeps one credential's servers at hand. Every method works detached from the object.
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
   * Gives a configuration for `new RTCPeerConnection`: a fresh, mutable deep copy each time.
   * Call it right before the constructor, so that what it gives is still valid then.
   *
   * @throws {@link IceServersError} when nothing usable can be had; `signal.reason`; an `AbortError` after `dispose`; `TypeError` for a wrong option.
   */
  load(options?: LoadOptions): Promise<RTCConfiguration>;
  /** The same at once, or `undefined`: only what memory holds and is still fresh. */
  peek(): RTCConfiguration | undefined;
  /** What the last answer was; `undefined` before the first. */
  readonly status: IceServersStatus | undefined;
  /**
   * Drops the answer, here and in storage, so that the next `load` asks the endpoint. A request under way is then given up, and
   * those who wait for it get the new answer. Settles when storage has let go; never rejects.
   */
  invalidate(): Promise<void>;
  /**
   * Keeps a live connection supplied: refreshes ahead of the expiry, gives the connection the new list, and restarts ICE only where the
   * secrets changed and the call is relayed through this end's TURN server or the old secrets were refused with a 401. It never negotiates:
   * `negotiationneeded` fires, and your handler does. A 401 is answered by asking the endpoint once; where the same pair comes back,
   * one `error` event `credential-rejected` is fired, and the endpoint is not asked for that reason for 5 minutes. A 401 of a server in
   * `rtcConfiguration.iceServers` is left to the app. Several connections restart one after the other. To keep a connection twice is to
   * keep it once: whichever of the two is stopped first ends it.
   *
   * @param pc the connection; a closed one is let go within 10 seconds
   * @param options `signal` ends it, as the returned function does
   * @returns what ends it; may be called twice
   * @throws `TypeError` when `pc` is no RTCPeerConnection
   *
   * @example
   * ```ts
   * import { createIceServersLoader } from 'ice-servers-loader';
   *
   * const loader = createIceServersLoader({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });
   * const connection = new RTCPeerConnection(await loader.load());
   * const stop = loader.keepFresh(connection);
   * connection.addEventListener('negotiationneeded', () => void connection.setLocalDescription());
   * ```
   */
  keepFresh(pc: RTCPeerConnection, options?: { readonly signal?: AbortSignal | undefined }): () => void;
  /**
   * Ends every timer, listener and request; who still waits, and whoever loads later, gets an `AbortError`. What is stored stays. May be
   * called twice.
   */
  dispose(): void;
  /** The same, for `using`; missing where the engine has no `Symbol.dispose`. */
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
