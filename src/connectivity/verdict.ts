import type { ConnectivityReport, ServerResult, ServerStatus, ServerTransport, Verdict } from './types.js';

export type VerdictWithSummary = Pick<ConnectivityReport, 'verdict' | 'summary'>;

const transports: readonly ServerTransport[] = ['udp', 'tcp', 'tls'];

/** The test was stopped or could not run: the URL may work, or not. */
const openStatuses: ReadonlySet<ServerStatus> = new Set(['aborted', 'error']);

/** What a firewall leaves. If a policy forbids UDP, the browser gathers nothing over UDP. */
const blockedUdpStatuses: ReadonlySet<ServerStatus> = new Set(['timeout', 'unreachable', 'no-candidate']);
const blockedTlsStatuses: ReadonlySet<ServerStatus> = new Set(['timeout', 'unreachable']);

const callsFail = 'many calls will not connect.';

/** Returns what all results say together. The rules are tried in their order, and the first that fits decides. */
export function getVerdict(results: readonly ServerResult[]): VerdictWithSummary {
  const turn = results.filter(isTurn);
  const working = transports.filter((transport) => over(turn, transport).some(isOk));
  if (working.length > 0) return verdictWithRelay(results, working);
  if (results.every(isOpen)) return { verdict: 'mixed', summary: 'Nothing was tested.' };
  return verdictWithoutRelay(results, turn);
}

/** @param working the transports over which some TURN URL works */
function verdictWithRelay(results: readonly ServerResult[], working: readonly ServerTransport[]): VerdictWithSummary {
  const work = `${listOf(working)} work${working.length === 1 ? 's' : ''}`;
  const callsUseThem = `${work}: calls will go that way.`;
  const isPartial = results.some(isOpen);
  const udp = over(results, 'udp');
  if (areBlocked(udp, blockedUdpStatuses)) return { verdict: 'udp-blocked', summary: `UDP is blocked here; ${callsUseThem}` };
  if (!isPartial && working.includes('tcp') && areBlocked(over(results, 'tls'), blockedTlsStatuses)) {
    return { verdict: 'tls-blocked', summary: `TLS fails here; ${callsUseThem}` };
  }
  const worksOverAll = results.filter(isTurn).every(({ transport }) => working.includes(transport));
  // A dead STUN URL matters only if no TURN URL is offered over UDP: a TURN server answers STUN as well.
  if (worksOverAll && (udp.length === 0 || udp.some(isOk))) return { verdict: 'ok', summary: `All is well: ${work}.` };
  return { verdict: 'mixed', summary: `${isPartial ? 'Not all was tested' : 'Some servers fail'}; ${callsUseThem}` };
}

function verdictWithoutRelay(results: readonly ServerResult[], turn: readonly ServerResult[]): VerdictWithSummary {
  const isPartial = results.some(isOpen);
  const hasStun = results.some(isOk);
  const verdict: Verdict = hasStun && !isPartial ? 'stun-only' : 'mixed';
  // Whatever else is wrong, a wrong credential comes first: it is the easiest to correct.
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
  return { verdict: 'offline', summary: 'No server can be reached: this device is offline, or blocked.' };
}

/** Tells whether nothing was heard, and not because of a wrong name alone. */
function areBlocked(results: readonly ServerResult[], statuses: ReadonlySet<ServerStatus>): boolean {
  return results.every(isUnheard) && results.some(({ status }) => statuses.has(status));
}

/** Returns "UDP, TCP and TLS". */
function listOf(names: readonly ServerTransport[]): string {
  const all = names.map((name) => name.toUpperCase());
  const last = all.pop()!;
  return all.length > 0 ? `${all.join(', ')} and ${last}` : last;
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
