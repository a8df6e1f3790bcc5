import type { IceReport } from 'ice-servers-loader/element';

type Check = (value: unknown) => boolean;

const longestText = 2000;
const longestList = 100;

const isText: Check = (value) => typeof value === 'string' && value.length <= longestText;
const isNumber: Check = (value) => typeof value === 'number';
const isTime: Check = (value) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
const rtt = shape({ min: isNumber, median: isNumber, p95: isNumber });
const relay = { rtt, jitter: isNumber, loss: isNumber };

const result = shape({
  url: isText,
  kind: oneOf('stun', 'turn', 'turns'),
  transport: oneOf('udp', 'tcp', 'tls'),
  status: oneOf(
    'ok',
    'unauthorized',
    'quota',
    'capacity',
    'refused',
    'dns',
    'unreachable',
    'timeout',
    'no-candidate',
    'invalid',
    'aborted',
    'error',
  ),
  stage: oneOf('none', 'reached', 'allocated', 'relayed'),
  elapsed: isNumber,
  relay: optional(shape(relay)),
  errors: listOf(shape({ code: isNumber, elapsed: isNumber })),
});

const report = shape({
  format: (value) => value === 1,
  time: isTime,
  ...Object.fromEntries(['timeZone', 'browser', 'system', 'userAgent', 'page', 'version', 'app', 'summary'].map((name) => [name, isText])),
  ...Object.fromEntries(['connection', 'region', 'simulated', 'verdict'].map((name) => [name, optional(isText)])),
  stopped: (value) => typeof value === 'boolean',
  webrtc: oneOf('available', 'missing', 'blocked'),
  outcome: oneOf('good', 'fair', 'bad', 'unknown'),
  quality: optional(shape({ ...relay, url: isText, packets: isNumber, grade: oneOf('good', 'fair', 'poor') })),
  results: listOf(result),
  blocked: listOf(shape({ protocol: oneOf('UDP', 'TCP'), host: isText, ports: listOf(isNumber) })),
  load: shape({
    source: optional(oneOf('memory', 'indexeddb', 'network', 'stale', 'fallback')),
    elapsed: isNumber,
    error: optional(isText),
    status: optional(isNumber),
  }),
  regions: listOf(
    shape({
      region: isText,
      samples: listOf(isNumber),
      status: isText,
      rtt: optional(isNumber),
      tiedWith: optional(listOf(isText)),
      transport: optional(isText),
    }),
  ),
});

/** Tells whether a value from a link is a report that can be shown. */
export function isReport(value: unknown): value is IceReport {
  return report(value);
}

function shape(fields: Readonly<Record<string, Check>>): Check {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.length <= longestList && value.every((one) => check(one));
}

function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function oneOf(...values: readonly string[]): Check {
  return (value) => values.includes(value as string);
}
