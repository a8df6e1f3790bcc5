import type { ConnectivityReport, ServerStatus, Verdict } from 'ice-servers-loader/connectivity';
import { askFor } from './ask-words.js';
import { asksStandIn, type State } from './state.js';
import { milliseconds } from './url-words.js';

export type Tone = 'neutral' | 'good' | 'warn' | 'bad';

export interface VerdictWords {
  readonly tone: Tone;
  readonly headline: string;
  /** What it means for a call. */
  readonly meaning: string;
  /** What to do, or to ask the network's owner for. */
  readonly ask: string;
}

/** From here on a conversation suffers. Source: ITU-T G.114, 150 ms from mouth to ear. */
const farMs = 150;

const meanings: Readonly<Record<Verdict, readonly [tone: Tone, meaning: string]>> = {
  ok: ['good', 'Calls should connect from here. If one still fails, the cause is elsewhere: send this report to your support team.'],
  'udp-blocked': [
    'warn',
    'Calls connect, by a detour: sound and picture go over a slower kind of connection and may stutter when the network is busy.',
  ],
  'tls-blocked': ['warn', 'Calls connect from here. Only the way that stricter networks need is closed.'],
  'credentials-rejected': [
    'bad',
    'The network is fine. The password that came with the servers is wrong or has expired: calls that need a relay will fail.',
  ],
  'stun-only': ['bad', 'Direct calls may work, for instance between two devices in one house. Most calls between two networks will fail.'],
  offline: ['bad', 'Calls cannot connect from here, even where web pages open: something blocks them, or the servers are down.'],
  mixed: ['warn', 'Calls connect from here. Some ways are closed, so calls may take longer to connect, or fail in stricter networks.'],
};

/** Firefox, as it comes, takes no server on its own computer: that is no fault of the network. */
const demoUnreached: VerdictWords = {
  tone: 'warn',
  headline: 'This browser does not use the demo’s servers, which are on this computer.',
  meaning: 'This says nothing about your calls: their servers are elsewhere.',
  ask: 'In Firefox, set media.peerconnection.ice.loopback to true in about:config, then test again. Or open the demo in Chrome or Edge.',
};

/** The package's sentence and what it means, where this page does not know better: that it has just loaded the servers, for one. */
function sayOf({ verdict, results, summary }: ConnectivityReport, isOnline: boolean): Pick<VerdictWords, 'headline' | 'meaning'> {
  const relays = results.filter(({ kind }) => kind !== 'stun');
  const areAll = (status: ServerStatus): boolean => results.every((result) => result.status === status);
  const [, meaning] = meanings[verdict];
  if (verdict === 'offline' && areAll('dns'))
    return { headline: 'The names of the call servers cannot be found from here.', meaning: 'Calls cannot connect without them.' };
  if (verdict === 'offline' && areAll('invalid')) return { headline: summary, meaning: 'Calls cannot connect with these servers.' };
  if (verdict === 'offline' && isOnline) return { headline: 'This device is online, but no call server can be reached.', meaning };
  if (/stun-only|mixed/.test(verdict) && relays.every(({ status }) => status !== 'ok')) {
    if (relays.some(({ status }) => status === 'unauthorized')) return { headline: summary, meaning: meanings['credentials-rejected'][1] };
    if (verdict === 'stun-only') return { headline: 'Only the address lookup works: many calls will not connect.', meaning };
    return { headline: summary, meaning: 'No relay works, so most calls between two networks will fail.' };
  }
  return { headline: summary, meaning };
}

function fromReport(report: ConnectivityReport, state: State): VerdictWords {
  const { wasStopped, status, scenario } = state;
  const { verdict, results } = report;
  const works = results.some(({ kind, status: found }) => kind !== 'stun' && found === 'ok');
  const best = Math.min(...results.flatMap(({ relay }) => (relay ? [relay.rtt.median] : [])));
  const far =
    best < Infinity && best > farMs ? `Data takes ${milliseconds(best)} to the server and back: people may talk over each other.` : '';
  const decided = results.filter((result) => result.status !== 'aborted').length;
  // Half a test proves nothing but what it found to work.
  if (wasStopped)
    return {
      tone: 'neutral',
      headline: decided ? `Stopped after ${decided} of ${results.length}` : 'Stopped before anything was decided',
      meaning: works ? 'At least one relay works, so calls can connect.' : 'Nothing is known yet. Start the test again when you like.',
      ask: 'Nothing yet.',
    };
  if (verdict === 'offline' && asksStandIn(state) && !scenario) return demoUnreached;
  if (verdict === 'ok' && far)
    return {
      tone: 'warn',
      headline: 'Calls work from here, but slowly: expect a pause before each answer.',
      meaning: far,
      ask: 'Try a cable instead of Wi-Fi, another network, or a nearer region. If it stays slow, tell your support team.',
    };
  const { headline, meaning } = sayOf(report, status?.source === 'network');
  return {
    tone: works ? meanings[verdict][0] : 'bad',
    headline,
    meaning: far ? `${meaning} ${far}` : meaning,
    ask: askFor(report),
  };
}

/** The sentence on top, and what follows from it, at any moment. */
export function verdictWords(state: State): VerdictWords {
  const { phase, report, problem, hasWebRtc, wasStopped, servers } = state;
  const tone = 'neutral';
  if (phase === 'loading')
    return {
      tone,
      headline: 'Loading the servers…',
      meaning: 'Asking for the servers that your calls use, as the app does.',
      ask: 'This shows when the test is done.',
    };
  if (phase === 'testing')
    return {
      tone,
      headline: 'Testing each server…',
      meaning: 'A little data goes to each server and back. No camera and no microphone is used.',
      ask: 'This shows when the test is done.',
    };
  if (problem)
    return {
      tone: 'bad',
      headline: 'The servers could not be loaded',
      meaning: `${problem.reason} Without the servers most calls fail.`,
      ask: problem.cure,
    };
  if (!hasWebRtc)
    return {
      tone: servers.length ? 'warn' : tone,
      headline: 'This browser has no WebRTC, so it cannot make calls',
      meaning: 'The servers can be loaded and listed here, but not tested. Open this page in Chrome, Edge, Firefox or Safari.',
      ask: 'If your browser is one of these: an administrator or an extension may have turned WebRTC off.',
    };
  if (report) return fromReport(report, state);
  if (wasStopped)
    return { tone, headline: 'Stopped', meaning: 'Nothing was tested. Start the test again when you like.', ask: 'Nothing yet.' };
  return {
    tone,
    headline: 'Can calls connect from here?',
    meaning: 'The test says so within a few seconds. It sends a little data to each server and back, and uses no camera or microphone.',
    ask: 'If something is blocked, the exact request to the owner of this network stands here.',
  };
}
