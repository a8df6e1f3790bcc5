import { describeQuality, type Measured } from './grade.js';
import { listOf } from './list-of.js';
import { measureFromEchoes, transportsByPreference } from './relay-ranking.js';
import { echoPlan } from './relay-traffic.js';
import type { CallQuality, ConnectivityReport, ServerResult, ServerStatus, ServerTransport, Verdict } from './types.js';

export type VerdictWithSummary = Pick<ConnectivityReport, 'verdict' | 'summary'>;

/** The test was stopped or could not run, so it is unknown whether the URL works. */
const openStatuses: ReadonlySet<ServerStatus> = new Set(['aborted', 'error']);

/** The statuses that a firewall causes. If a policy forbids UDP, the browser gathers nothing over UDP. */
const blockedUdpStatuses: ReadonlySet<ServerStatus> = new Set(['timeout', 'unreachable', 'no-candidate']);
const blockedTlsStatuses: ReadonlySet<ServerStatus> = new Set(['timeout', 'unreachable']);

const callsFail = 'many calls will not connect.';

/** The verdict if `RTCPeerConnection` itself does not work, for example because a content blocker has replaced it. */
export const blockedVerdict: VerdictWithSummary = {
  verdict: 'mixed',
  summary: 'Nothing was tested: something in this browser blocks WebRTC, such as an extension or a policy. Turn that off.',
};

/**
 * Returns what all results mean together. The rules are tried in order, and the first match decides.
 *
 * @param quality the quality of a call, if it was to be measured; without it, the data tests show how much was lost
 */
export function getVerdict(results: readonly ServerResult[], quality?: CallQuality | 'unmeasured'): VerdictWithSummary {
  const turn = results.filter(isTurn);
  const working = transportsByPreference.filter((transport) => over(turn, transport).some(isOk));
  if (working.length > 0) return verdictWithRelay(results, working, qualitySentence(results, quality));
  if (results.every(isOpen)) return { verdict: 'mixed', summary: 'Nothing was tested. Run the test again.' };
  return verdictWithoutRelay(results, turn);
}

/**
 * @param working the transports over which at least one TURN URL works
 * @param quality a sentence about the quality, if anything is wrong with it
 */
function verdictWithRelay(
  results: readonly ServerResult[],
  working: readonly ServerTransport[],
  quality: string | undefined,
): VerdictWithSummary {
  const work = `${listOf(working.map((name) => name.toUpperCase()))} work${working.length === 1 ? 's' : ''}`;
  const verdict = verdictOfTransports(results, working);
  if (verdict === 'ok') return { verdict, summary: quality ? `${work}. ${quality}` : `All is well: ${work}.` };
  const partialOrNot = results.some(isOpen) ? 'Not everything was tested' : 'Some servers fail';
  const problem = verdict === 'mixed' ? partialOrNot : problems[verdict];
  return { verdict, summary: `${problem}, but ${work}: calls will go that way.${quality ? ` ${quality}` : ''}` };
}

const problems = { 'udp-blocked': 'UDP is blocked here', 'tls-blocked': 'TLS fails here' };

function verdictOfTransports(
  results: readonly ServerResult[],
  working: readonly ServerTransport[],
): 'ok' | 'udp-blocked' | 'tls-blocked' | 'mixed' {
  const udp = over(results, 'udp');
  if (areBlocked(udp, blockedUdpStatuses)) return 'udp-blocked';
  const isPartial = results.some(isOpen);
  if (!isPartial && working.includes('tcp') && areBlocked(over(results, 'tls'), blockedTlsStatuses)) return 'tls-blocked';
  const worksOverAll = results.filter(isTurn).every(({ transport }) => working.includes(transport));
  // A STUN URL that fails matters only if there is no TURN URL over UDP, because a TURN server answers STUN requests as well.
  return worksOverAll && (udp.length === 0 || udp.some(isOk)) ? 'ok' : 'mixed';
}

function qualitySentence(results: readonly ServerResult[], quality: CallQuality | 'unmeasured' | undefined): string | undefined {
  const echoes = measureFromEchoes(results);
  const measured = typeof quality === 'object' ? withEchoLoss(quality, echoes) : echoes;
  const sentence = measured && describeQuality(measured);
  return sentence ?? (quality === 'unmeasured' ? 'Call quality could not be measured.' : undefined);
}

/** Adds a loss that only the data tests had. Among all packets it is small, but the summary must mention it. */
function withEchoLoss(quality: CallQuality, echoes: Measured | undefined): Measured {
  if (quality.loss > 0 || !echoes) return quality;
  return { ...quality, loss: (echoes.loss * echoPlan.packetCount) / (echoPlan.packetCount + quality.packets) };
}

function verdictWithoutRelay(results: readonly ServerResult[], turn: readonly ServerResult[]): VerdictWithSummary {
  const isPartial = results.some(isOpen);
  const hasStun = results.some(isOk);
  const verdict: Verdict = hasStun && !isPartial ? 'stun-only' : 'mixed';
  // A wrong credential takes precedence over anything else, because it is the easiest to correct.
  if (turn.some(isRejected)) {
    const summary = `The TURN servers reject the username or password: ${callsFail}`;
    return { verdict: turn.every(isRejected) ? 'credentials-rejected' : verdict, summary };
  }
  if (!results.every(isUnheard)) {
    return { verdict, summary: `${hasStun ? 'Only STUN' : 'No TURN server'} works${isPartial ? ' so far.' : `: ${callsFail}`}` };
  }
  if (results.every(isInvalid)) {
    return { verdict: 'offline', summary: 'The browser rejects every address, username or password: correct them.' };
  }
  return { verdict: 'offline', summary: 'No server can be reached: this device is offline, or the network blocks the servers.' };
}

/** Returns whether no server answered, and for at least one of them that is not only because of a wrong name. */
function areBlocked(results: readonly ServerResult[], statuses: ReadonlySet<ServerStatus>): boolean {
  return results.every(isUnheard) && results.some(({ status }) => statuses.has(status));
}

function over(results: readonly ServerResult[], transport: ServerTransport): ServerResult[] {
  return results.filter((result) => result.transport === transport);
}

function isOk({ status }: ServerResult): boolean {
  return status === 'ok';
}

function isRejected({ status }: ServerResult): boolean {
  return status === 'unauthorized';
}

function isInvalid({ status }: ServerResult): boolean {
  return status === 'invalid';
}

function isOpen({ status }: ServerResult): boolean {
  return openStatuses.has(status);
}

function isUnheard(result: ServerResult): boolean {
  return result.stage === 'none' && !isOpen(result);
}

function isTurn({ kind }: ServerResult): boolean {
  return kind !== 'stun';
}
