import type { CallQuality, ServerResult, ServerStatus, Verdict } from '../../src/connectivity.js';
import { readTarget } from '../../src/connectivity/targets.js';
import { getVerdict } from '../../src/connectivity/verdict.js';
import { defaultStrings, translator } from '../../src/element/strings.js';
import type { IceReport } from '../../src/element/types.js';

export const t = translator(defaultStrings);

export const unheard: ReadonlySet<ServerStatus> = new Set(['dns', 'unreachable', 'timeout', 'no-candidate', 'invalid', 'aborted', 'error']);

/** The result of one URL, with the stage that goes with its status. */
export const resultOf = (url: string, status: ServerStatus, more: Partial<ServerResult> = {}): ServerResult => {
  const { kind, transport } = readTarget(url);
  const stage = unheard.has(status) ? 'none' : 'reached';
  return { url, kind, transport, status, stage, elapsed: 12, errors: [], candidates: [], advice: '', ...more };
};

export const resultsOf = (statuses: Readonly<Record<string, ServerStatus>>): ServerResult[] =>
  Object.entries(statuses).map(([url, status]) => resultOf(url, status));

export const goodQuality: CallQuality = {
  url: 'turn:turn.example:80',
  rtt: { min: 20, median: 28, p95: 35 },
  jitter: 2,
  loss: 0,
  packets: 150,
  grade: 'good',
};

export const loaded: IceReport['load'] = { source: 'network', elapsed: 78 };

/** What a run found, with the verdict that goes with its results. */
export const findingsOf = (
  statuses: Readonly<Record<string, ServerStatus>>,
  change: Partial<Pick<IceReport, 'quality' | 'stopped' | 'webrtc' | 'load'>> & { verdict?: Verdict } = {},
): Pick<IceReport, 'webrtc' | 'stopped' | 'load' | 'verdict' | 'quality' | 'results'> => {
  const results = resultsOf(statuses);
  const { verdict } = getVerdict(results);
  const quality = results.some(({ kind, status }) => kind !== 'stun' && status === 'ok') ? goodQuality : undefined;
  return { webrtc: 'available', stopped: false, load: loaded, verdict, quality, results, ...change };
};

export const environment = {
  browser: 'Firefox 141',
  system: 'Windows 11',
  userAgent: 'Mozilla/5.0 …',
  connection: 'wifi',
  page: 'https://app.example/support',
  version: '0.1.0',
};
