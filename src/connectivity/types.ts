import type { IceServersErrorCode, Region } from '../index.js';

/** The scheme of a URL. */
export type ServerKind = 'stun' | 'turn' | 'turns';

/** How a server is reached. `turns:` is always `tls`, because no browser speaks DTLS to a TURN server. */
export type ServerTransport = 'udp' | 'tcp' | 'tls';

/**
 * The result of the test of one URL.
 *
 * - `ok`: the server works; for TURN with `relay`, data went through it and came back
 * - `unauthorized`: the server rejected the credential (401)
 * - `quota`: too many relays are in use with this credential (486)
 * - `capacity`: the server has no relay port left (508)
 * - `refused`: the server refused for another reason, or its relay passes no data
 * - `dns`: the name of the host does not resolve
 * - `unreachable`: the port is closed or blocked, or TLS failed
 * - `timeout`: the server did not respond in time
 * - `no-candidate`: the browser gathered no candidate and reported no reason
 * - `invalid`: the browser rejects the URL, its username or its credential
 * - `aborted`: the test was stopped before this was decided
 * - `error`: the browser could not run the test: something blocks WebRTC, or the page has too many connections
 */
export type ServerStatus =
  | 'ok'
  | 'unauthorized'
  | 'quota'
  | 'capacity'
  | 'refused'
  | 'dns'
  | 'unreachable'
  | 'timeout'
  | 'no-candidate'
  | 'invalid'
  | 'aborted'
  | 'error';

/**
 * How far the test of a URL got.
 *
 * - `none`: the server did not respond
 * - `reached`: the server responded
 * - `allocated`: the server allocated a relay address
 * - `relayed`: data went through the relay
 */
export type ServerStage = 'none' | 'reached' | 'allocated' | 'relayed';

/** The data of an `icecandidateerror` event. */
export interface ServerFault {
  /**
   * A STUN code (RFC 8489, section 14.8; RFC 8656, section 19), 701 if no server was reached, or 65535, which Firefox reports for some
   * refusals.
   */
  readonly code: number;
  /**
   * The time since gathering began.
   *
   * @unit milliseconds
   */
  readonly elapsed: number;
}

/** A candidate that the browser gathered, without its address. */
export interface ServerCandidate {
  /** `host`, `srflx`, `prflx` or `relay`. */
  readonly type: string;
  /** `udp` or `tcp`. */
  readonly protocol: string;
  /** How the browser reached the TURN server (`udp`, `tcp` or `tls`), if it reports this. */
  readonly relayProtocol?: string | undefined;
}

/**
 * The quality of the path to a TURN server and back. Each packet of the measurement goes to the server and back twice. All times are
 * halved, so they are those of one round trip.
 */
export interface RelayQuality {
  /**
   * The minimum, median and 95th percentile of the round trips.
   *
   * @unit milliseconds
   */
  readonly rtt: { readonly min: number; readonly median: number; readonly p95: number };
  /**
   * The mean difference between one round trip and the next.
   *
   * @unit milliseconds
   */
  readonly jitter: number;
  /** The proportion of packets that were lost, from 0 to 1. */
  readonly loss: number;
}

/** The result for one URL. It contains no username, no credential and no address of a candidate. */
export interface ServerResult {
  /** The URL as it was given. If it is not a STUN or TURN URL, only its scheme is shown, because the rest may be a secret. */
  readonly url: string;
  /** The scheme of the URL. */
  readonly kind: ServerKind;
  /** How the server was reached. */
  readonly transport: ServerTransport;
  /** What the test found. */
  readonly status: ServerStatus;
  /** How far the test got. */
  readonly stage: ServerStage;
  /**
   * The time from the start of gathering until the status was known, or, for a working TURN URL, until its relay candidate.
   *
   * @unit milliseconds
   */
  readonly elapsed: number;
  /** The quality of the relay, if data went through a TURN server. */
  readonly relay?: RelayQuality | undefined;
  /** The errors, in the order in which the browser reported them. */
  readonly errors: readonly ServerFault[];
  /** The candidates that the browser gathered through this server. */
  readonly candidates: readonly ServerCandidate[];
  /** What the status means and what to do, in words for a person. */
  readonly advice: string;
}

/**
 * What all results mean together.
 *
 * - `ok`: every transport in the configuration works
 * - `udp-blocked`: TCP or TLS works, and no server responds over UDP (names that do not resolve are not a sign of this)
 * - `tls-blocked`: plain TCP works, and no server responds over TLS; a certificate that the browser rejects looks the same
 * - `credentials-rejected`: every TURN URL is `unauthorized`
 * - `stun-only`: STUN works, but no TURN URL works, or there is none
 * - `offline`: no server responds, or the browser rejects every URL; `summary` says which of the two
 * - `mixed`: anything else, including a test that was stopped too early to tell
 */
export type Verdict = 'ok' | 'udp-blocked' | 'tls-blocked' | 'credentials-rejected' | 'stun-only' | 'offline' | 'mixed';

/**
 * How good a call would be. The worst of the three measures decides.
 *
 * | grade | loss | delay (median of `rtt`) | jitter |
 * | --- | --- | --- | --- |
 * | `good` | up to 1% | up to 150 ms | up to 30 ms |
 * | `fair` | up to 5% | up to 400 ms | up to 40 ms |
 * | `poor` | more | more | more |
 *
 * Delay: ITU-T G.114 (https://www.itu.int/rec/T-REC-G.114). Loss and jitter: the limits at which Twilio warns
 * (https://www.twilio.com/docs/voice/insights/voice-insights-frequently-asked-questions,
 * https://www.twilio.com/docs/voice/insights/api/voice-insights-call-tags), and 8x8 for a fair jitter
 * (https://docs.8x8.com/8x8WebHelp/8x8-network-utility/2-3/terms.htm).
 */
export type QualityGrade = 'good' | 'fair' | 'poor';

/**
 * The quality of a stream like that of a voice call: 50 packets a second, 100 bytes each, sent without retransmission through a TURN server
 * back to this device. Each packet goes to the server and back once.
 */
export interface CallQuality {
  /** The TURN URL that was measured. */
  readonly url: string;
  /**
   * The minimum, median and 95th percentile of the time to the server and back.
   *
   * @unit milliseconds
   */
  readonly rtt: { readonly min: number; readonly median: number; readonly p95: number };
  /**
   * The mean difference between the time of one packet and the next.
   *
   * @unit milliseconds
   */
  readonly jitter: number;
  /** The proportion of packets that did not arrive, from 0 to 1. */
  readonly loss: number;
  /** How many packets were sent. A tab in the background sends fewer. */
  readonly packets: number;
  /** How good a call would be. */
  readonly grade: QualityGrade;
}

/** What `testConnectivity` returns: one result for each URL and what they mean together. */
export interface ConnectivityReport {
  /** One result for each URL, in the order of the configuration. The same URL with the same credential has only one. */
  readonly results: readonly ServerResult[];
  /** What all results mean together. */
  readonly verdict: Verdict;
  /**
   * The verdict in words for a person. If packets were lost, or if the quality is `fair` or `poor`, a second sentence says so. The verdict
   * itself is only about which transports work.
   */
  readonly summary: string;
  /** The quality of a call, with the `quality` option; `undefined` if no TURN URL works, or if the measurement failed or was stopped. */
  readonly quality?: CallQuality | undefined;
  /** Returns the report as plain data for a download or a support ticket. The data contains no secret and no address of this device. */
  toJSON(): ReportData;
}

/** A report as plain data. */
export type ReportData = Omit<ConnectivityReport, 'toJSON'>;

/** How far along a run of `testConnectivity` is. */
export interface Progress {
  /** `servers` while the URLs are tested, then `quality` while the packets of a call are sent. */
  readonly phase: 'servers' | 'quality';
  /** How many URLs have been tested, or how many packets have been sent. */
  readonly done: number;
  /** How many URLs or packets there are in this phase. */
  readonly total: number;
  /** The URLs that are being tested now. */
  readonly running: readonly string[];
  /**
   * The maximum time that the rest of the run can take.
   *
   * @unit milliseconds
   */
  readonly remaining: number;
  /**
   * The round-trip time of each packet so far, or `undefined` if it has not arrived. Only the `quality` phase has this list.
   *
   * @unit milliseconds
   */
  readonly packets?: readonly (number | undefined)[] | undefined;
}

/** The options of `testConnectivity`. */
export interface ConnectivityOptions {
  /**
   * The time limit for each URL, from 1 to 1e9.
   *
   * The data test that follows may take 1.6 times this limit, because connecting takes about 10 round trips. Waiting for the last packets
   * may take another quarter of the limit.
   *
   * @unit milliseconds
   * @default 5000
   *
   * @throws `TypeError` (as a rejection) if it is not a number in that range
   */
  readonly timeout?: number | undefined;
  /**
   * How many URLs are tested at once, from 1 to 1e9. Each TURN URL uses one relay, or two with `relay`.
   *
   * @default 6
   *
   * @throws `TypeError` (as a rejection) if it is not a number in that range
   */
  readonly concurrency?: number | undefined;
  /**
   * Whether to send data through each TURN URL and back, which is the only proof that it relays.
   *
   * @default true
   *
   * @throws `TypeError` (as a rejection) if it is not a boolean
   */
  readonly relay?: boolean | undefined;
  /**
   * Whether to measure the quality of a call after the URLs are tested: `true` for 3 seconds, or a number of seconds from 1 to 3600. It
   * uses two relays and about 10 kB a second each way.
   *
   * @unit seconds
   * @default false
   *
   * @throws `TypeError` (as a rejection) if it is neither a boolean nor a number in that range
   */
  readonly quality?: boolean | number | undefined;
  /**
   * Stops the test and closes every connection. The report then has the results so far; the rest are `aborted`.
   *
   * @default none
   *
   * @throws `TypeError` (as a rejection) if it is not an `AbortSignal`
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Called once with each result as soon as it is final. A result that is `dns` or `unreachable` may wait for other URLs of its host.
   *
   * If the function throws, the page gets an uncaught error, and the test continues.
   *
   * @default none
   *
   * @throws `TypeError` (as a rejection) if it is not a function
   */
  readonly onResult?: ((result: ServerResult) => void) | undefined;
  /**
   * Called whenever the test of a URL begins or ends and five times a second while the quality is measured.
   *
   * If the function throws, the page gets an uncaught error, and the test continues.
   *
   * @default none
   *
   * @throws `TypeError` (as a rejection) if it is not a function
   */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** The status of a region's server, or the code of the error if the servers could not be loaded (`url` is then `undefined`). */
export type RegionStatus = ServerStatus | IceServersErrorCode;

/** How near the TURN server of one region is. */
export interface RegionResult {
  /** The name of the region as it was given. */
  readonly region: string;
  /** The TURN URL that was measured; `undefined` if no servers could be loaded, or if none of them is a TURN server. */
  readonly url?: string | undefined;
  /**
   * The shortest round trip in `samples`. The first one over STUN is left out if there are others, because it includes the name lookup. It
   * is `undefined` if a round trip failed, or if the server does not relay.
   *
   * @unit milliseconds
   */
  readonly rtt?: number | undefined;
  /**
   * The STUN round trips, in the order of measurement. The first one includes the name lookup. If `transport` is set, these are the
   * minimum, median and 95th percentile of 20 round trips.
   *
   * @unit milliseconds
   */
  readonly samples: readonly number[];
  /**
   * The transport of the round trips if nothing came back over UDP, so that data was sent through the relay over TCP or TLS; `undefined`
   * if they were measured over UDP.
   */
  readonly transport?: 'tcp' | 'tls' | undefined;
  /** What the measurement found or why the servers could not be loaded. */
  readonly status: RegionStatus;
  /** The quality of the relay, as proof that the server relays. Only the nearest region has it. */
  readonly relay?: RelayQuality | undefined;
  /**
   * The regions that may be equally near: their samples overlap with this region's samples, or the difference is less than a
   * millisecond, which is the precision of Firefox's clock. Only the list that `compareRegions` returns has it. It is `undefined` if there
   * are none.
   */
  readonly tiedWith?: readonly string[] | undefined;
}

/** The settings of `compareRegions`. */
export interface CompareRegionsOptions {
  /**
   * The names of the regions. Each one takes a request unless its servers are cached.
   *
   * @default all regions that Metered documents
   *
   * @throws `TypeError` (as a rejection) if it is not a list of strings
   */
  readonly regions?: readonly (Region | (string & {}))[] | undefined;
  /**
   * How many round trips to measure in each region, from 1 to 1e9.
   *
   * @default 3
   *
   * @throws `TypeError` (as a rejection) if it is not a number in that range
   */
  readonly samples?: number | undefined;
  /**
   * Stops every request and connection. The list then has the measurements so far; the rest are `aborted`.
   *
   * @default none
   *
   * @throws `TypeError` (as a rejection) if it is not an `AbortSignal`
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Called with each region as soon as it is measured.
   *
   * It is called again for each region whose relay was tested with data: with `relay` for the nearest region, and with the reason as
   * `status` for those that failed. If the function throws, the page gets an uncaught error, and the comparison continues.
   *
   * @default none
   *
   * @throws `TypeError` (as a rejection) if it is not a function
   */
  readonly onResult?: ((result: RegionResult) => void) | undefined;
}
