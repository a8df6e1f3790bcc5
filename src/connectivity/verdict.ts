import type { ConnectivityReport, ServerResult, ServerTransport, Verdict } from './types.js';

const transports = ['udp', 'tcp', 'tls'] as const;

const isOk = ({ status }: ServerResult): boolean => status === 'ok';
const isRejected = ({ status }: ServerResult): boolean => status === 'unauthorized';
const isTurn = ({ kind }: ServerResult): boolean => kind !== 'stun';

/** Aborted, or could not run: it may yet work, or not. */
const isOpen = ({ status }: ServerResult): boolean => /^[ae]/.test(status);

const isUnheard = (result: ServerResult): boolean => result.stage === 'none' && !isOpen(result);
const isInvalid = ({ status }: ServerResult): boolean => status === 'invalid';

const over = (results: readonly ServerResult[], transport: ServerTransport): ServerResult[] =>
  results.filter((result) => result.transport === transport);

/** Whether that is what a firewall leaves: no sign of a server, and not because of a wrong name. */
const areBlocked = (some: readonly ServerResult[], evidence: RegExp): boolean =>
  some.every(isUnheard) && some.some(({ status }) => evidence.test(status));

/** The rules in their order: the first that fits is the verdict, with its sentence. */
export const judge = (results: readonly ServerResult[]): Pick<ConnectivityReport, 'verdict' | 'summary'> => {
  const turn = results.filter(isTurn);
  const udp = over(results, 'udp');
  const works = transports.filter((transport) => over(turn, transport).some(isOk));
  const is = (verdict: Verdict, summary: string) => ({ verdict, summary });
  const isPart = results.some(isOpen);
  if (works.length) {
    const names = works
      .join(', ')
      .toUpperCase()
      .replace(/,(?=\D{4}$)/, ' and');
    const work = `${names} work${works.length > 1 ? '' : 's'}`;
    const relays = `${work}: calls will relay that way.`;
    // Where a policy forbids UDP, the browser gathers nothing there.
    if (areBlocked(udp, /^(ti|unr|no)/)) return is('udp-blocked', `UDP is blocked here; ${relays}`);
    if (!isPart && areBlocked(over(results, 'tls'), /^(ti|unr)/) && works.includes('tcp'))
      return is('tls-blocked', `TLS fails here; ${relays}`);
    // A STUN URL has a say only where no TURN over UDP is on offer: a TURN server does the same.
    return turn.every(({ transport }) => works.includes(transport)) && (!udp.length || udp.some(isOk))
      ? is('ok', `All is well: ${work}.`)
      : is('mixed', `${isPart ? 'Not all was tested' : 'Some servers fail'}; ${relays}`);
  }
  if (results.every(isOpen)) return is('mixed', 'Nothing was tested.');
  const fails = 'many calls will not connect.';
  const stun = results.some(isOk);
  const verdict = stun && !isPart ? 'stun-only' : 'mixed';
  // Whatever else is wrong, this comes first, and is the easiest to mend.
  if (turn.some(isRejected))
    return is(turn.every(isRejected) ? 'credentials-rejected' : verdict, `The TURN servers reject the username or password: ${fails}`);
  if (!results.every(isUnheard)) return is(verdict, `${stun ? 'Only STUN' : 'No TURN server'} works${isPart ? ' so far.' : `: ${fails}`}`);
  return is(
    'offline',
    results.every(isInvalid)
      ? 'The browser rejects every address, username or password: correct them.'
      : 'No server can be reached: this device is offline, or blocked.',
  );
};
