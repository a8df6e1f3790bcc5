import type { CallQuality, RegionResult, ServerResult, Verdict } from '../connectivity.js';
import type { IceServersErrorCode, IceServersStatus } from '../index.js';

/**
 * What a run found for a call, as one word.
 *
 * - `good`: calls will work
 * - `fair`: calls connect, and may stutter
 * - `bad`: calls will not connect, or many of them will not
 * - `unknown`: there is no answer: the run was stopped, the servers could not be loaded, or this browser cannot test
 */
export type IceOutcome = 'good' | 'fair' | 'bad' | 'unknown';

/** Whether this browser can test: `blocked` if an extension or a policy has replaced or broken its WebRTC. */
export type WebRtcState = 'available' | 'missing' | 'blocked';

/** How the servers were loaded. */
export interface IceLoad {
  /** Where the servers came from; `undefined` if none could be loaded. */
  readonly source?: IceServersStatus['source'] | undefined;
  /** How long the load took, in milliseconds. */
  readonly elapsed: number;
  /** When the request for these servers started, in epoch milliseconds. */
  readonly fetchedAt?: number | undefined;
  /** Until when they count as fresh, in epoch milliseconds. */
  readonly expiresAt?: number | undefined;
  /** The code of the failure, also if a stale answer or the `fallback` was used in spite of it. */
  readonly error?: IceServersErrorCode | undefined;
  /** The HTTP status of the failure. */
  readonly status?: number | undefined;
}

/** A group of connections that the network does not let through. */
export interface BlockedWay {
  readonly protocol: 'UDP' | 'TCP';
  readonly host: string;
  readonly ports: readonly number[];
}

/** The device and the page of a run, without an address or a name of the device. */
export interface IceEnvironment {
  /** The name and main version of the browser: `Firefox 141`. */
  readonly browser: string;
  /** The operating system: `Windows 11`. */
  readonly system: string;
  readonly userAgent: string;
  /** `wifi`, `cellular`, `4g` and the like, if the browser says so. */
  readonly connection?: string | undefined;
  /** The address of the page, without its query and fragment. */
  readonly page: string;
  /** The version of this package. */
  readonly version: string;
}

/**
 * What a run of `<ice-connectivity>` found, as plain data. It contains no key, no username, no credential, and no address of the device.
 *
 * The text and the print of the element hold the same.
 */
export interface IceReport extends IceEnvironment {
  /** The version of this format. It grows if a property changes its meaning or goes. */
  readonly format: 1;
  /** When the run began, in ISO 8601 with the offset of the device's time zone. */
  readonly time: string;
  /** The name of the time zone: `Europe/Berlin`. */
  readonly timeZone: string;
  /** The name of the app, or the address of the endpoint without its query. */
  readonly app: string;
  readonly region?: string | undefined;
  /** `SIMULATED: ` and the words of the page, if the page makes the trouble itself. */
  readonly simulated?: string | undefined;
  /** The run ended early: by `stop()`, or because the element was removed. */
  readonly stopped: boolean;
  readonly webrtc: WebRtcState;
  readonly outcome: IceOutcome;
  /** The answer and its explanation, in the words of the element. */
  readonly summary: string;
  /** `undefined` if nothing was tested. */
  readonly verdict?: Verdict | undefined;
  /** `undefined` if no TURN server works, or if the measurement failed. */
  readonly quality?: CallQuality | undefined;
  /** One for each URL. */
  readonly results: readonly ServerResult[];
  /** What the owner of the network would have to allow. Empty if nothing is blocked. */
  readonly blocked: readonly BlockedWay[];
  readonly load: IceLoad;
  /** The last comparison of regions on this page. Empty if there was none. */
  readonly regions: readonly RegionResult[];
}

/** How far a run is: the detail of `ice-progress`. */
export interface IceProgress {
  /** `load` while the servers are loaded, `servers` while they are tested, then `quality`. */
  readonly phase: 'load' | 'servers' | 'quality';
  /** Servers that are tested, or packets that are sent. */
  readonly done: number;
  readonly total: number;
  /** Milliseconds that the rest of the run takes at most; `undefined` while the servers are loaded. */
  readonly remaining?: number | undefined;
}
