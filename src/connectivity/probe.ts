import { rounded } from './quality.js';
import { statusOf, type Evidence } from './status.js';
import type { Target } from './targets.js';
import type { ServerFault, ServerStatus } from './types.js';

/** When a test ends, whatever the server does. */
export interface Limits {
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

/** One connection that knows one URL, and what it shows. */
export interface Probe {
  readonly connection: RTCPeerConnection;
  /** No longer grows once the status is there: what comes late is ignored. */
  readonly evidence: Evidence;
  /** Never rejects. */
  readonly status: Promise<ServerStatus>;
  /** Milliseconds since the gathering began. */
  readonly elapsed: () => number;
}

/** Calls back at the time limit or at the abort, whichever is first, and gives what calls that off. */
export const atLimit = ({ timeout, signal }: Limits, callBack: (status: 'timeout' | 'aborted') => void): (() => void) => {
  const abort = (): void => callBack('aborted');
  const timer = setTimeout(() => callBack('timeout'), timeout);
  signal?.addEventListener('abort', abort);
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  };
};

/**
 * Opens a connection for the target and gathers until the first proof. Waiting for `complete` would take 11 to 40 s
 * wherever one of the host's addresses is dead. Whoever calls closes the connection.
 *
 * @param begin makes the connection's local description
 * @throws what the constructor throws
 */
export const probe = (target: Target, limits: Limits, begin: (connection: RTCPeerConnection) => Promise<unknown>): Probe => {
  const { kind, server } = target;
  const connection = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: kind === 'stun' ? 'all' : 'relay' });
  const errors: ServerFault[] = [];
  const found = new Set<string>();
  const evidence = { errors, found, isComplete: false };
  let startedMs = performance.now();
  const elapsed = (): number => rounded(performance.now() - startedMs);

  const status = new Promise<ServerStatus>((resolve) => {
    const settle = (outcome: ServerStatus | undefined): void => {
      if (!outcome) return;
      callOff();
      connection.onicecandidate = connection.onicecandidateerror = connection.onicegatheringstatechange = null;
      resolve(outcome);
    };
    const look = (): void => settle(statusOf(target, evidence));
    const callOff = atLimit(limits, settle);
    connection.onicegatheringstatechange = () => {
      const { iceGatheringState } = connection;
      // Making the connection's keys comes before and takes its time.
      if (iceGatheringState === 'gathering') startedMs = performance.now();
      evidence.isComplete = iceGatheringState === 'complete';
      look();
    };
    connection.onicecandidate = ({ candidate }) => {
      // Firefox sends an empty candidate before `null`, and has had `type` only since 126: hence the line.
      const type = / typ (\w+)/.exec(candidate?.candidate ?? '')?.[1];
      if (type) found.add(type);
      look();
    };
    connection.onicecandidateerror = ({ errorCode }) => {
      errors.push({ code: errorCode, elapsed: elapsed() });
      look();
    };
    begin(connection).catch(() => settle('error'));
  });
  return { connection, evidence, status, elapsed };
};
