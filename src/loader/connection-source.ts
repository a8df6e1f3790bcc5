import type { Poll } from './refresh-scheduler.js';

/** What `keepFresh` needs of a loader. */
export interface ConnectionSource {
  /** Aborted by `dispose`. */
  readonly disposeSignal: AbortSignal;
  /** The servers of `rtcConfiguration`: nobody can renew their credentials. */
  readonly ownServers: readonly RTCIceServer[];
  /** Another object after each change of what memory holds. */
  readonly currentAnswer: object | undefined;
  /** Returns what memory holds and is still fresh, as `load` would return it. */
  currentServers(): RTCIceServer[] | undefined;
  /** Requests new servers; `undefined` during a cool-down. */
  requestServers(): Promise<RTCIceServer[] | undefined>;
  /** Fires an `error` event: one for each failure, however many callers it spared. */
  reportError(error: unknown): void;
  /** Refreshes ahead of the expiry, and calls `poll` at each change and every ten seconds, until it returns `false`. */
  schedule(poll: Poll): void;
  /** Polls at once. */
  updateSchedule(): void;
}
