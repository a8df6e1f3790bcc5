import type { Target } from './targets.js';
import type { ServerFault, ServerResult, ServerStage, ServerStatus } from './types.js';

/** All that a browser shows of one URL. Its `errorText` is not among it: Firefox leaves it empty, and Chromium says the same for 486 and 508. */
export interface Evidence {
  readonly errors: readonly ServerFault[];
  /** The types of the candidates that came. */
  readonly found: ReadonlySet<string>;
  /** The browser has nothing more to say. */
  readonly isComplete: boolean;
}

/**
 * No server was reached. Source: https://www.w3.org/TR/webrtc/#dom-rtcpeerconnectioniceerrorevent-errorcode
 * Next to a candidate it is noise, from an address family that is missing: https://github.com/webrtc/samples/issues/1227
 */
const unreached = 701;

/** STUN codes: https://www.rfc-editor.org/rfc/rfc8489#section-14.8 and https://www.rfc-editor.org/rfc/rfc8656#section-19 */
const statuses: Readonly<Record<number, ServerStatus>> = { 401: 'unauthorized', 486: 'quota', 508: 'capacity' };

/**
 * Silence ends in a 701 after 11 s at the earliest (Firefox). One before this is of a name that does not resolve,
 * or, over TCP and TLS, of a closed port or a failed handshake, which take a few round trips.
 */
const earlyMs = 5000;

/** Hosts that are looked up nowhere. */
const literal = /^\[|^[\d.]+$|\blocalhost$/i;

const wasReached = ({ code }: ServerFault): boolean => code !== unreached;

/** What is certain by now; `undefined` while more may come, and at our own time limit that is a `timeout`. */
export const statusOf = (
  { kind, transport, host }: Pick<Target, 'kind' | 'transport' | 'host'>,
  { errors, found, isComplete }: Evidence,
): ServerStatus | undefined => {
  if (found.has(kind === 'stun' ? 'srflx' : 'relay')) return 'ok';
  const answer = errors.find(wasReached);
  if (answer) return statuses[answer.code] ?? 'refused';
  // A 701 alone decides nothing: the host's other address may still answer. `complete` follows the last one at once, in both browsers.
  if (!isComplete) return undefined;
  const last = errors.at(-1);
  // A browser leaves out a reflexive candidate that equals a host candidate: the server answered, there is no address translation.
  if (!last) return kind === 'stun' && found.has('host') ? 'ok' : 'no-candidate';
  if (last.elapsed > earlyMs) return 'timeout';
  return transport === 'udp' && !literal.test(host) ? 'dns' : 'unreachable';
};

/** How far it got, without the data test. */
export const stageOf = ({ errors, found }: Evidence, status: ServerStatus): ServerStage =>
  found.has('relay') ? 'allocated' : status === 'ok' || errors.some(wasReached) ? 'reached' : 'none';

/**
 * What the results at one host say of those among them that are `dns` or `unreachable`; `undefined` while those that are still to come
 * may change it. Over TCP and TLS a name that does not resolve looks like a closed port; and what looks like an unknown name over UDP is
 * none where another URL reached that host.
 */
export const statusAtHost = (all: readonly (Pick<ServerResult, 'status' | 'stage'> | undefined)[]): ServerStatus | undefined => {
  if (all.some((one) => one && one.stage !== 'none')) return 'unreachable';
  if (all.includes(undefined)) return undefined;
  return all.some((one) => one!.status === 'dns') ? 'dns' : 'unreachable';
};
