import { describe, expect, it } from 'vitest';
import type { ServerStatus } from '../../src/connectivity.js';
import { adviceFor } from '../../src/connectivity/advice.js';
import { qualityOf } from '../../src/connectivity/quality.js';

describe('advice', () => {
  const statuses: ServerStatus[] = ['ok', 'unauthorized', 'quota', 'capacity', 'refused', 'dns', 'unreachable', 'timeout', 'no-candidate', 'invalid', 'aborted', 'error']; // prettier-ignore

  it.each(statuses)('for %s is a sentence, over each transport', (status) => {
    for (const transport of ['udp', 'tcp', 'tls'] as const) expect(adviceFor(transport, status)).toMatch(/^[A-Z][^]{20,}\.$/);
  });

  it('names the certificate if TLS fails', () => {
    expect(adviceFor('tls', 'unreachable')).toContain('certificate');
    expect(adviceFor('tcp', 'unreachable')).not.toContain('certificate');
  });
});

describe('the quality of a relay', () => {
  it('is half of each echo’s time, with the mean difference as jitter', () => {
    const echoes = Array.from({ length: 20 }, (_, index) => 200 + (index % 2) * 10);
    expect(qualityOf(echoes, 20)).toEqual({ rtt: { min: 100, median: 105, p95: 105 }, jitter: 5, loss: 0 });
  });

  it('counts lost echoes', () => expect(qualityOf([10, 10, 10], 4).loss).toBe(0.25));

  it('can be measured with one echo', () =>
    expect(qualityOf([30], 1)).toEqual({ rtt: { min: 15, median: 15, p95: 15 }, jitter: 0, loss: 0 }));
});
