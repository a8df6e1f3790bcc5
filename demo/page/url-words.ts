import type { ServerResult, ServerStage, ServerStatus, Verdict } from 'ice-servers-loader/connectivity';
import type { ServerUrl } from '../server-list.js';

/** What a URL is for, to somebody who has never heard of STUN. */
export function purposeOf({ kind, transport }: ServerUrl): { readonly title: string; readonly purpose: string } {
  if (kind === 'stun') return { title: 'Address lookup', purpose: 'Finds this device’s public address, for direct calls.' };
  return {
    udp: { title: 'Relay over UDP', purpose: 'The quickest way for sound and picture.' },
    tcp: { title: 'Relay over TCP', purpose: 'The way round a network that blocks UDP.' },
    tls: { title: 'Relay over TLS', purpose: 'Looks like a secure web page, which most networks let through.' },
  }[transport];
}

export const protocolOf = ({ kind, transport }: ServerUrl): string => `${kind === 'stun' ? 'STUN' : 'TURN'}, ${transport.toUpperCase()}`;

export const statusWords: Readonly<Record<ServerStatus, string>> = {
  ok: 'Works',
  unauthorized: 'Password refused',
  quota: 'Too many calls',
  capacity: 'Server full',
  refused: 'No relaying',
  dns: 'Not found',
  unreachable: 'Closed',
  timeout: 'No answer',
  'no-candidate': 'Not tried',
  invalid: 'Bad address',
  aborted: 'Stopped',
  error: 'Not tested',
};

/** What to do about one that does not work; nothing where the whole works all the same. */
export const adviceOf = ({ advice }: ServerResult, verdict: Verdict | undefined): string =>
  verdict === 'ok' ? 'This one does not work from here. Others do the same, so there is nothing to do.' : advice;

export type StepState = 'yes' | 'no' | 'open';

export interface Step {
  /** As it turned out: a step that failed is "Not reachable". */
  readonly label: string;
  readonly state: StepState;
}

const stepNames: readonly (readonly [passed: string, failed: string])[] = [
  ['Reachable', 'Not reachable'],
  ['Accepted', 'Not accepted'],
  ['Relays data', 'Relays nothing'],
];

/** These say nothing of the server. */
const untried: ReadonlySet<ServerStatus> = new Set(['aborted', 'error', 'no-candidate', 'invalid']);

const order: readonly ServerStage[] = ['none', 'reached', 'allocated', 'relayed'];

/** How far it got. An address lookup has one step, a relay has three. */
export function stepsOf({ kind }: ServerUrl, result: ServerResult | undefined): Step[] {
  const reached = result ? (kind === 'stun' && result.status === 'ok' ? 1 : order.indexOf(result.stage)) : 0;
  const isFinal = result && !untried.has(result.status);
  return stepNames.slice(0, kind === 'stun' ? 1 : undefined).map(([passed, failed], index) => {
    const state = index < reached ? 'yes' : index === reached && isFinal ? 'no' : 'open';
    return { label: state === 'no' ? failed : passed, state };
  });
}

/** What a screen reader says after a step's label, which has the "not" in it already. */
export const stepWords: Readonly<Record<StepState, string>> = { yes: ': yes', no: '', open: ': not known' };

/** "North America", "US West", "UK". */
export const regionName = (region: string): string =>
  region
    .split('_')
    .map((word) => (/^(us|usa|uk|eu)$/.test(word) ? word.toUpperCase() : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join(' ');

/** Two or three digits are enough to compare. */
export function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
