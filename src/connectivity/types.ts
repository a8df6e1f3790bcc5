import type { IceServersErrorCode, Region } from '../index.js';

/** The scheme of a URL: what is asked for there. */
export type ServerKind = 'stun' | 'turn' | 'turns';

/** How the server is reached. `turns:` is always `tls`: no browser speaks DTLS to a TURN server. */
export type ServerTransport = 'udp' | 'tcp' | 'tls';

/**
 * What became of one URL.
 *
 * - `ok`: it works; for TURN with `relay`, data went through it and came back
 * - `unauthorized`: 401, the credential was rejected
 * - `quota`: 486, too many allocations with this credential
 * - `capacity`: 508, the server has no relay port left
 * - `refused`: any other code, or an allocation that passes no data
 * - `dns`: the host's name does not resolve
 * - `unreachable`: the port is closed or blocked, or TLS failed
 * - `timeout`: no answer within the time limit
 * - `no-candidate`: the browser gathered nothing there and says no reason
 * - `invalid`: the browser rejects the URL, or its username and credential
 * - `aborted`: stopped before it was decided
 * - `error`: the browser could not run the test
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

/** How far a URL got: nothing heard, the server answered, it gave a relay address, data went through it. */
export type ServerStage = 'none' | 'reached' | 'allocated' | 'relayed';

/** One code of an `icecandidateerror`: a STUN code, 701 where nothing was reached, or 65535 in Firefox for some refusals. */
export interface ServerFault {
  readonly code: number;
  /** Milliseconds since the gathering began. */
  readonly elapsed: number;
}

/** A candidate that the browser gathered, without its address. */
export interface ServerCandidate {
  readonly type: string;
  readonly protocol: string;
  /** How the browser says it reached the TURN server, where it says so. */
  readonly relayProtocol?: string | undefined;
}

/** The way to a TURN server and back, measured by echoes that are relayed at both ends: all times are half of an echo's, in milliseconds. */
export interface RelayQuality {
  readonly rtt: { readonly min: number; readonly median: number; readonly p95: number };
  /** The mean difference between one echo and the next, in milliseconds. */
  readonly jitter: number;
  /** The share of the echoes that never came back: 0 to 1. */
  readonly loss: number;
}

/** What one URL's test found. It holds no username, no credential and no candidate's address. */
export interface ServerResult {
  /** The URL as given; of one that is no STUN or TURN URL only the scheme, for the rest may be a secret. */
  readonly url: string;
  readonly kind: ServerKind;
  readonly transport: ServerTransport;
  readonly status: ServerStatus;
  readonly stage: ServerStage;
  /** Milliseconds from the start of the gathering until the status was certain; for a TURN URL that works, until its relay candidate. */
  readonly elapsed: number;
  /** Only where data went through a TURN server. */
  readonly relay?: RelayQuality | undefined;
  readonly errors: readonly ServerFault[];
  readonly candidates: readonly ServerCandidate[];
  /** A sentence for a person: what it means, and what to do. */
  readonly advice: string;
}

/**
 * What all results say together.
 *
 * - `ok`: every transport that is offered works
 * - `udp-blocked`: TCP or TLS works, and nothing is heard over UDP, which a name that does not resolve does not show
 * - `tls-blocked`: plain TCP works, and nothing is heard over TLS, as where the browser rejects the certificate
 * - `credentials-rejected`: every TURN URL is `unauthorized`
 * - `stun-only`: STUN works, and no TURN URL does or none is there
 * - `offline`: nothing works, and nothing is heard from any server, or the browser rejects every URL: `summary` tells which
 * - `mixed`: anything else, also where an abort leaves open which of these it is
 */
export type Verdict = 'ok' | 'udp-blocked' | 'tls-blocked' | 'credentials-rejected' | 'stun-only' | 'offline' | 'mixed';

/** What `testConnectivity` gives. */
export interface ConnectivityReport {
  /** One for each URL, in the order of the configuration. */
  readonly results: readonly ServerResult[];
  readonly verdict: Verdict;
  /** The verdict as one sentence for a person. */
  readonly summary: string;
  /** The report as plain data, for a download or a support ticket: no secret and no address of this device is in it. */
  toJSON(): Pick<ConnectivityReport, 'verdict' | 'summary' | 'results'>;
}

/** How `testConnectivity` goes about it. */
export interface ConnectivityOptions {
  /**
   * Milliseconds for each URL, 1 to 1e9; the data test after it may take 1.6 times as long, as connecting takes some 10 round trips, and
   * a quarter of that more. @default 5000
   */
  readonly timeout?: number | undefined;
  /** How many URLs are tested at once, 1 or more. Each TURN URL takes one allocation, or two with `relay`. @default 6 */
  readonly concurrency?: number | undefined;
  /** Whether to send data through each TURN URL and back: only that shows that it relays. @default true */
  readonly relay?: boolean | undefined;
  /** Stops the test: every connection is closed, and the report has what was decided, the rest `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** Called once with each result, as soon as it is final: `dns` and `unreachable` may wait for other URLs of the same host. */
  readonly onResult?: ((result: ServerResult) => void) | undefined;
}

/** What became of one region: the status of its server, or the code of the load that failed (`url` is then `undefined`). */
export type RegionStatus = ServerStatus | IceServersErrorCode;

/** How near one region is. */
export interface RegionResult {
  readonly region: string;
  /** The TURN URL that was measured; `undefined` where no servers came, or none over UDP. */
  readonly url?: string | undefined;
  /** The best of the samples in milliseconds, without the first where there are more; `undefined` when it failed. */
  readonly rtt?: number | undefined;
  /** One STUN round trip each, in milliseconds, in order. The first has the look-up of the name in it. */
  readonly samples: readonly number[];
  readonly status: RegionStatus;
  /** Only for the winner: the proof that it relays. */
  readonly relay?: RelayQuality | undefined;
}

/** How `compareRegions` goes about it. */
export interface CompareRegionsOptions {
  /** Which ones. @default all that Metered documents: one request each, unless it is cached */
  readonly regions?: readonly (Region | (string & {}))[] | undefined;
  /** How many round trips to measure in each, 1 or more. @default 3 */
  readonly samples?: number | undefined;
  /** Stops it: every request and connection ends, and the list has what was measured, the rest `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Called with each region as soon as it is measured, and once more where data through its server was tried: the winner with `relay`,
   * others with why it failed.
   */
  readonly onResult?: ((result: RegionResult) => void) | undefined;
}
