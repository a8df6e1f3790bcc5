import type { CallQuality, RegionResult, ServerResult, Verdict } from '../connectivity.js';
import type { IceServersErrorCode, IceServersStatus } from '../index.js';

/**
 * What a run found for a call.
 *
 * - `good`: calls will work
 * - `fair`: calls connect, but may stutter
 * - `bad`: many calls, or all of them, will not connect
 * - `unknown`: there is no result, because the run was stopped, the servers could not be loaded, or this browser cannot test
 */
export type IceOutcome = 'good' | 'fair' | 'bad' | 'unknown';

/**
 * Whether this browser can test.
 *
 * - `available`: the browser has WebRTC
 * - `missing`: the browser has no WebRTC, or it is switched off
 * - `blocked`: an extension or a policy has replaced or broken WebRTC
 */
export type WebRtcState = 'available' | 'missing' | 'blocked';

/** How the servers were loaded. */
export interface IceLoad {
  /** Where the servers came from, as in the status of a loader; `undefined` if none could be loaded. */
  readonly source?: IceServersStatus['source'] | undefined;
  /**
   * How long the load took.
   *
   * @unit milliseconds
   */
  readonly elapsed: number;
  /**
   * When the request for these servers started.
   *
   * @unit epoch milliseconds
   */
  readonly fetchedAt?: number | undefined;
  /**
   * When they stop being fresh.
   *
   * @unit epoch milliseconds
   */
  readonly expiresAt?: number | undefined;
  /** The code of the failure, even if a stale response or the `fallback` was used. */
  readonly error?: IceServersErrorCode | undefined;
  /** The HTTP status of the failure, if there was a response. */
  readonly status?: number | undefined;
}

/** A group of connections that the network blocks. */
export interface BlockedWay {
  /** The transport protocol to allow. */
  readonly protocol: 'UDP' | 'TCP';
  /** The name of the server. */
  readonly host: string;
  /** The ports of the server, in ascending order. */
  readonly ports: readonly number[];
}

/** The device and the page of a run. It contains no address and no name of the device. */
export interface IceEnvironment {
  /** The name and major version of the browser, such as `Firefox 141`. */
  readonly browser: string;
  /** The operating system, such as `Windows 11`. */
  readonly system: string;
  /** The user agent string of the browser. */
  readonly userAgent: string;
  /** The kind of connection, such as `wifi`, `cellular` or `4g`, if the browser reports it. */
  readonly connection?: string | undefined;
  /** The URL of the page, without its query and fragment. */
  readonly page: string;
  /** The version of this package. */
  readonly version: string;
}

/**
 * What a run of `<ice-connectivity>` found, as plain data. It contains no key, no username, no credential, and no address of the device.
 *
 * The text report and the printed page contain the same data.
 */
export interface IceReport extends IceEnvironment {
  /** The version of this format. It increases if a property is removed or changes its meaning. */
  readonly format: 1;
  /** When the run began, in ISO 8601 with the offset of the device's time zone. */
  readonly time: string;
  /** The name of the time zone, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** The name of the app, or the URL of the endpoint without its query. */
  readonly app: string;
  /** The region, if one is set. */
  readonly region?: string | undefined;
  /** `SIMULATED: ` and the text of the `simulated` property, if the page simulates a problem. */
  readonly simulated?: string | undefined;
  /** Whether the run ended early, by `stop()` or because the element was removed. */
  readonly stopped: boolean;
  /** Whether this browser can test. */
  readonly webrtc: WebRtcState;
  /** What the run found for a call. */
  readonly outcome: IceOutcome;
  /** The result and its explanation, in the words that the element shows. */
  readonly summary: string;
  /** What all results mean together; `undefined` if nothing was tested. */
  readonly verdict?: Verdict | undefined;
  /** The quality of a call; `undefined` if no TURN server works, or if the measurement failed. */
  readonly quality?: CallQuality | undefined;
  /** One result for each URL. */
  readonly results: readonly ServerResult[];
  /** What the owner of the network has to allow. It is empty if nothing is blocked. */
  readonly blocked: readonly BlockedWay[];
  /** How the servers were loaded. */
  readonly load: IceLoad;
  /** The last comparison of regions on this page. It is empty if there was none. */
  readonly regions: readonly RegionResult[];
}

/** How far along a run is: the `detail` of `ice-progress`. */
export interface IceProgress {
  /** `load` while the servers are loaded, `servers` while they are tested, then `quality`. */
  readonly phase: 'load' | 'servers' | 'quality';
  /** How many URLs have been tested, or how many packets have been sent. */
  readonly done: number;
  /** How many URLs or packets there are in this phase. */
  readonly total: number;
  /**
   * The maximum time that the rest of the run can take; `undefined` while the servers are loaded.
   *
   * @unit milliseconds
   */
  readonly remaining?: number | undefined;
}
