import { buildServers } from '../loader/configuration.js';
import type { Loader } from '../loader/loader.js';
import type { Poll } from '../loader/refresh-scheduler.js';
import { expiryError } from '../loader/assert-usable.js';

/** What live connections need from a loader. It is separate, so that a bundle without `keepFresh` does not contain it. */
export class ConnectionSource {
  readonly #loader: Loader;

  constructor(loader: Loader) {
    this.#loader = loader;
  }

  /** Aborted by `dispose`. */
  get disposeSignal(): AbortSignal {
    return this.#loader.disposeSignal;
  }

  /** The servers of `rtcConfiguration`. Their credentials cannot be renewed here. */
  get ownServers(): readonly RTCIceServer[] {
    return this.#loader.settings.rtcConfiguration.iceServers;
  }

  /** The answer in memory. After each change it is another object. */
  get currentAnswer(): object | undefined {
    return this.#loader.cache.current;
  }

  /**
   * Returns the servers that memory holds if they are fresh, as `load` would return them. Returns `undefined` if they do not include TURN:
   * a route may return only STUN servers while its provider is down, and a connection should keep the relay that it has.
   */
  currentServers(): RTCIceServer[] | undefined {
    const { isPeekable, cache, settings } = this.#loader;
    return isPeekable && cache.current!.hasTurn ? buildServers(cache.current!.iceServers, settings) : undefined;
  }

  /** Requests new servers and returns them; returns `undefined` during a cool-down. */
  async requestServers(): Promise<RTCIceServer[] | undefined> {
    if (this.#loader.cache.activeCooldownError()) return undefined;
    await this.#loader.load({ cache: 'reload' });
    return this.currentServers();
  }

  /** Fires one `error` event for each failure, however often it is reported. */
  reportError(error: unknown): void {
    this.#loader.events.reportError(error);
  }

  /** Fires one `error` event if `expiresAt` has passed. No request is made after that, so nothing else would report it. */
  reportExpiry(): void {
    this.reportError(expiryError(this.#loader.settings));
  }

  /** Refreshes before expiry, and calls `poll` after each change and every ten seconds, until it returns `false`. */
  schedule(poll: Poll): void {
    this.#loader.scheduler.attach(poll);
  }

  /** Polls at once. */
  updateSchedule(): void {
    this.#loader.scheduler.update();
  }
}
