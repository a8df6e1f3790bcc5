import type { CallQuality, ServerResult } from '../../src/connectivity.js';
import type { IceReport } from '../../src/element.js';

type Url = 'stun' | 'udp' | 'tcp' | 'tls';

const host = 'global.relay.example.com';
const urls: Readonly<Record<Url, string>> = {
  stun: `stun:${host}:80`,
  udp: `turn:${host}:80`,
  tcp: `turn:${host}:80?transport=tcp`,
  tls: `turns:${host}:443?transport=tcp`,
};

const good: CallQuality = { ...steady(28, 3), url: urls.udp, packets: 150, grade: 'good' };
const all: readonly Url[] = ['udp', 'tcp', 'tls', 'stun'];

/** A report for each kind of result, with numbers, time and version that do not change. */
export const reports: Readonly<Record<string, IceReport>> = {
  good: report('good', 'ok', all.map(works), { quality: good }),
  stutters: report('fair', 'ok', all.map(works), { quality: { ...good, ...steady(212, 41), loss: 0.04, grade: 'poor' } }),
  'udp-blocked': report('fair', 'udp-blocked', [fails('udp'), works('tcp'), works('tls'), fails('stun')], {
    quality: { ...good, url: urls.tcp },
    blocked: [{ protocol: 'UDP', host, ports: [80, 3478] }],
  }),
  'tls-blocked': report('good', 'tls-blocked', [works('udp'), works('tcp'), fails('tls', 'unreachable'), works('stun')], {
    quality: good,
  }),
  'wrong-password': report(
    'bad',
    'stun-only',
    all.map((url) => (url === 'stun' ? works(url) : fails(url, 'unauthorized'))),
  ),
  'names-unknown': report(
    'bad',
    'offline',
    all.map((url) => fails(url, 'dns')),
    { blocked: [{ protocol: 'UDP', host, ports: [80] }] },
  ),
  'dead-servers': report(
    'bad',
    'offline',
    all.map((url) => fails(url)),
    {
      blocked: [
        { protocol: 'UDP', host, ports: [80, 443, 3478, 5349] },
        { protocol: 'TCP', host, ports: [80, 443] },
      ],
    },
  ),
  'wrong-key': report('unknown', undefined, [], { load: { elapsed: 84, error: 'invalid-api-key', status: 401 } }),
  offline: report('unknown', undefined, [], { load: { elapsed: 12, error: 'network' } }),
  'webrtc-blocked': report(
    'unknown',
    'offline',
    all.map((url) => fails(url, 'error')),
    { webrtc: 'blocked' },
  ),
  stopped: report('unknown', undefined, [works('stun'), ...(['udp', 'tcp', 'tls'] as const).map((url) => fails(url, 'aborted'))], {
    stopped: true,
  }),
  simulated: report('good', 'ok', all.map(works), { quality: good, simulated: 'SIMULATED: Slow network' }),
};

function report(
  outcome: IceReport['outcome'],
  verdict: IceReport['verdict'],
  results: ServerResult[],
  more: Partial<IceReport> = {},
): IceReport {
  return {
    format: 1,
    time: '2026-03-02T09:41:00+00:00',
    timeZone: 'UTC',
    browser: 'Chrome 140',
    system: 'Windows 11',
    userAgent: 'Mozilla/5.0',
    connection: 'wifi',
    page: 'https://calls.example/test',
    version: '1.2.3',
    app: 'demo',
    stopped: false,
    webrtc: 'available',
    outcome,
    summary: 'What the test found.',
    verdict,
    results,
    load: { source: 'network', elapsed: 78 },
    blocked: [],
    regions: [],
    ...more,
  };
}

function works(name: Url): ServerResult {
  const isRelay = name !== 'stun';
  return { ...result(name, 'ok'), stage: isRelay ? 'relayed' : 'reached', ...(isRelay && { relay: steady(31, 2) }) };
}

function fails(name: Url, status: ServerResult['status'] = 'timeout'): ServerResult {
  return result(name, status);
}

function result(name: Url, status: ServerResult['status']): ServerResult {
  const scheme = urls[name].split(':')[0] as ServerResult['kind'];
  const errors = status === 'ok' || status === 'aborted' ? [] : [{ code: 701, elapsed: 120 }];
  const transport = name === 'stun' ? 'udp' : name;
  return { url: urls[name], kind: scheme, transport, status, stage: 'none', elapsed: 66, errors, candidates: [], advice: '' };
}

function steady(median: number, jitter: number): Pick<CallQuality, 'rtt' | 'jitter' | 'loss'> {
  return { rtt: { min: median - 4, median, p95: median + 12 }, jitter, loss: 0 };
}
