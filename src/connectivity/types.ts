import type { IceServersErrorCode, Region } from '../index.js';

/** The scheme of a URL. */
export type ServerKind = 'stun' | 'turn' | 'turns';

/** How a server is reached. `turns:` is always `tls`: no browser speaks DTLS to a TURN server. */
export type ServerTransport = 'udp' | 'tcp' | 'tls';

/**
 * The result of one URL, as one word.
 *
 * - `ok`: it works; for TURN with `relay`, data went through it and came back
 * - `unauthorized`: 401, the server rejected the credential
 * - `quota`: 486, too many allocations with this credential
 * - `capacity`: 508, the server has no relay port left
 * - `refused`: any other code, or an allocation that passes no data
 * - `dns`: the host's name does not resolve
 * - `unreachable`: the port is closed or blocked, or TLS failed
 * - `timeout`: no answer within the time limit
 * - `no-candidate`: the browser gathered no candidate and named no reason
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
 * - `none`: nothing was heard from the server
 * - `reached`: the server answered
 * - `allocated`: the server gave a relay address
 * - `relayed`: data went through the relay
 */
export type ServerStage = 'none' | 'reached' | 'allocated' | 'relayed';

/** An `icecandidateerror`. */
export interface ServerFault {
  /**
   * A STUN code (RFC 8489, section 14.8; RFC 8656, section 19), 701 if no server was reached, or 65535, which Firefox reports for some
   * refusals.
   */
  readonly code: number;
  /** Milliseconds since the gathering began. */
  readonly elapsed: number;
}

/** A candidate that the browser gathered, without its address. */
export interface ServerCandidate {
  /** `host`, `srflx`, `prflx` or `relay`. */
  readonly type: string;
  /** `udp` or `tcp`. */
  readonly protocol: string;
  /** How the browser reached the TURN server (`udp`, `tcp` or `tls`), if it says so. */
  readonly relayProtocol?: string | undefined;
}

/**
 * The quality of the way to a TURN server and back. It is measured by echoes that are relayed at both ends, so all times are half of an
 * echo's time, in milliseconds.
 */
export interface RelayQuality {
  /** Minimum, median and 95th percentile of the round trips, in milliseconds. */
  readonly rtt: { readonly min: number; readonly median: number; readonly p95: number };
  /** The mean difference between one round trip and the next, in milliseconds. */
  readonly jitter: number;
  /** The share of the echoes that did not come back: 0 to 1. */
  readonly loss: number;
}

/** What the test of one URL found. It contains no username, no credential and no address of a candidate. */
export interface ServerResult {
  /** The URL as given. If it is no STUN or TURN URL, only its scheme is shown: the rest may be a secret. */
  readonly url: string;
  readonly kind: ServerKind;
  readonly transport: ServerTransport;
  readonly status: ServerStatus;
  readonly stage: ServerStage;
  /** Milliseconds from the start of the gathering until the status was certain; for a TURN URL that works, until its relay candidate. */
  readonly elapsed: number;
  /** The quality of the relay, if data went through a TURN server. */
  readonly relay?: RelayQuality | undefined;
  /** In the order in which the browser reported them. */
  readonly errors: readonly ServerFault[];
  readonly candidates: readonly ServerCandidate[];
  /** One sentence for a person: what the status means, and what to do. */
  readonly advice: string;
}

/**
 * What all results say together.
 *
 * - `ok`: every transport on offer works
 * - `udp-blocked`: TCP or TLS works, and nothing is heard over UDP (names that do not resolve are no sign of this)
 * - `tls-blocked`: plain TCP works, and nothing is heard over TLS; a certificate that the browser rejects looks the same
 * - `credentials-rejected`: every TURN URL is `unauthorized`
 * - `stun-only`: STUN works, and no TURN URL works, or there is none
 * - `offline`: nothing works and nothing is heard from any server, or the browser rejects every URL: `summary` says which of the two
 * - `mixed`: anything else, also if a test that was stopped leaves open which of these it is
 */
export type Verdict = 'ok' | 'udp-blocked' | 'tls-blocked' | 'credentials-rejected' | 'stun-only' | 'offline' | 'mixed';

/**
 * How good a call would be. The worst measure decides.
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
 * The quality of a stream like a voice call's: 50 packets a second of 100 bytes, sent through a TURN server to this device itself, without
 * retransmission. Each packet goes to the server and back once.
 */
export interface CallQuality {
  /** The TURN URL that was measured. */
  readonly url: string;
  /** Minimum, median and 95th percentile of the time to the server and back, in milliseconds. */
  readonly rtt: { readonly min: number; readonly median: number; readonly p95: number };
  /** The mean difference between the time of one packet and the next, in milliseconds. */
  readonly jitter: number;
  /** The share of the packets that did not arrive: 0 to 1. */
  readonly loss: number;
  /** How many packets were sent. A tab in the background sends fewer. */
  readonly packets: number;
  readonly grade: QualityGrade;
}

/** What `testConnectivity` returns. */
export interface ConnectivityReport {
  /** One for each URL, in the order of the configuration. */
  readonly results: readonly ServerResult[];
  readonly verdict: Verdict;
  /**
   * The verdict in words for a person. If packets were lost, or the quality is `fair` or `poor`, a second sentence says so. The verdict
   * itself is only about which ways work.
   */
  readonly summary: string;
  /** Only with the option `quality`, and `undefined` if no TURN URL works, or the measurement failed or was stopped. */
  readonly quality?: CallQuality | undefined;
  /** Returns the report as plain data, for a download or a support ticket. It contains no secret and no address of this device. */
  toJSON(): ReportData;
}

/** A report as plain data. */
export type ReportData = Omit<ConnectivityReport, 'toJSON'>;

/** How far a run of `testConnectivity` is. */
export interface Progress {
  /** `servers` while URLs are tested, then `quality` while the packets of a call are sent. */
  readonly phase: 'servers' | 'quality';
  /** URLs that are tested, or packets that are sent. */
  readonly done: number;
  readonly total: number;
  /** The URLs that are under test now. */
  readonly running: readonly string[];
  /** Milliseconds that the rest of the run takes at most. */
  readonly remaining: number;
  /**
   * Only in the phase `quality`: for each packet that was sent so far, its time to the server and back in milliseconds, or `undefined` if it
   * has not arrived.
   */
  readonly packets?: readonly (number | undefined)[] | undefined;
}

/** The options of `testConnectivity`. */
export interface ConnectivityOptions {
  /**
   * The time limit for each URL in milliseconds, 1 to 1e9. The data test that follows may take 1.6 times as long, because connecting takes
   * some 10 round trips, and a quarter of that more for the last echoes. @default 5000
   */
  readonly timeout?: number | undefined;
  /** How many URLs are tested at once, 1 or more. Each TURN URL takes one allocation, or two with `relay`. @default 6 */
  readonly concurrency?: number | undefined;
  /** Whether to send data through each TURN URL and back: only that proves that it relays. @default true */
  readonly relay?: boolean | undefined;
  /**
   * Whether to measure the quality of a call after the URLs are tested: `true` for 3 seconds, or a number of seconds, 1 to 3600. It takes two
   * allocations and some 10 kB a second each way. @default false
   */
  readonly quality?: boolean | number | undefined;
  /** Stops the test and closes every connection. The report then has what was decided; the rest is `aborted`. @default none */
  readonly signal?: AbortSignal | undefined;
  /**
   * Called once with each result as soon as it is final. A result that is `dns` or `unreachable` may wait for other URLs of its host. What
   * the function throws is an error of the page and does not stop the test. @default none
   */
  readonly onResult?: ((result: ServerResult) => void) | undefined;
  /**
   * Called whenever the test of a URL begins or ends, and five times a second while the quality is measured. What the function throws is an
   * error of the page and does not stop the test. @default none
   */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** The status of a region's server, or the code of the error if its servers could not be loaded (`url` is then `undefined`). */
export type RegionStatus = ServerStatus | IceServersErrorCode;

/** How near the TURN server of one region is. */
export interface RegionResult {
  /** The name that was given. */
  readonly region: string;
  /** The TURN URL that was measured; `undefined` if no servers could be loaded, or none of them is TURN. */
  readonly url?: string | undefined;
  /** The best of the samples in milliseconds, leaving out the first STUN sample if there are more; `undefined` if a sample failed. */
  readonly rtt?: number | undefined;
  /**
   * STUN round trips in milliseconds, in order; the first one includes the look-up of the name. With `transport`: minimum, median and 95th
   * percentile of 20 round trips.
   */
  readonly samples: readonly number[];
  /**
   * The transport of the round trips if nothing came back over UDP: data was then sent through the relay over TCP or TLS. `undefined` if
   * they were measured over UDP.
   */
  readonly transport?: 'tcp' | 'tls' | undefined;
  readonly status: RegionStatus;
  /** The proof that the server relays. Only the winner has it. */
  readonly relay?: RelayQuality | undefined;
  /**
   * The regions whose samples overlap with these, to within the millisecond that is one step of Firefox's clock: which of them is nearer
   * cannot be told. Only in the list that `compareRegions` returns, and `undefined` if there are none.
   */
  readonly tiedWith?: readonly string[] | undefined;
}

/** The settings of `compareRegions`. */
export interface CompareRegionsOptions {
  /** The names of the regions. Each one takes a request, unless its servers are cached. @default all that Metered documents */
  readonly regions?: readonly (Region | (string & {}))[] | undefined;
  /** How many round trips to measure in each region, 1 or more. @default 3 */
  readonly samples?: number | undefined;
  /** Stops every request and connection. The list then has what was measured; the rest is `aborted`. @default none */
  readonly signal?: AbortSignal | undefined;
  /**
   * Called with each region as soon as it is measured, and once more if data was sent through its server: with `relay` for the winner, with
   * the reason for those that failed. What the function throws is an error of the page and does not stop the comparison. @default none
   */
  readonly onResult?: ((result: RegionResult) => void) | undefined;
}
