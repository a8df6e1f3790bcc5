import { describe, expect, it } from 'vitest';
import { answerLines } from '../../src/element/answer-lines.js';
import { areNamesUnknown, findBlockedWays } from '../../src/element/blocked-ways.js';
import { messageText } from '../../src/element/message-text.js';
import { english } from '../../src/element/english.js';
import { defaultStrings, translator } from '../../src/element/strings.js';
import { groupWays, worstFirst } from '../../src/element/ways.js';
import { stun, tcp, tls, udp } from '../support/urls.js';
import { findingsOf, resultsOf, t } from './support.js';

describe('the three lines', () => {
  it('name the transports, the numbers and the port of a strict network', () => {
    const lines = answerLines(findingsOf({ [stun]: 'ok', [udp]: 'ok', [tcp]: 'ok', [tls]: 'ok' }), t);
    expect(lines.map(({ words, detail, tone }) => [words, detail, tone])).toEqual([
      ['Yes', 'UDP, TCP, TLS', 'good'],
      ['Good', '28 ms delay, 0% loss, 2.0 ms jitter', 'good'],
      ['Route works', 'TLS, port 443', 'good'],
    ]);
  });

  it('say that calls take a slower way, and that a strict network is closed', () => {
    const lines = answerLines(findingsOf({ [stun]: 'timeout', [udp]: 'timeout', [tcp]: 'ok', [tls]: 'timeout' }), t);
    expect(lines.map(({ words }) => words)).toEqual(['By a slower route', 'Good', 'Route closed']);
  });

  it('do not call a strict network closed if the servers answered and refused the password', () => {
    const lines = answerLines(findingsOf({ [udp]: 'unauthorized', [tls]: 'unauthorized' }), t);
    expect(lines.map(({ words }) => words)).toEqual(['No', '–', 'Route open']);
  });

  it('do not call a route closed that the browser did not test', () => {
    const lines = answerLines(findingsOf({ [udp]: 'error', [tls]: 'error' }), t);
    expect(lines[2]).toMatchObject({ words: '–', tone: 'neutral' });
  });

  it('say that the quality was not measured, if a call would connect', () => {
    expect(answerLines(findingsOf({ [udp]: 'ok' }, { quality: undefined }), t)[1]).toMatchObject({ words: 'Not measured', tone: 'fair' });
  });

  it('leave open what nobody knows yet, or after a stop', () => {
    const stopped = findingsOf({ [udp]: 'aborted', [tls]: 'aborted' }, { stopped: true });
    for (const lines of [answerLines(undefined, t), answerLines(stopped, t)]) {
      expect(lines.map(({ words, tone }) => [words, tone])).toEqual(lines.map(() => ['–', 'neutral']));
    }
  });
});

describe('the ways', () => {
  const urls = [stun, udp, 'turn:turn.example:443', tcp, tls];
  const results = new Map(
    resultsOf({ [stun]: 'ok', [udp]: 'ok', 'turn:turn.example:443': 'timeout', [tcp]: 'timeout', [tls]: 'ok' }).map((result) => [
      result.url,
      result,
    ]),
  );

  it('group the ports of a transport', () => {
    expect(groupWays(urls, results).map(({ name, ports, state }) => [name, ports, state])).toEqual([
      ['udp', [80, 443], 'partly'],
      ['tcp', [80], 'fails'],
      ['tls', [443], 'works'],
      ['stun', [80], 'works'],
    ]);
  });

  it('come with the worst first', () => {
    expect(worstFirst(groupWays(urls, results)).map(({ name }) => name)).toEqual(['tcp', 'udp', 'tls', 'stun']);
  });

  it('are open until each URL of theirs is tested', () => {
    results.delete(udp);
    expect(groupWays(urls, results)[0]).toMatchObject({ name: 'udp', state: 'open' });
  });
});

describe('the message to the owner of the network', () => {
  const context = { page: 'https://app.example/support', time: '2025-03-01T14:03:05+01:00' };

  it('names protocol, host and ports, and counts TLS as TCP', () => {
    const results = resultsOf({ [stun]: 'timeout', [udp]: 'timeout', [tcp]: 'ok', [tls]: 'timeout' });
    const blocked = findBlockedWays(results, 'udp-blocked');
    expect(messageText({ blocked, results, ...context }, t)).toContain('connections:\n- UDP turn.example 80\n- TCP turn.example 443\n');
  });

  it('says who found what, when, and what else the cause may be', () => {
    const results = resultsOf({ [udp]: 'timeout', [tcp]: 'timeout' });
    const [first, lead, ...others] = messageText({ blocked: findBlockedWays(results, 'offline'), results, ...context }, t).split('\n');
    expect(first).toMatch(/^On Mar 1, 2025, .*\+01:00, https:\/\/app\.example\/support tested/);
    expect(lead).toBe('Please allow these outgoing connections, so that calls work:');
    expect(others.at(-1)).toMatch(/the servers may be down/);
  });

  it('does not call connections necessary for calls that connect without them', () => {
    const results = resultsOf({ [udp]: 'ok', [tls]: 'timeout' });
    expect(messageText({ blocked: findBlockedWays(results, 'tls-blocked'), results, ...context }, t)).toContain('Calls connect');
  });

  it('names the servers alone if their names are not found', () => {
    const results = resultsOf({ [udp]: 'dns', [tls]: 'dns' });
    expect(areNamesUnknown(results)).toBe(true);
    const text = messageText({ blocked: findBlockedWays(results, 'offline'), results, ...context }, t);
    expect(text).toMatch(/resolve these names:\n- turn\.example\n/);
  });

  it('asks for nothing if calls work all the same', () => {
    expect(findBlockedWays(resultsOf({ [stun]: 'timeout', [udp]: 'ok' }), 'ok')).toEqual([]);
  });

  it('asks for nothing if the servers refuse the password: the network is fine', () => {
    expect(findBlockedWays(resultsOf({ [udp]: 'unauthorized', [tls]: 'timeout' }), 'mixed')).toEqual([]);
  });
});

describe('a sentence', () => {
  it('has its values, and keeps the place of one that is missing', () => {
    const strings = { ...defaultStrings, 'progress.ways': '{done} of {total}, {nothing}' };
    expect(translator(strings)('progress.ways', { done: 1, total: 5 })).toBe('1 of 5, {nothing}');
  });

  it.each(Object.entries(english))('%s is in plain words', (_name, sentence) => {
    expect(sentence).not.toMatch(/undefined|null|\bICE\b|RTCPeerConnection|  /);
    expect(sentence).not.toBe('');
  });

  it.each(Object.entries(english).filter(([name]) => /^(why|load)\./.test(name)))(
    '%s fits the lines that the answer keeps free, so that nothing below it moves',
    (_name, sentence) => expect(sentence.length).toBeLessThanOrEqual(96),
  );
});
