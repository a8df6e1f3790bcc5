import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RegionResult } from '../../src/connectivity.js';
import { codeSamples } from '../../src/element/code-samples.js';
import { initialDeveloperState, nextDeveloperState, type DeveloperEvent } from '../../src/element/developer-state.js';
import { changesSince, keepRun, readEarlierRuns, runBefore, runOf } from '../../src/element/earlier-runs.js';
import { maskedConfiguration } from '../../src/element/masked-configuration.js';
import { regionName, regionWords, scaleEnd } from '../../src/element/region-words.js';
import { buildReport } from '../../src/element/report.js';
import type { ServerStatus } from '../../src/connectivity.js';
import { tcp, tls, udp } from '../support/urls.js';
import { environment, findingsOf, t } from './support.js';

const reportOf = (statuses: Record<string, ServerStatus>) =>
  buildReport(findingsOf(statuses), { startedAt: new Date(0), environment, app: 'demo', region: '', simulated: '', regions: [] }, t);

const region = (name: string, more: Partial<RegionResult> = {}): RegionResult => ({
  region: name,
  rtt: 28,
  samples: [30, 28],
  status: 'ok',
  ...more,
});

describe('the configuration that is shown', () => {
  it('has no username and no credential', () => {
    const text = maskedConfiguration([{ urls: 'stun:a' }, { urls: [udp], username: 'user-5d1f', credential: 'secret-8c02' }]);
    expect(JSON.parse(text)).toEqual({ iceServers: [{ urls: 'stun:a' }, { urls: [udp], username: '••••••', credential: '••••••' }] });
  });

  it('is empty if nothing was loaded', () => {
    expect(maskedConfiguration([])).toBe('');
  });
});

describe('the code', () => {
  it('has the app and the region at hand, and a place for the key', () => {
    const [module, , script, element] = codeSamples({ appName: 'demo', endpoint: undefined, region: 'asia' });
    expect(module!.code).toContain("{ appName: 'demo', apiKey: 'YOUR_API_KEY', region: 'asia' }");
    expect(script!.code).toContain('data-app-name="demo" data-api-key="YOUR_API_KEY" data-region="asia"');
    expect(element!.code).toContain('<ice-connectivity app-name="demo" api-key="YOUR_API_KEY" region="asia">');
  });

  it('has the address instead of the app', () => {
    expect(codeSamples({ appName: undefined, endpoint: '/ice', region: '' })[0]!.code).toContain("{ endpoint: '/ice', apiKey");
  });
});

describe('earlier runs', () => {
  const stored = new Map<string, string>();
  beforeEach(() => {
    vi.stubGlobal('localStorage', {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, value: string) => void stored.set(name, value),
    });
  });
  afterEach(() => stored.clear());

  it('are five at most, the newest first', () => {
    for (let run = 0; run < 7; run += 1) keepRun({ ...reportOf({ [udp]: 'ok' }), region: String(run) });
    expect(readEarlierRuns().map((run) => run.region)).toEqual(['6', '5', '4', '3', '2']);
  });

  it('tell which ways changed, and nothing of one that was not tested', () => {
    const before = runOf(reportOf({ [udp]: 'ok', [tcp]: 'ok', [tls]: 'aborted' }));
    const after = runOf(reportOf({ [udp]: 'timeout', [tcp]: 'ok', [tls]: 'ok' }));
    expect(changesSince(before, after)).toEqual([{ way: 'udp', before: 'works', after: 'fails' }]);
  });

  it('are compared with the last one of the same region and trouble', () => {
    const [same, simulated, elsewhere, last] = [{}, { simulated: 'SIMULATED: UDP blocked' }, { region: 'asia' }, {}].map((change) =>
      runOf({ ...reportOf({ [udp]: 'ok' }), ...change }),
    );
    expect(runBefore(last!, [elsewhere!, simulated!, same!])).toBe(same);
    expect(runBefore(simulated!, [elsewhere!, same!])).toBeUndefined();
  });

  it.each(['no JSON', '{}', '[null, 1, {"time": 3}]'])('survive what else is stored: %s', (text) => {
    stored.set('ice-connectivity:runs', text);
    expect(readEarlierRuns()).toEqual([]);
  });

  const written = runOf(reportOf({ [udp]: 'ok' }));

  it.each<[what: string, change: Record<string, unknown>]>([
    ['another time', { time: 'x' }],
    ['no app', { app: undefined }],
    ['a summary that is no text', { summary: 1 }],
    ['a region that is no text', { region: {} }],
    ['another state of a route', { ways: { udp: 'new-state' } }],
    ['another route', { ways: { quic: 'works' } }],
    ['no routes', { ways: null }],
    ['a list of routes', { ways: ['works'] }],
    ['a delay that is no number', { delay: '28' }],
  ])('of another version, or damaged, are left out: %s', (_what, change) => {
    stored.set('ice-connectivity:runs', JSON.stringify([{ ...written, ...change }, written]));
    expect(readEarlierRuns()).toEqual([JSON.parse(JSON.stringify(written))]);
  });

  it('survive a storage that is forbidden', () => {
    vi.stubGlobal('localStorage', undefined);
    expect(keepRun(reportOf({ [udp]: 'ok' }))).toHaveLength(1);
  });
});

describe('the regions', () => {
  it.each([
    ['north_america', 'North America'],
    ['us_west', 'US West'],
    ['uk', 'UK'],
  ])('%s is %s', (name, words) => {
    expect(regionName(name)).toBe(words);
  });

  const relay = { rtt: { min: 1, median: 1, p95: 1 }, jitter: 0, loss: 0 };

  it.each<[what: string, result: RegionResult, words: string]>([
    ['the nearest', region('asia', { relay }), '28 ms, nearest'],
    [
      'the nearest that is tied is not named so',
      region('asia', { relay, tiedWith: ['europe', 'us_west'] }),
      '28 ms, tied with Europe, US West',
    ],
    ['many ties', region('asia', { tiedWith: ['europe', 'india', 'uk'] }), '28 ms, tied with 3 others'],
    ['one without UDP', region('asia', { transport: 'tcp' }), '28 ms TCP'],
    ['one that failed', region('asia', { rtt: undefined, status: 'timeout' }), 'No answer'],
    ['one whose servers could not be loaded', region('asia', { rtt: undefined, status: 'not-found' }), 'not loaded: not-found'],
  ])('%s', (_what, result, words) => {
    expect(regionWords(result, t)).toBe(words);
  });

  it.each([
    [0, 1],
    [12, 20],
    [20, 20],
    [51, 100],
    [400, 500],
  ])('with %i ms at most stand on a scale to %i ms', (largest, end) => {
    expect(scaleEnd(largest)).toBe(end);
  });

  it('have one result each, and their order in the end', () => {
    const events: DeveloperEvent[] = [
      { type: 'region-start' },
      { type: 'region-result', result: region('asia') },
      { type: 'region-result', result: region('asia', { rtt: 20 }) },
      { type: 'region-end', results: [region('europe'), region('asia')] },
    ];
    const counts = events.map(
      (_event, index) => events.slice(0, index + 1).reduce(nextDeveloperState, initialDeveloperState).regions.results.length,
    );
    expect(counts).toEqual([0, 1, 1, 2]);
  });
});

describe('the log', () => {
  it('has the newest load first, and keeps the configuration of one that failed later', () => {
    const entry = { at: 1, urlCount: 5, source: 'network', elapsed: 78 } as const;
    const events: DeveloperEvent[] = [
      { type: 'logged', entry, configuration: '{}' },
      { type: 'logged', entry: { at: 2, urlCount: 0, elapsed: 5, error: 'network' }, configuration: '' },
    ];
    const { log, configuration } = events.reduce(nextDeveloperState, initialDeveloperState);
    expect([log.map(({ at }) => at), configuration]).toEqual([[2, 1], '{}']);
  });
});
