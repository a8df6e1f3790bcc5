import type { Target } from './targets.js';
import type { ServerFault, ServerResult, ServerStage, ServerStatus } from './types.js';

/** All that a browser shows of one URL. Its `errorText` is left out: Firefox leaves it empty, and Chromium has one text for 486 and 508. */
export interface Evidence {
  readonly errors: readonly ServerFault[];
  /** The types of the candidates that were gathered. */
  readonly candidateTypes: ReadonlySet<string>;
  /** The browser has finished gathering. */
  readonly isComplete: boolean;
}

/**
 * No server was reached: https://www.w3.org/TR/webrtc/#dom-rtcpeerconnectioniceerrorevent-errorcode
 * Beside a candidate it means nothing: one address family is missing. https://github.com/webrtc/samples/issues/1227
 */
const unreachedCode = 701;

/** STUN codes: https://www.rfc-editor.org/rfc/rfc8489#section-14.8 and https://www.rfc-editor.org/rfc/rfc8656#section-19 */
const statusByCode: Readonly<Record<number, ServerStatus>> = { 401: 'unauthorized', 486: 'quota', 508: 'capacity' };

/**
 * A silent server ends in a 701 after 11 s or more (Firefox is the first to give up). A 701 before this limit has another cause: a name that
 * does not resolve, or, over TCP and TLS, a closed port or a failed handshake, which take a few round trips.
 */
const earlyMs = 5000;

/** IP addresses and localhost: they need no look-up. */
const hostWithoutLookup = /^\[|^[\d.]+$|\blocalhost$/i;

/**
 * Returns the status that the evidence proves, or `undefined` while more may come. If the test's own time limit comes first, the status is
 * `timeout`.
 */
export function statusOf(target: Pick<Target, 'kind' | 'transport' | 'host'>, evidence: Evidence): ServerStatus | undefined {
  const { errors, candidateTypes, isComplete } = evidence;
  if (candidateTypes.has(target.kind === 'stun' ? 'srflx' : 'relay')) return 'ok';
  const answer = errors.find(isFromServer);
  if (answer) return statusByCode[answer.code] ?? 'refused';
  // A 701 alone decides nothing: the host's other address may still answer. In both browsers `complete` follows the last 701 at once.
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

/** Returns how far a URL got, apart from the data test. */
export function stageOf({ errors, candidateTypes }: Evidence, status: ServerStatus): ServerStage {
  if (candidateTypes.has('relay')) return 'allocated';
  return status === 'ok' || errors.some(isFromServer) ? 'reached' : 'none';
}

/** Statuses that one URL alone cannot decide: see {@link statusAtHost}. */
const statusesOfHost: ReadonlySet<ServerStatus> = new Set(['dns', 'unreachable']);

/** Tells whether other URLs of the same host decide between `dns` and `unreachable`. */
export function dependsOnHost(status: ServerStatus): boolean {
  return statusesOfHost.has(status);
}

/**
 * Returns the status of all URLs at one host that are `dns` or `unreachable`, or `undefined` while results that are still missing may change
 * it. Over TCP and TLS a name that does not resolve looks like a closed port. And what looks like an unknown name over UDP is none if
 * another URL reached that host.
 *
 * @param results one for each URL of the host; `undefined` if it is not there yet
 */
export function statusAtHost(results: readonly (Pick<ServerResult, 'status' | 'stage'> | undefined)[]): ServerStatus | undefined {
  if (results.some((result) => result && result.stage !== 'none')) return 'unreachable';
  if (results.includes(undefined)) return undefined;
  return results.some((result) => result?.status === 'dns') ? 'dns' : 'unreachable';
}

function isFromServer({ code }: ServerFault): boolean {
  return code !== unreachedCode;
}
