import { describe, expect, it, vi } from 'vitest';
import { buildReport, checkedReport } from '../../src/element/report.js';
import { reportText } from '../../src/element/report-text.js';
import { localIsoTime } from '../../src/element/format.js';
import type { IceReport } from '../../src/element/types.js';
import { stun, tcp, tls, udp } from '../support/urls.js';
import { environment, findingsOf, resultOf, t } from './support.js';

const apiKey = '0123456789abcdef0123456789abcdef0123';

const context = {
  startedAt: new Date('2025-03-01T13:03:05Z'),
  environment,
  app: 'demo',
  region: 'europe',
  simulated: '',
  regions: [],
};

const blocked = findingsOf({ [stun]: 'timeout', [udp]: 'timeout', [tcp]: 'ok', [tls]: 'ok' });

describe('a report', () => {
  it('names time, page, version, browser, system, connection, app and region', () => {
    expect(buildReport(blocked, context, t)).toMatchObject({
      format: 1,
      time: expect.stringMatching(/^2025-03-01T[\d:]{8}[+-]\d\d:\d\d$/) as string,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...environment,
      app: 'demo',
      region: 'europe',
      stopped: false,
      outcome: 'fair',
      verdict: 'udp-blocked',
      load: { source: 'network' },
    });
  });

  it('has what the owner of the network would have to allow', () => {
    expect(buildReport(blocked, context, t).blocked).toContainEqual({ protocol: 'UDP', host: 'turn.example', ports: [80] });
  });

  it('has no such request after a stop, which proves nothing', () => {
    expect(buildReport({ ...blocked, stopped: true }, context, t).blocked).toEqual([]);
  });

  it('says in its first line that it is simulated', () => {
    const report = buildReport(blocked, { ...context, simulated: 'UDP blocked' }, t);
    expect(report.simulated).toBe('SIMULATED: UDP blocked');
    expect(reportText(report, t)).toMatch(/^SIMULATED: UDP blocked\n/);
  });

  it('never has a key that came in the place of the app, or in an address', () => {
    const report = buildReport(blocked, { ...context, app: `https://app.example/ice?apiKey=${apiKey}`, region: apiKey }, t);
    expect(report.app).toBe('https://app.example/ice');
    expect(JSON.stringify(report) + reportText(report, t)).not.toContain(apiKey);
  });
});

describe('a report from elsewhere', () => {
  const own = buildReport(blocked, context, t);
  const checked = (report: unknown, show: () => void = () => undefined): IceReport => checkedReport(report as IceReport, t, show);
  const words = 'report must be a report from <ice-connectivity>, or undefined';

  it('is shown as it is', () => {
    expect(checked(own)).toEqual(own);
  });

  it('says what follows from its results, whatever it claims', () => {
    const forged = {
      ...own,
      outcome: 'bad',
      summary: 'Call this number.',
      blocked: [{ protocol: 'UDP', host: 'other.example', ports: [1] }],
    };
    expect(checked(forged)).toEqual(own);
  });

  it('of a device that was offline says so', () => {
    const load = { elapsed: 5, error: 'network' } as const;
    const offline = { ...context, environment: { ...environment, connection: 'offline' } };
    const report = buildReport(findingsOf({}, { load }), offline, t);
    expect(checked(report)).toEqual(report);
  });

  it.each([
    ['text', 'x'],
    ['an empty object', {}],
    ['another format', { ...own, format: 2 }],
    ['one without a time', { ...own, time: undefined }],
    ['one with a time that is only a year', { ...own, time: '2026' }],
    ['one without results', { ...own, results: undefined }],
    ['one with a result that is empty', { ...own, results: [null] }],
  ])('is refused if it is %s', (_name, report) => {
    expect(() => checked(report)).toThrow(new TypeError(words));
  });

  it('is refused if it cannot be shown, and the reason stays inside', () => {
    const show = (): void => {
      throw new Error(own.app);
    };
    expect(() => checked(own, show)).toThrow(new TypeError(words));
  });
});

describe('the text of a report', () => {
  const textOf = (found: typeof blocked): string => reportText(buildReport(found, context, t), t);

  it('says nothing of calls if no server was tested', () => {
    const text = textOf(findingsOf({}, { load: { elapsed: 5, error: 'network' } }));
    expect(text).toContain('not loaded: network');
    expect(text).not.toMatch(/Connects|Quality|Strict networks/);
  });

  it('has the names alone if they were not found, as the message to the owner of the network has', () => {
    const text = textOf(findingsOf({ [udp]: 'dns', [tls]: 'dns' }));
    expect(text).toContain('resolve these names:\n- turn.example\n\n');
  });

  it('has no verdict after a stop', () => {
    expect(textOf({ ...blocked, stopped: true })).not.toContain('Verdict');
  });

  const errors = [{ code: 701, elapsed: 900 }];
  const findings = { ...blocked, results: [resultOf(udp, 'timeout', { errors }), ...blocked.results.slice(2)] };

  it('has what the JSON has', () => {
    const report = buildReport(findings, context, t);
    const text = reportText(report, t);
    const values = [
      report.summary,
      report.time,
      report.timeZone,
      report.verdict!,
      ...Object.values(environment),
      'demo',
      'europe',
      'network',
    ];
    for (const value of values) expect(text).toContain(value);
    for (const { url } of report.results) expect(text).toContain(url);
    expect(text).toMatch(/turn:turn\.example:80: No answer \(no answer; 12 ms; codes 701 \([\d.]+ ms\)\)/);
  });

  it('names the code of a load that failed', () => {
    const load = { elapsed: 5, error: 'invalid-api-key', status: 401 } as const;
    const report = buildReport({ ...findingsOf({}), verdict: undefined, load }, context, t);
    expect(reportText(report, t)).toContain('Servers: not loaded: invalid-api-key, HTTP 401');
  });
});

describe('a time', () => {
  it.each([
    [-60, '2025-03-01T14:03:05+01:00'],
    [330, '2025-03-01T07:33:05-05:30'],
    [0, '2025-03-01T13:03:05+00:00'],
  ])('at an offset of %i minutes', (offset, expected) => {
    vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(offset);
    expect(localIsoTime(new Date('2025-03-01T13:03:05Z'))).toBe(expected);
  });
});
