import type { ServerResult, ServerStatus } from '../connectivity.js';
import { isSilent } from './blocked-ways.js';
import { isStringKey, type StringKey } from './strings.js';
import type { RunFindings } from './test-run.js';
import type { IceOutcome } from './types.js';

/** What is shown of a run. */
export interface Outcome {
  readonly outcome: IceOutcome;
  readonly answer: StringKey;
  readonly why: StringKey;
}

const bad = 'bad';

/** Returns the answer to "will calls work here?". The rules are tried in their order, and the first that fits decides. */
export function outcomeOf(findings: RunFindings, isOnline: boolean): Outcome {
  const { webrtc, stopped, load, results } = findings;
  if (webrtc === 'missing') return { outcome: 'unknown', answer: 'answer.no-webrtc', why: 'why.no-webrtc' };
  if (stopped) return stoppedOutcome(results);
  if (!load.source || (load.error && !results.some(isRelay)))
    return { outcome: 'unknown', answer: 'answer.not-loaded', why: loadReason(load.error, isOnline) };
  if (webrtc === 'blocked') return { outcome: 'unknown', answer: 'answer.webrtc-blocked', why: 'why.webrtc-blocked' };
  return results.some(isWorkingRelay) ? connectedOutcome(findings) : unconnectedOutcome(findings);
}

function stoppedOutcome(results: readonly ServerResult[]): Outcome {
  const why = results.some(isWorkingRelay) ? 'why.stopped-works' : 'why.stopped';
  return { outcome: 'unknown', answer: 'answer.stopped', why };
}

function loadReason(code: string | undefined, isOnline: boolean): StringKey {
  if (code === 'network' && !isOnline) return 'load.offline';
  const key = `load.${code}`;
  return isStringKey(key) ? key : 'load.other';
}

/** Some relay works: what is left is how well. */
function connectedOutcome({ results, quality, verdict }: RunFindings): Outcome {
  if (quality && quality.grade !== 'good') return { outcome: 'fair', answer: 'answer.fair', why: `why.quality-${quality.grade}` };
  if (!results.some((result) => isWorkingRelay(result) && result.transport === 'udp')) {
    return { outcome: 'fair', answer: 'answer.fair', why: isUdpBlocked(results) ? 'why.udp-blocked' : 'why.no-udp' };
  }
  if (!quality) return { outcome: 'fair', answer: 'answer.connects', why: 'why.unmeasured' };
  const good = { outcome: 'good', answer: 'answer.good' } as const;
  if (verdict === 'tls-blocked') return { ...good, why: 'why.tls-blocked' };
  return { ...good, why: verdict === 'ok' ? 'why.good' : 'why.mixed' };
}

/** Returns whether a UDP relay was tested and the network may be the reason why it did not respond. */
function isUdpBlocked(results: readonly ServerResult[]): boolean {
  return results.some((result) => isRelay(result) && result.transport === 'udp' && isSilent(result));
}

/** No relay works: what is left is why. */
function unconnectedOutcome({ results, verdict }: RunFindings): Outcome {
  if (hasStatus(results.filter(isRelay), 'unauthorized')) return { outcome: bad, answer: 'answer.bad', why: 'why.credentials' };
  if (verdict === 'stun-only') return { outcome: bad, answer: 'answer.many-fail', why: 'why.stun-only' };
  return { outcome: bad, answer: 'answer.bad', why: reasonOfSilence(results, verdict) };
}

function reasonOfSilence(results: readonly ServerResult[], verdict: RunFindings['verdict']): StringKey {
  if (areAll(results, 'dns')) return 'why.dns';
  if (areAll(results, 'invalid')) return 'why.invalid';
  return verdict === 'offline' ? 'why.offline' : 'why.no-relay';
}

export function isWorkingRelay(result: ServerResult): boolean {
  return isRelay(result) && result.status === 'ok';
}

function isRelay({ kind }: ServerResult): boolean {
  return kind !== 'stun';
}

function hasStatus(results: readonly ServerResult[], status: ServerStatus): boolean {
  return results.some((result) => result.status === status);
}

function areAll(results: readonly ServerResult[], status: ServerStatus): boolean {
  return results.length > 0 && results.every((result) => result.status === status);
}
