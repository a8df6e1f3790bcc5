import type { Target } from './targets.js';
import type { ServerFault, ServerResult, ServerStage, ServerStatus } from './types.js';

/**
 * All that a browser reports about one URL. `errorText` is left out, because it is empty in Firefox, and the same for 486 and 508 in
 * Chromium.
 */
export interface Evidence {
  readonly errors: readonly ServerFault[];
  /** The types of the candidates that were gathered. */
  readonly candidateTypes: ReadonlySet<string>;
  /** Whether the browser has finished gathering. */
  readonly isComplete: boolean;
}

/**
 * The code for "no server was reached": https://www.w3.org/TR/webrtc/#dom-rtcpeerconnectioniceerrorevent-errorcode
 * In addition to a candidate it means nothing: one address family is missing. https://github.com/webrtc/samples/issues/1227
 */
const unreachedCode = 701;

/** STUN codes: https://www.rfc-editor.org/rfc/rfc8489#section-14.8 and https://www.rfc-editor.org/rfc/rfc8656#section-19 */
const statusByCode: Readonly<Record<number, ServerStatus>> = { 401: 'unauthorized', 486: 'quota', 508: 'capacity' };

/**
 * If a server does not answer, browsers report a 701 after 11 s or more (Firefox is the first). A 701 before this limit has another cause:
 * a name that does not resolve, or, over TCP and TLS, a closed port or a failed handshake, which take a few round trips.
 */
const earlyMs = 5000;

/** Matches IP addresses and localhost, which need no lookup. */
const hostWithoutLookup = /^\[|^[\d.]+$|\blocalhost$/i;

/**
 * Returns the status that the evidence proves, or `undefined` while more evidence may follow. If the time limit of the test comes first,
 * the caller sets the status `timeout`.
 */
export function statusOf(target: Pick<Target, 'kind' | 'transport' | 'host'>, evidence: Evidence): ServerStatus | undefined {
  const { errors, candidateTypes, isComplete } = evidence;
  if (candidateTypes.has(target.kind === 'stun' ? 'srflx' : 'relay')) return 'ok';
  const answer = errors.find(isFromServer);
  if (answer) return statusByCode[answer.code] ?? 'refused';
  // A single 701 is not enough, because another address of the host may still answer. `complete` follows the last 701 at once.
  return isComplete ? statusWithoutAnswer(target, evidence) : undefined;
}

function statusWithoutAnswer({ kind, transport, host }: Pick<Target, 'kind' | 'transport' | 'host'>, evidence: Evidence): ServerStatus {
  const { errors, candidateTypes } = evidence;
  const lastError = errors.at(-1);
  // A browser drops a reflexive candidate that equals a host candidate: the server answered, and there is no address translation.
  if (!lastError) return kind === 'stun' && candidateTypes.has('host') ? 'ok' : 'no-candidate';
  if (lastError.elapsed > earlyMs) return 'timeout';
  return transport === 'udp' && !hostWithoutLookup.test(host) ? 'dns' : 'unreachable';
}

/** Returns how far the test of a URL got, not counting the data test. */
export function stageOf({ errors, candidateTypes }: Evidence, status: ServerStatus): ServerStage {
  if (candidateTypes.has('relay')) return 'allocated';
  return status === 'ok' || errors.some(isFromServer) ? 'reached' : 'none';
}

/** Statuses that a single URL cannot decide: see {@link statusAtHost}. */
const statusesOfHost: ReadonlySet<ServerStatus> = new Set(['dns', 'unreachable']);

/** Returns whether other URLs of the same host decide between `dns` and `unreachable`. */
export function dependsOnHost(status: ServerStatus): boolean {
  return statusesOfHost.has(status);
}

/**
 * Returns the status of all URLs of one host that are `dns` or `unreachable`, or `undefined` while missing results may still change it.
 * Over TCP and TLS, a name that does not resolve looks like a closed port. What looks like an unknown name over UDP is not one if another
 * URL reached that host.
 *
 * @param results one for each URL of the host; `undefined` if it is still missing
 */
export function statusAtHost(results: readonly (Pick<ServerResult, 'status' | 'stage'> | undefined)[]): ServerStatus | undefined {
  if (results.some((result) => result && result.stage !== 'none')) return 'unreachable';
  if (results.includes(undefined)) return undefined;
  return results.some((result) => result?.status === 'dns') ? 'dns' : 'unreachable';
}

function isFromServer({ code }: ServerFault): boolean {
  return code !== unreachedCode;
}
