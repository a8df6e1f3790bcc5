import { describe, expect, it } from 'vitest';
import { appOf, mergeOptions, splitEndpoint } from '../../src/element/attributes.js';
import { readUserAgent, readUserAgentData } from '../../src/element/environment.js';
import { buildReport } from '../../src/element/report.js';
import { initialState, isRunning, nextState, secondsLeft, type StateEvent } from '../../src/element/state.js';
import type { IceServersOptions } from '../../src/index.js';
import { udp } from '../support/urls.js';
import { environment, findingsOf, resultOf, t } from './support.js';

const after = (...events: StateEvent[]) => events.reduce(nextState, initialState(true));

const report = buildReport(
  findingsOf({ [udp]: 'ok' }),
  { startedAt: new Date(), environment, app: 'demo', region: '', simulated: '', regions: [] },
  t,
);

const progress = (remaining: number, now = 0): StateEvent => ({
  type: 'progress',
  now,
  progress: { phase: 'servers', done: 0, total: 1, running: [udp], remaining },
});

describe('a run', () => {
  it('goes from loading to servers to done', () => {
    const events: StateEvent[] = [{ type: 'start' }, { type: 'loaded', urls: [udp] }, progress(1000), { type: 'finish', report }];
    const phases = events.map((_event, index) => after(...events.slice(0, index + 1)).phase);
    expect(phases).toEqual(['loading', 'servers', 'servers', 'done']);
  });

  it('shows nothing of the run before', () => {
    const state = after({ type: 'finish', report }, { type: 'start' });
    expect([state.report, state.results.size, state.urls, isRunning(state)]).toEqual([undefined, 0, [], true]);
  });

  it('has regions in its report that are compared after it, unless the report is from another device', () => {
    const results = [{ region: 'europe', samples: [21], rtt: 21, status: 'ok' as const }];
    const compared: StateEvent = { type: 'developer', event: { type: 'region-end', results } };
    expect(after({ type: 'finish', report }, compared).report).toEqual({ ...report, regions: results });
    expect(after({ type: 'show', report }, compared).report).toBe(report);
  });

  it('adds each result', () => {
    const state = after({ type: 'start' }, { type: 'result', result: resultOf(udp, 'ok') });
    expect(state.results.get(udp)?.status).toBe('ok');
  });

  it('promises "at most" a number of seconds, which never grows', () => {
    const start = after({ type: 'start' }, progress(5000));
    expect(secondsLeft(start)).toBe(5);
    const later = nextState(start, progress(9000, 1000));
    expect(secondsLeft(later)).toBe(4);
    expect(secondsLeft(nextState(later, { type: 'tick', now: 99_000 }))).toBe(1);
  });

  it('is idle again after a wrong option, and says so', () => {
    expect(after({ type: 'start' }, { type: 'wrong-option' })).toMatchObject({ phase: 'idle', isWrong: true });
  });
});

describe('the options of the attributes', () => {
  it('lose the key that stands in an address, and keep the rest of it', () => {
    expect(splitEndpoint('/ice?user=1&apiKey=abc#x')).toEqual({ address: '/ice?user=1', apiKey: 'abc' });
    expect(splitEndpoint('https://app.example/ice?apiKey=abc')).toEqual({ address: 'https://app.example/ice', apiKey: 'abc' });
  });

  it('leave an address without a key as it is', () => {
    expect(splitEndpoint('./ice?user=1#x')).toEqual({ address: './ice?user=1#x', apiKey: undefined });
  });

  it('come before those of the property', () => {
    const attributes = { appName: 'demo', endpoint: null, region: 'asia', apiKey: undefined };
    expect(mergeOptions(attributes, { region: 'europe', maxAge: 60 })).toEqual({ appName: 'demo', region: 'europe', maxAge: 60 });
  });

  it.each<IceServersOptions>([{ endpoint: '/turn' }, { appName: 'other', apiKey: 'abc' }, { getServers: () => [] }])(
    'have no source and no key if the property has a source, but still the region: %o',
    (options) => {
      const attributes = { appName: 'demo', endpoint: '/ice', region: 'asia', apiKey: 'xyz' };
      expect(mergeOptions(attributes, options)).toEqual({ ...options, region: 'asia' });
    },
  );

  it.each([{ maxAge: 60 }, { apiKey: 'abc' }, { endpoint: undefined }, null, undefined])(
    'have their source if the property has none: %o',
    (options) => {
      const attributes = { appName: 'demo', endpoint: null, region: null, apiKey: 'xyz' };
      expect(mergeOptions(attributes, options as IceServersOptions)).toEqual({ appName: 'demo', apiKey: 'xyz', ...options });
    },
  );

  it('name the app for a report', () => {
    expect([appOf({ appName: 'demo' }), appOf({ endpoint: new URL('https://app.example/ice') }), appOf({})]).toEqual([
      'demo',
      'https://app.example/ice',
      '',
    ]);
  });
});

describe('browser and system', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0', 'Firefox 141', 'Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
      'Safari 17.4',
      'iOS 17',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
      'Safari 18.1',
      'macOS',
    ],
    ['Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'Firefox 140', 'Android 14'],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
      'Edge 141',
      'Linux',
    ],
    ['something else', '', ''],
  ])('are read from %s', (userAgent, browser, system) => {
    expect(readUserAgent(userAgent)).toEqual({ browser, system });
  });

  const hints = (platform: string, platformVersion: string, ...brands: string[]) =>
    readUserAgentData({
      platform,
      brands: brands.map((brand) => ({ brand, version: '141' })),
      getHighEntropyValues: () => Promise.resolve({ platformVersion }),
    });

  it.each([
    ['15.0.0', 'Windows 11'],
    ['10.0.0', 'Windows 10'],
    ['0.1.0', 'Windows'],
    ['', 'Windows'],
  ])('the platform version %s is %s', async (version, system) => {
    expect(await hints('Windows', version, 'Not;A=Brand', 'Chromium', 'Google Chrome')).toEqual({ browser: 'Google Chrome 141', system });
  });

  it('survive client hints that are refused', async () => {
    const refused = {
      platform: 'Linux',
      brands: [{ brand: 'Chromium', version: '9' }],
      getHighEntropyValues: () => Promise.reject(new Error()),
    };
    expect(await readUserAgentData(refused)).toEqual({ browser: 'Chromium 9', system: 'Linux' });
  });
});
