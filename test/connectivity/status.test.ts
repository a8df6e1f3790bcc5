import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServerStatus } from '../../src/connectivity.js';
import { stageOf, statusAtHost, statusOf, type Evidence } from '../../src/connectivity/status.js';
import { readTarget } from '../../src/connectivity/targets.js';
import { stun, tcp, tls, udp } from '../support/urls.js';

/** What a browser reported: candidate types, errors as code and time, and whether gathering is complete. */
const seen = (found: string[], errors: [code: number, elapsed: number][], isComplete = false): Evidence => ({
  candidateTypes: new Set(found),
  errors: errors.map(([code, elapsed]) => ({ code, elapsed })),
  isComplete,
});

describe('the status for what a browser reports', () => {
  // Measured in Chromium 156 and Firefox 153.
  const rows: [what: string, url: string, evidence: Evidence, status: ServerStatus | undefined][] = [
    ['a relay candidate', udp, seen(['relay'], []), 'ok'],
    ['a reflexive candidate from STUN', stun, seen(['host', 'srflx'], []), 'ok'],
    ['a reflexive candidate beside a rejected credential', udp, seen(['srflx'], [[401, 60]]), 'unauthorized'],
    ['a reflexive candidate alone from a TURN URL', udp, seen(['srflx'], []), undefined],
    ['a 401 over TCP', tcp, seen([], [[401, 120]]), 'unauthorized'],
    ['a 486', udp, seen([], [[486, 60]]), 'quota'],
    ['a 508 in Chromium', udp, seen([], [[508, 60]]), 'capacity'],
    ['a 65535, which is a 508 in Firefox', udp, seen([], [[65535, 40]]), 'refused'],
    ['a code that nobody has seen', tls, seen([], [[437, 90]]), 'refused'],
    ['a closed TCP port', tcp, seen([], [[701, 120]], true), 'unreachable'],
    ['a bad certificate', tls, seen([], [[701, 150], [701, 160]], true), 'unreachable'], // prettier-ignore
    ['a name that does not resolve, over UDP', udp, seen([], [[701, 7], [701, 70]], true), 'dns'], // prettier-ignore
    ['a name that does not resolve, for STUN', stun, seen(['host'], [[701, 10]], true), 'dns'],
    ['a name that does not resolve, over TCP: like a closed port', tcp, seen([], [[701, 70]], true), 'unreachable'],
    ['dead UDP after the patience of Firefox', udp, seen([], [[701, 11_100]], true), 'timeout'],
    ['a black hole after the patience of Firefox', tcp, seen([], [[701, 12_800]], true), 'timeout'],
    ['silence so far', udp, seen([], []), undefined],
    ['UDP disabled by a policy', udp, seen([], [], true), 'no-candidate'],
    ['turns: with an address in Firefox', 'turns:192.0.2.1:443', seen([], [], true), 'no-candidate'],
    ['STUN with UDP disabled', stun, seen([], [], true), 'no-candidate'],
    ['STUN that answers where there is no address translation', stun, seen(['host'], [], true), 'ok'],
    ['a loopback address in Firefox, over UDP', 'turn:127.0.0.1:80', seen([], [[701, 0]], true), 'unreachable'],
    ['localhost in Firefox, over UDP', 'turn:localhost:80', seen([], [[701, 0]], true), 'unreachable'],
    ['an IPv6 address that cannot be reached', 'turn:[2001:db8::1]:80', seen([], [[701, 1]], true), 'unreachable'],
    ['one dead address family, while the other may answer', udp, seen([], [[701, 10]]), undefined],
    ['one dead address family beside a relay candidate', udp, seen(['relay'], [[701, 39_900]], true), 'ok'],
    ['one dead address family, then a 401', udp, seen([], [[701, 10], [401, 200]]), 'unauthorized'], // prettier-ignore
  ];

  it.each(rows)('of %s', (_, url, evidence, status) => {
    expect(statusOf(readTarget(url), evidence)).toBe(status);
  });

  it('is never unauthorized without a 401, and never undefined once gathering is complete', () => {
    const codes = fc.constantFrom(300, 400, 403, 437, 438, 486, 500, 508, 701, 65535);
    const errors = fc.array(fc.tuple(codes, fc.nat(60_000)));
    const found = fc.subarray(['host', 'srflx', 'relay']);
    fc.assert(
      fc.property(fc.constantFrom(stun, udp, tcp, tls), found, errors, (url, types, list) => {
        const status = statusOf(readTarget(url), seen(types, list, true));
        expect(status).toBeDefined();
        expect(status).not.toBe('unauthorized');
        if (list.every(([code]) => code === 701)) expect(status).not.toMatch(/^(quota|capacity|refused)$/);
      }),
    );
  });
});

describe('how far a URL got', () => {
  it.each([
    [seen(['relay'], []), 'ok', 'allocated'],
    [seen(['relay'], [[486, 9]]), 'quota', 'allocated'],
    [seen(['srflx'], []), 'ok', 'reached'],
    [seen([], [[401, 9]]), 'unauthorized', 'reached'],
    [seen([], [[701, 9]]), 'unreachable', 'none'],
    [seen([], []), 'timeout', 'none'],
  ] as const)('%#: %o with %s is %s', (evidence, status, stage) => expect(stageOf(evidence, status)).toBe(stage));
});

describe('the status at a host with closed ports or an unknown name', () => {
  const none = 'none';

  it('is dns for a closed TCP port if a UDP URL says dns', () => {
    expect(statusAtHost([{ status: 'dns', stage: none }, { status: 'unreachable', stage: none }])).toBe('dns'); // prettier-ignore
  });

  it('is unreachable if one URL reached the host, whatever the pending URLs say', () => {
    expect(statusAtHost([{ status: 'dns', stage: none }, undefined, { status: 'unauthorized', stage: 'reached' }])).toBe('unreachable'); // prettier-ignore
  });

  it('is unreachable if no URL says dns', () => {
    expect(statusAtHost([{ status: 'unreachable', stage: none }, { status: 'timeout', stage: none }])).toBe('unreachable'); // prettier-ignore
  });

  it('is undefined while a URL is pending', () => {
    expect(statusAtHost([{ status: 'dns', stage: none }, undefined])).toBeUndefined();
  });
});
