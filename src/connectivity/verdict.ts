import type { ServerResult, ServerTransport, Verdict } from './types.js';

const transports = ['udp', 'tcp', 'tls'] as const;

const isOk = ({ status }: ServerResult): boolean => status === 'ok';
const isTurn = ({ kind }: ServerResult): boolean => kind !== 'stun';

/** No sign of a server: what a firewall leaves. */
const isSilent = ({ status }: ServerResult): boolean => /^(dns|unreachable|timeout|no-candidate)$/.test(status);

const isDecided = ({ status }: ServerResult): boolean => status !== 'aborted';

const over = (results: readonly ServerResult[], transport: ServerTransport): ServerResult[] =>
  results.filter((result) => result.transport === transport);

/** The transports over which a TURN server works. */
const working = (results: readonly ServerResult[]): ServerTransport[] =>
  transports.filter((transport) => over(results, transport).some((result) => isTurn(result) && isOk(result)));

/** Whether it is offered and nothing at all is heard there. */
const isBlocked = (results: readonly ServerResult[], transport: ServerTransport): boolean => {
  const some = over(results, transport);
  return some.length > 0 && some.every(isSilent);
};

/** The rules in their order: the first that fits is the verdict. What was aborted has no say. */
export const verdictOf = (all: readonly ServerResult[]): Verdict => {
  const results = all.filter(isDecided);
  const turns = results.filter(isTurn);
  const works = working(results);
  if (turns.length && turns.every(({ status }) => status === 'unauthorized')) return 'credentials-rejected';
  if (!works.length) {
    if (results.some(isOk)) return 'stun-only';
    return results.length && results.every(isSilent) ? 'offline' : 'mixed';
  }
  if (isBlocked(results, 'udp')) return 'udp-blocked';
  if (isBlocked(results, 'tls') && works.includes('tcp')) return 'tls-blocked';
  const isMissing = transports.some((transport) => {
    const some = over(results, transport);
    const relays = some.filter(isTurn);
    // A STUN URL has no say where TURN over UDP is on offer: a TURN server does the same.
    return some.length > 0 && !(relays.length ? relays : some).some(isOk);
  });
  return isMissing ? 'mixed' : 'ok';
};

const names = (list: readonly ServerTransport[], conjunction: string): string =>
  list
    .map((name) => name.toUpperCase())
    .join(', ')
    .replace(/, (\w+)$/, ` ${conjunction} $1`);

/** The verdict as one sentence. */
export const summaryOf = (verdict: Verdict, results: readonly ServerResult[]): string => {
  const works = working(results);
  const work = `${names(works, 'and')} ${works.length > 1 ? 'work' : 'works'}`;
  // ICE prefers UDP; between TCP and TLS browsers differ.
  const relays = `calls will relay over ${works[0] === 'udp' ? 'UDP' : names(works, 'or')}`;
  switch (verdict) {
    case 'ok':
      return `All is well: ${work}.`;
    case 'udp-blocked':
      return `UDP is blocked here; ${work}: ${relays}.`;
    case 'tls-blocked':
      return `TLS is blocked here; ${work}: ${relays}.`;
    case 'credentials-rejected':
      return 'The TURN servers reject the username or password: calls will not relay.';
    case 'stun-only':
      return 'STUN works, but no TURN server does: many calls will not connect.';
    case 'offline':
      return 'No server can be reached: this device is offline, or a firewall blocks them all.';
    default:
      if (!results.some(isDecided)) return results.length ? 'The test was stopped too early to tell.' : 'There are no servers to test.';
      return works.length ? `Some servers fail; ${work}: ${relays}.` : 'No TURN server works: many calls will not connect.';
  }
};
