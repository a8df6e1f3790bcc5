import { buildServers } from '../loader/configuration.js';
import type { Loader } from '../loader/loader.js';
import type { Poll } from '../loader/refresh-scheduler.js';

/** What live connections need of a loader. It is apart from the loader, so that a bundle without `keepFresh` does not contain it. */
export class ConnectionSource {
  readonly #loader: Loader;

  constructor(loader: Loader) {
    this.#loader = loader;
  }

  /** Aborted by `dispose`. */
  get disposeSignal(): AbortSignal {
    return this.#loader.disposeSignal;
  }

  /** The servers of `rtcConfiguration`: nobody can renew their credentials. */
  get ownServers(): readonly RTCIceServer[] {
    return this.#loader.settings.rtcConfiguration.iceServers;
  }

  /** Another object after each change of what memory holds. */
  get currentAnswer(): object | undefined {
    return this.#loader.cache.current;
  }

  /**
   * Returns what memory holds and is still fresh, as `load` would return it; `undefined` if it has no TURN server. A route may return only
   * STUN servers while its provider is down, and a connection should keep the relay that it has.
   */
  currentServers(): RTCIceServer[] | undefined {
    const { isPeekable, cache, settings } = this.#loader;
    return isPeekable && cache.current!.hasTurn ? buildServers(cache.current!.iceServers, settings) : undefined;
  }

  /** Requests new servers; `undefined` during a cool-down. */
  async requestServers(): Promise<RTCIceServer[] | undefined> {
    if (this.#loader.cache.activeCooldownError()) return undefined;
    await this.#loader.load({ cache: 'reload' });
    return this.currentServers();
  }

  /** Fires an `error` event: one for each failure, however many callers it spared. */
  reportError(error: unknown): void {
    this.#loader.events.reportError(error);
  }

  /** Fires one `error` event if `expiresAt` has passed. No request is made any more, so nothing else would tell. */
  reportExpiry(): void {
    this.reportError(this.#loader.guard.expiryError);
  }

  /** Refreshes ahead of the expiry, and calls `poll` at each change and every ten seconds, until it returns `false`. */
  schedule(poll: Poll): void {
    this.#loader.scheduler.attach(poll);
  }

  /** Polls at once. */
  updateSchedule(): void {
    this.#loader.scheduler.update();
  }
}
