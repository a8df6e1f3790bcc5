import type { ServerFault, ServerKind, ServerResult, ServerStage, ServerStatus, ServerTransport } from './types.js';

/** All that a browser shows of one URL. Its `errorText` is not among it: Firefox leaves it empty, and Chromium says the same for 486 and 508. */
export interface Evidence {
  readonly kind: ServerKind;
  readonly transport: ServerTransport;
  /** Whether the host is a name that has to be looked up. */
  readonly isNamed: boolean;
  readonly errors: readonly ServerFault[];
  /** The types of the candidates that came. */
  readonly found: ReadonlySet<string>;
  /** The browser has nothing more to say. */
  readonly isComplete: boolean;
  /** Our own time limit has passed. */
  readonly isLate: boolean;
}

/**
 * No server was reached. Source: https://www.w3.org/TR/webrtc/#dom-rtcpeerconnectioniceerrorevent-errorcode
 * Next to a candidate it is noise, from an address family that is missing: https://github.com/webrtc/samples/issues/1227
 */
const unreached = 701;

/** STUN codes: https://www.rfc-editor.org/rfc/rfc8489#section-14.8 and https://www.rfc-editor.org/rfc/rfc8656#section-19 */
const statuses: Readonly<Record<number, ServerStatus>> = { 401: 'unauthorized', 486: 'quota', 508: 'capacity' };

/** An unanswered packet is given up after 11 s at the earliest (Firefox), so a failure over UDP before this is one of the name. */
const earlyUdpMs = 2000;
/** A closed port or a failed handshake shows within a few round trips; silence ends after 12 s at the earliest (Firefox). */
const earlyTcpMs = 5000;

const wasReached = ({ code }: ServerFault): boolean => code !== unreached;

/** What is certain by now; `undefined` while more may come. */
export const statusOf = ({ kind, transport, isNamed, errors, found, isComplete, isLate }: Evidence): ServerStatus | undefined => {
  if (found.has(kind === 'stun' ? 'srflx' : 'relay')) return 'ok';
  const answer = errors.find(wasReached);
  if (answer) return statuses[answer.code] ?? 'refused';
  // A 701 alone decides nothing: the host's other address may still answer. `complete` follows the last one at once, in both browsers.
  if (!isComplete) return isLate ? 'timeout' : undefined;
  const last = errors.at(-1);
  // A browser leaves out a reflexive candidate that equals a host candidate: the server answered, there is no address translation.
  if (!last) return kind === 'stun' && found.has('host') ? 'ok' : 'no-candidate';
  if (last.elapsed > (transport === 'udp' ? earlyUdpMs : earlyTcpMs)) return 'timeout';
  return transport === 'udp' && isNamed ? 'dns' : 'unreachable';
};

/** How far it got, without the data test. */
export const stageOf = ({ errors, found }: Evidence, status: ServerStatus): ServerStage =>
  found.has('relay') ? 'allocated' : status === 'ok' || errors.some(wasReached) ? 'reached' : 'none';

const hostOf = (url: string): string | undefined => /^\w+:(\[.*?\]|[^:?]*)/.exec(url)?.[1];

/**
 * What the others with the same host say about a status. Over TCP and TLS a name that does not resolve looks like a closed port;
 * and what looks like an unknown name over UDP is none where another URL reached that host.
 */
export const correctedStatus = ({ url, status }: ServerResult, all: readonly ServerResult[]): ServerStatus => {
  const others = all.filter((other) => hostOf(other.url) === hostOf(url));
  if (!/^(dns|unreachable)$/.test(status)) return status;
  if (others.some(({ stage }) => stage !== 'none')) return 'unreachable';
  return others.some((other) => other.status === 'dns') ? 'dns' : status;
};
