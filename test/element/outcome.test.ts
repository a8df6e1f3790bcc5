import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/element/outcome.js';
import { defaultStrings } from '../../src/element/strings.js';
import type { ServerStatus } from '../../src/connectivity.js';
import { stun, tcp, tls, udp } from '../support/urls.js';
import { errorCodes } from '../support/error-codes.js';
import { findingsOf, goodQuality } from './support.js';

type Statuses = Record<string, ServerStatus>;

const allWork: Statuses = { [stun]: 'ok', [udp]: 'ok', [tcp]: 'ok', [tls]: 'ok' };

describe('the answer', () => {
  it.each<[what: string, statuses: Statuses, answer: string, why: string]>([
    ['all works', allWork, 'good answer.good', 'why.good'],
    ['TLS is closed', { ...allWork, [tls]: 'timeout' }, 'good answer.good', 'why.tls-blocked'],
    ['TCP fails', { ...allWork, [tcp]: 'refused' }, 'good answer.good', 'why.mixed'],
    ['UDP is closed', { ...allWork, [stun]: 'timeout', [udp]: 'timeout' }, 'fair answer.fair', 'why.udp-blocked'],
    ['no UDP relay is offered', { [stun]: 'ok', [tcp]: 'ok', [tls]: 'ok' }, 'fair answer.fair', 'why.no-udp'],
    ['the UDP relay is full', { [stun]: 'ok', [udp]: 'capacity', [tcp]: 'ok' }, 'fair answer.fair', 'why.no-udp'],
    ['only STUN works', { [stun]: 'ok', [udp]: 'refused' }, 'bad answer.many-fail', 'why.stun-only'],
    ['the password is refused', { [stun]: 'ok', [udp]: 'unauthorized', [tcp]: 'unauthorized' }, 'bad answer.bad', 'why.credentials'],
    ['the password is refused beside dead servers', { [udp]: 'timeout', [tcp]: 'unauthorized' }, 'bad answer.bad', 'why.credentials'],
    ['no name is found', { [stun]: 'dns', [udp]: 'dns' }, 'bad answer.bad', 'why.dns'],
    ['every address is rejected', { [udp]: 'invalid' }, 'bad answer.bad', 'why.invalid'],
    ['nothing answers', { [stun]: 'timeout', [udp]: 'timeout', [tcp]: 'unreachable' }, 'bad answer.bad', 'why.offline'],
    ['no server relays', { [udp]: 'quota', [tcp]: 'quota' }, 'bad answer.bad', 'why.no-relay'],
  ])('%s', (_what, statuses, answer, why) => {
    const found = outcomeOf(findingsOf(statuses), true);
    expect(`${found.outcome} ${found.answer}`).toBe(answer);
    expect(found.why).toBe(why);
  });

  it.each(['fair', 'poor'] as const)('is never that all is well if the quality is %s', (grade) => {
    const found = outcomeOf(findingsOf(allWork, { quality: { ...goodQuality, grade } }), true);
    expect(found).toEqual({ outcome: 'fair', answer: 'answer.fair', why: `why.quality-${grade}` });
  });

  it('is never that all is well if the quality could not be measured', () => {
    expect(outcomeOf(findingsOf(allWork, { quality: undefined }), true)).toMatchObject({ outcome: 'fair', why: 'why.unmeasured' });
  });

  it.each<[what: string, statuses: Statuses, why: string]>([
    ['a way that works', { [udp]: 'ok', [tcp]: 'aborted' }, 'why.stopped-works'],
    ['nothing', { [udp]: 'aborted', [tcp]: 'aborted' }, 'why.stopped'],
    ['no server', {}, 'why.stopped'],
  ])('is open after a stop, with %s found by then', (_what, statuses, why) => {
    const found = outcomeOf(findingsOf(statuses, { stopped: true }), true);
    expect(found).toEqual({ outcome: 'unknown', answer: 'answer.stopped', why });
  });

  it('says that the browser has no WebRTC, whatever else is known', () => {
    expect(outcomeOf(findingsOf({}, { webrtc: 'missing', load: { elapsed: 1, error: 'network' } }), true).answer).toBe('answer.no-webrtc');
  });

  it('says that something blocks WebRTC', () => {
    expect(outcomeOf(findingsOf({ [udp]: 'error' }, { webrtc: 'blocked' }), true).answer).toBe('answer.webrtc-blocked');
  });
});

describe('a load that failed', () => {
  it.each([
    ['nothing', {}],
    ['STUN servers', { [stun]: 'ok' }],
  ] as const)('is the reason if its fallback has %s', (_, statuses) => {
    const findings = findingsOf(statuses, { load: { source: 'fallback', elapsed: 1, error: 'not-found' } });
    expect(outcomeOf(findings, true)).toEqual({ outcome: 'unknown', answer: 'answer.not-loaded', why: 'load.not-found' });
  });

  it('is not the reason if the relays of its fallback were tested', () => {
    const findings = findingsOf({ [udp]: 'timeout' }, { load: { source: 'fallback', elapsed: 1, error: 'network' } });
    expect(outcomeOf(findings, true).answer).toBe('answer.bad');
  });

  const failed = (error: string, isOnline = true) => {
    const load = { elapsed: 3, error } as Parameters<typeof outcomeOf>[0]['load'];
    return outcomeOf(findingsOf({}, { load }), isOnline);
  };

  it('tells an offline device from a service that does not answer', () => {
    expect([failed('network', false).why, failed('network').why]).toEqual(['load.offline', 'load.network']);
  });

  it('has words for a code that a later version may bring', () => {
    expect(failed('some-new-code').why).toBe('load.other');
  });

  it.each(errorCodes.filter((code) => code !== 'not-cached' && code !== 'credential-rejected'))('has words of its own for %s', (code) => {
    const { answer, why } = failed(code);
    expect([answer, why]).toEqual(['answer.not-loaded', `load.${code}`]);
    expect(defaultStrings[why]).toMatch(/^[A-Z].*\.$/);
  });
});
