import type { ServerResult, ServerTransport, Verdict } from './types.js';

const transports = ['udp', 'tcp', 'tls'] as const;

const isOk = ({ status }: ServerResult): boolean => status === 'ok';
const isRejected = ({ status }: ServerResult): boolean => status === 'unauthorized';
const isTurn = ({ kind }: ServerResult): boolean => kind !== 'stun';

/** No sign of a server: what a firewall leaves. */
const isSilent = ({ status }: ServerResult): boolean => /^(dns|unr|time|no-)/.test(status);

/** What was aborted has no say. */
const decided = (results: readonly ServerResult[]): ServerResult[] => results.filter(({ status }) => status !== 'aborted');

const over = (results: readonly ServerResult[], transport: ServerTransport): ServerResult[] =>
  results.filter((result) => result.transport === transport);

/** The transports over which a TURN server works. */
const working = (results: readonly ServerResult[]): ServerTransport[] =>
  transports.filter((transport) => over(results, transport).some((result) => isTurn(result) && isOk(result)));

/** Whether there are some and nothing is heard from any. */
const areSilent = (some: readonly ServerResult[]): boolean => some.length > 0 && some.every(isSilent);

/** The rules in their order: the first that fits is the verdict. */
export const verdictOf = (all: readonly ServerResult[]): Verdict => {
  const results = decided(all);
  const works = working(results);
  if (!works.length) {
    const turn = results.filter(isTurn);
    if (turn.length && turn.every(isRejected)) return 'credentials-rejected';
    return results.some(isOk) ? 'stun-only' : areSilent(results) ? 'offline' : 'mixed';
  }
  if (areSilent(over(results, 'udp'))) return 'udp-blocked';
  if (areSilent(over(results, 'tls')) && works.includes('tcp')) return 'tls-blocked';
  // A STUN URL has no say where TURN over UDP is on offer: a TURN server does the same.
  const offered = results.filter((result) => isTurn(result) || !results.some((other) => isTurn(other) && other.transport === 'udp'));
  return offered.every(({ transport }) => over(offered, transport).some(isOk)) ? 'ok' : 'mixed';
};

/** The verdict as one sentence. */
export const summaryOf = (verdict: Verdict, results: readonly ServerResult[]): string => {
  const works = working(results);
  const names = works
    .join(', ')
    .toUpperCase()
    .replace(/,(?=\D{4}$)/, ' and');
  const work = `${names} work${works.length > 1 ? '' : 's'}`;
  const relays = `${work}: calls will relay that way.`;
  const fails = 'many calls will not connect.';
  // Whatever else is wrong, this comes first, and is the easiest to mend.
  if (!works.length && results.some(isRejected)) return `The TURN servers reject the username or password: ${fails}`;
  switch (verdict) {
    case 'ok':
      return `All is well: ${work}.`;
    case 'udp-blocked':
    case 'tls-blocked':
      return `${verdict.slice(0, 3).toUpperCase()} is blocked here; ${relays}`;
    case 'stun-only':
      return `Only STUN works: ${fails}`;
    case 'offline':
      return 'No server can be reached: this device is offline, or blocked.';
    default:
      if (works.length) return `Some servers fail; ${relays}`;
      return decided(results).length ? `No TURN server works: ${fails}` : 'Nothing was tested.';
  }
};
