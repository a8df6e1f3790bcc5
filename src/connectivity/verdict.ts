import type { ConnectivityReport, ServerResult, ServerTransport, Verdict } from './types.js';

const transports = ['udp', 'tcp', 'tls'] as const;

const isOk = ({ status }: ServerResult): boolean => status === 'ok';
const isRejected = ({ status }: ServerResult): boolean => status === 'unauthorized';
const isTurn = ({ kind }: ServerResult): boolean => kind !== 'stun';

const isUnheard = ({ stage }: ServerResult): boolean => stage === 'none';
const isInvalid = ({ status }: ServerResult): boolean => status === 'invalid';

/** What was aborted, or could not run, has no say. */
const decided = (results: readonly ServerResult[]): ServerResult[] => results.filter(({ status }) => !/^[ae]/.test(status));

const over = (results: readonly ServerResult[], transport: ServerTransport): ServerResult[] =>
  results.filter((result) => result.transport === transport);

/** Whether there are some, and no sign of a server: what a firewall leaves. */
const areSilent = (some: readonly ServerResult[]): boolean => some.every(isUnheard) && some.some((result) => !isInvalid(result));

/** The rules in their order: the first that fits is the verdict, with its sentence. */
export const judge = (all: readonly ServerResult[]): Pick<ConnectivityReport, 'verdict' | 'summary'> => {
  const results = decided(all);
  const turn = results.filter(isTurn);
  const udp = over(results, 'udp');
  const works = transports.filter((transport) => over(turn, transport).some(isOk));
  const is = (verdict: Verdict, summary: string) => ({ verdict, summary });
  if (works.length) {
    const names = works
      .join(', ')
      .toUpperCase()
      .replace(/,(?=\D{4}$)/, ' and');
    const work = `${names} work${works.length > 1 ? '' : 's'}`;
    const relays = `${work}: calls will relay that way.`;
    if (areSilent(udp)) return is('udp-blocked', `UDP is blocked here; ${relays}`);
    if (areSilent(over(results, 'tls')) && works.includes('tcp')) return is('tls-blocked', `TLS is blocked here; ${relays}`);
    // A STUN URL has a say only where no TURN over UDP is on offer: a TURN server does the same.
    return turn.every(({ transport }) => works.includes(transport)) && (!udp.length || udp.some(isOk))
      ? is('ok', `All is well: ${work}.`)
      : is('mixed', `Some servers fail; ${relays}`);
  }
  if (!results.length) return is('mixed', 'Nothing was tested.');
  const fails = 'many calls will not connect.';
  const stun = results.some(isOk) ? 'stun-only' : 'mixed';
  // Whatever else is wrong, this comes first, and is the easiest to mend.
  if (turn.some(isRejected))
    return is(turn.every(isRejected) ? 'credentials-rejected' : stun, `The TURN servers reject the username or password: ${fails}`);
  if (!results.every(isUnheard)) return is(stun, `${stun === 'mixed' ? 'No TURN server' : 'Only STUN'} works: ${fails}`);
  return is(
    'offline',
    results.every(isInvalid)
      ? 'The browser rejects every address, username or password: correct them.'
      : 'No server can be reached: this device is offline, or blocked.',
  );
};
