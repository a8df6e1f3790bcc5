import type { ConnectivityReport, ServerResult, Verdict } from 'ice-servers-loader/connectivity';
import { serverUrls } from '../server-list.js';
import type { State } from './state.js';
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

const nothing = 'Nothing. This network lets calls through.';

const meanings: Readonly<Record<Verdict, readonly [tone: Tone, meaning: string]>> = {
  ok: ['good', 'Calls should connect from here. If one still fails, the cause is elsewhere: send this report to your support team.'],
  'udp-blocked': [
    'warn',
    'Calls connect, by a detour: sound and picture go over a slower kind of connection and may stutter when the network is busy.',
  ],
  'tls-blocked': ['warn', 'Calls connect from here. The way that stricter networks need is closed, so keep this network as it is.'],
  'credentials-rejected': [
    'bad',
    'The network is fine, the access data is not: it is wrong or has expired. Calls that need a relay will fail.',
  ],
  'stun-only': ['bad', 'Direct calls may work, for instance between two devices in one house. Most calls between two networks will fail.'],
  offline: ['bad', 'Calls cannot connect from here. If web pages open on this device, the network lets them through and blocks calls.'],
  mixed: ['warn', 'Some ways are closed. Calls may take longer to connect, or fail in some networks.'],
};

const isSilent = ({ status }: ServerResult): boolean => ['dns', 'unreachable', 'timeout', 'no-candidate'].includes(status);

const listed = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** "UDP to turn.example on ports 80 and 443", for each transport and host that did not answer. */
function closedWays(results: readonly ServerResult[]): string[] {
  const ways = new Map<string, Set<string>>();
  for (const { url, transport } of results.filter(isSilent)) {
    const [server] = serverUrls([{ urls: url }]);
    const way = `${transport === 'udp' ? 'UDP' : 'TCP'} to ${server!.host}`;
    ways.set(way, (ways.get(way) ?? new Set()).add(server!.port));
  }
  return [...ways].map(([way, ports]) => `${way} on port${ports.size > 1 ? 's' : ''} ${listed([...ports].sort())}`);
}

function askFor({ verdict, results }: ConnectivityReport): string {
  const relays = results.filter(({ kind }) => kind !== 'stun');
  if (verdict === 'credentials-rejected' || relays.some(({ status }) => status === 'unauthorized'))
    return 'Nothing. Ask whoever gave you this page for a new key, or press Refresh to load new access data.';
  if (results.some(({ status }) => status === 'dns'))
    return 'To look up the servers’ names: the name service of this network does not know them. Check the spelling of the app name first.';
  const ways = closedWays(results);
  if (!ways.length) return verdict === 'ok' ? nothing : 'Nothing. Send this report to your support team.';
  return `Please allow outgoing ${ways.join('; ')}.`;
}

function fromReport(report: ConnectivityReport, wasStopped: boolean): VerdictWords {
  const relays = report.results.filter(({ kind }) => kind !== 'stun');
  const works = relays.some(({ status }) => status === 'ok');
  const isRejected = !works && relays.some(({ status }) => status === 'unauthorized');
  const [tone, meaning] = meanings[isRejected ? 'credentials-rejected' : report.verdict];
  const best = Math.min(...report.results.flatMap(({ relay }) => (relay ? [relay.rtt.median] : [])));
  const far =
    best < Infinity && best > farMs ? ` Data takes ${milliseconds(best)} to the server and back: people may cut across each other.` : '';
  const decided = report.results.filter(({ status }) => status !== 'aborted').length;
  // Half a test proves nothing but what it found to work.
  if (wasStopped)
    return {
      tone: 'neutral',
      headline: decided ? `Stopped after ${decided} of ${report.results.length}` : 'Stopped before anything was decided',
      meaning: works ? 'At least one relay works, so calls can connect.' : 'Nothing is known yet. Start the test again when you like.',
      ask: 'Nothing yet.',
    };
  return {
    tone: works ? tone : 'bad',
    headline: report.summary,
    meaning: meaning + far,
    ask: askFor(report),
  };
}

/** The sentence on top, and what follows from it, at any moment. */
export function verdictWords({ phase, report, problem, hasWebRtc, wasStopped, servers }: State): VerdictWords {
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
      ask: 'Nothing. If your browser is one of these, an administrator or an extension may have turned WebRTC off.',
    };
  if (report) return fromReport(report, wasStopped);
  if (wasStopped)
    return { tone, headline: 'Stopped', meaning: 'Nothing was tested. Start the test again when you like.', ask: 'Nothing yet.' };
  return {
    tone,
    headline: 'Can calls connect from here?',
    meaning: 'The test says so within a few seconds. It sends a little data to each server and back, and uses no camera or microphone.',
    ask: 'If something is blocked, the exact request to the owner of this network stands here.',
  };
}
