import { describe, expect, it } from 'vitest';
import type { ServerResult, ServerStatus, Verdict } from '../../src/connectivity.js';
import { readTarget } from '../../src/connectivity/targets.js';
import { getVerdict } from '../../src/connectivity/verdict.js';
import { stun, tcp, tls, udp } from '../support/urls.js';

const result = (url: string, status: ServerStatus): ServerResult => {
  const { kind, transport } = readTarget(url);
  const stage = /^(dns|unreachable|timeout|no-candidate|invalid|aborted|error)$/.test(status) ? 'none' : 'reached';
  return { url, kind, transport, status, stage, elapsed: 1, errors: [], candidates: [], advice: '' };
};

describe('the verdict', () => {
  const rows: [verdict: Verdict, statuses: Partial<Record<string, ServerStatus>>, summary: RegExp][] = [
    ['ok', { [stun]: 'ok', [udp]: 'ok', [tcp]: 'ok', [tls]: 'ok' }, /^All is well: UDP, TCP and TLS work\.$/],
    ['ok', { [stun]: 'timeout', [udp]: 'ok' }, /UDP works/],
    ['ok', { [stun]: 'ok', [tls]: 'ok' }, /TLS works/],
    ['ok', { [udp]: 'timeout', [`${udp}80`]: 'ok', [tls]: 'ok' }, /UDP and TLS work/],
    ['udp-blocked', { [stun]: 'timeout', [udp]: 'timeout', [tcp]: 'ok', [tls]: 'ok' }, /^UDP is blocked here, but TCP and TLS work: calls/],
    ['udp-blocked', { [udp]: 'no-candidate', [tcp]: 'unreachable', [tls]: 'ok' }, /^UDP is blocked here, but TLS works: /],
    ['udp-blocked', { [stun]: 'timeout', [tls]: 'ok' }, /^UDP is blocked/],
    ['tls-blocked', { [udp]: 'ok', [tcp]: 'ok', [tls]: 'unreachable' }, /^TLS fails here, but UDP and TCP work/],
    ['credentials-rejected', { [stun]: 'ok', [udp]: 'unauthorized', [tcp]: 'unauthorized' }, /reject the username or password/],
    ['mixed', { [udp]: 'timeout', [tcp]: 'unauthorized', [tls]: 'unreachable' }, /reject the username or password/],
    ['stun-only', { [stun]: 'ok' }, /^Only STUN works/],
    ['stun-only', { [stun]: 'ok', [udp]: 'unauthorized', [tls]: 'unreachable' }, /reject the username or password/],
    ['stun-only', { [stun]: 'ok', [udp]: 'refused', [tcp]: 'unreachable' }, /^Only STUN works/],
    ['offline', { [stun]: 'dns', [udp]: 'dns', [tcp]: 'unreachable', [tls]: 'timeout' }, /^No server can be reached/],
    ['mixed', { [stun]: 'ok', [udp]: 'timeout', [tcp]: 'ok', [tls]: 'ok' }, /^Some servers fail, but TCP and TLS work/],
    ['mixed', { [udp]: 'unauthorized', [tcp]: 'ok' }, /^Some servers fail, but TCP works/],
    ['mixed', { [udp]: 'ok', [tls]: 'timeout' }, /^Some servers fail, but UDP works/],
    ['mixed', { [udp]: 'quota', [tcp]: 'quota' }, /^No TURN server works/],
    ['mixed', { [udp]: 'quota', [tcp]: 'invalid' }, /^No TURN server works/],
    ['offline', { [udp]: 'invalid' }, /^The browser rejects every address, username or password: correct them\.$/],
    ['mixed', { [stun]: 'invalid', [udp]: 'invalid', [tls]: 'aborted' }, /^No TURN server works so far\.$/],
    ['mixed', { [udp]: 'dns', [tcp]: 'ok' }, /^Some servers fail, but TCP works/],
    ['udp-blocked', { [stun]: 'dns', [udp]: 'timeout', [tcp]: 'ok' }, /^UDP is blocked here/],
    ['mixed', { [udp]: 'ok', [tcp]: 'ok', [tls]: 'no-candidate' }, /^Some servers fail, but UDP and TCP work/],
    ['mixed', { [udp]: 'ok', [tcp]: 'ok', [tls]: 'dns' }, /^Some servers fail, but UDP and TCP work/],
    ['offline', { [stun]: 'invalid', [udp]: 'timeout' }, /^No server can be reached/],
    ['mixed', { [udp]: 'invalid', [tcp]: 'ok' }, /^Some servers fail, but TCP works/],
    ['mixed', { [stun]: 'error', [udp]: 'error' }, /^Nothing was tested/],
    ['mixed', { [udp]: 'ok', [tcp]: 'error' }, /^Not everything was tested, but UDP works/],
    ['mixed', { [udp]: 'aborted', [stun]: 'aborted' }, /^Nothing was tested/],
    ['mixed', { [udp]: 'ok', [tls]: 'aborted' }, /^Not everything was tested, but UDP works: calls/],
    ['ok', { [udp]: 'ok', [`${udp}80`]: 'aborted' }, /^All is well: UDP works/],
    ['mixed', { [tcp]: 'ok', [udp]: 'aborted' }, /^Not everything was tested, but TCP works/],
    ['mixed', { [stun]: 'timeout', [tcp]: 'ok', [udp]: 'aborted' }, /^Not everything was tested, but TCP works/],
    ['mixed', { [tcp]: 'ok', [tls]: 'timeout', [udp]: 'aborted' }, /^Not everything was tested, but TCP works/],
    ['udp-blocked', { [udp]: 'timeout', [tcp]: 'ok', [tls]: 'aborted' }, /^UDP is blocked here, but TCP works/],
    ['mixed', { [stun]: 'ok', [udp]: 'aborted' }, /^Only STUN works so far\.$/],
    ['mixed', { [udp]: 'timeout', [tcp]: 'aborted' }, /^No TURN server works so far\.$/],
    ['mixed', { [udp]: 'unauthorized', [tcp]: 'aborted' }, /reject the username or password/],
    ['mixed', { [stun]: 'ok', [udp]: 'unauthorized', [tcp]: 'aborted' }, /reject the username or password/],
    ['mixed', {}, /^Nothing was tested/],
  ];

  it.each(rows)('is %s for %o', (verdict, statuses, summary) => {
    const results = Object.entries(statuses).map(([url, status]) => result(url, status!));
    expect(getVerdict(results)).toEqual({ verdict, summary: expect.stringMatching(summary) });
  });
});
