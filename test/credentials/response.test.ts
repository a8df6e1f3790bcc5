import { describe, expect, it } from 'vitest';
import { parseResponse } from '../../src/credentials/parse-response.js';
import { meteredBody } from '../support/endpoint.js';

const pair = { username: 'user', credential: 'secret' };

const turn = { urls: 'turn:turn.example.com:443', ...pair };

const stun = { urls: 'stun:stun.example.com:80' };

describe('the documented answer', () => {
  it('is accepted unchanged', () => {
    expect(parseResponse(meteredBody())).toEqual({ iceServers: meteredBody(), dropped: 0, ttl: undefined, hasTurn: true });
  });

  it('keeps strings as strings and lists as lists', () => {
    const body = [stun, { urls: ['turn:a.example:3478', 'turns:a.example:443?transport=tcp'], ...pair }];
    expect(parseResponse(body)?.iceServers).toEqual(body);
  });

  it('loses the properties that no constructor needs', () => {
    const body = [{ ...turn, url: turn.urls, credentialType: 'password', ttl: 7, comment: 'x' }];
    expect(parseResponse(body)?.iceServers).toEqual([turn]);
  });
});

describe('an answer of your own endpoint', () => {
  it('may be an object with iceServers', () => {
    expect(parseResponse({ iceServers: [turn] })).toEqual({ iceServers: [turn], dropped: 0, ttl: undefined, hasTurn: true });
  });

  it('may state the lifetime of the credential in seconds', () => {
    expect(parseResponse({ iceServers: [turn], ttl: 600 })?.ttl).toBe(600);
  });

  it.each([
    ['600', 600],
    [' 600 ', 600],
    ['0.5', 0.5],
  ])('C-73: may state it in text (%j)', (ttl, seconds) => {
    expect(parseResponse({ iceServers: [turn], ttl })?.ttl).toBe(seconds);
  });

  it.each([0, -1, NaN, '0', '-1', '', ' ', '600 s', 'long', null, {}, true, [600]])('with a ttl of %j states no lifetime', (ttl) => {
    expect(parseResponse({ iceServers: [turn], ttl })?.ttl).toBeUndefined();
  });
});

describe('an answer that is no usable list', () => {
  it.each([
    ['an empty list', []],
    ['an error', { error: 'Invalid API Key' }],
    ['an empty object', {}],
    ['an object whose iceServers is no list', { iceServers: 'turn:turn.example.com' }],
    ['an object with an empty list', { iceServers: [] }],
    ['null', null],
    ['nothing', undefined],
    ['a number', 7],
    ['a string', 'turn:turn.example.com'],
    ['a list without any object', [null, undefined, 7, 'stun:stun.example.com', []]],
    ['a list of entries without urls', [{ url: 'stun:stun.example.com' }, pair]],
    ['a list in a list', [[turn]]],
  ])('is rejected: %s', (_, body) => {
    expect(parseResponse(body)).toBeUndefined();
  });

  it.each([{ urls: { toString: 1 } }, { urls: [{ toString: 1 }, stun.urls] }, { ...turn, username: { toString: 1 } }])(
    'does not throw if a value cannot be converted to text (%j)',
    (entry) => {
      expect(parseResponse([entry, turn])?.iceServers).toContainEqual(turn);
    },
  );

  it('is rejected: a turn: URL without username and credential next to a stun: URL in one entry', () => {
    expect(parseResponse([{ urls: [stun.urls, turn.urls] }])).toBeUndefined();
  });

  it('is not: a dropped URL whose scheme merely ends in turn', () => {
    expect(parseResponse([stun, { urls: 'return:a.example' }])).toMatchObject({ iceServers: [stun], dropped: 1 });
  });

  it('is rejected: STUN servers and only bad TURN entries', () => {
    expect(parseResponse([stun, { urls: 'turn:turn.example.com' }])).toBeUndefined();
  });

  it('is rejected: STUN servers and a TURN entry in upper case', () => {
    expect(parseResponse([stun, { urls: 'TURN:turn.example.com', ...pair }])).toBeUndefined();
  });

  it('is not: STUN servers alone, if nothing else was sent', () => {
    expect(parseResponse([stun])?.iceServers).toEqual([stun]);
  });

  it('is not: one good TURN entry among bad ones', () => {
    expect(parseResponse([{ urls: 'turn:turn.example.com' }, turn])).toMatchObject({ iceServers: [turn], dropped: 1 });
  });
});

describe('the username and credential', () => {
  it.each([
    ['no username', { credential: 'secret' }],
    ['no credential', { username: 'user' }],
    ['an empty username', { username: '', credential: 'secret' }],
    ['an empty credential', { username: 'user', credential: '' }],
    ['a username that is neither text nor a number', { username: true, credential: 'secret' }],
    ['a username that is an object', { username: {}, credential: 'secret' }],
    ['a credential that is a number', { username: 'user', credential: 7 }],
    ['a credential that is no text', { username: 'user', credential: { accessToken: 'x' } }],
    ['a username of 510 bytes', { username: 'u'.repeat(510), credential: 'secret' }],
    ['a credential of 510 bytes', { username: 'user', credential: 's'.repeat(510) }],
    ['a username of 510 bytes in 255 characters', { username: 'ü'.repeat(255), credential: 'secret' }],
  ])('C-57: drop a TURN entry with %s', (_, secrets) => {
    expect(parseResponse([{ urls: 'turn:turn.example.com', ...secrets }, turn])).toMatchObject({ iceServers: [turn], dropped: 1 });
  });

  it('may have 509 bytes each', () => {
    const long = { username: 'u'.repeat(509), credential: 's'.repeat(509) };
    expect(parseResponse([{ urls: turn.urls, ...long }])?.iceServers).toEqual([{ urls: turn.urls, ...long }]);
  });

  it('may hold + and / and letters beyond ASCII', () => {
    const odd = { username: 'ü+/=', credential: '😀' };
    expect(parseResponse([{ urls: turn.urls, ...odd }])?.iceServers).toEqual([{ urls: turn.urls, ...odd }]);
  });

  it.each([
    ['the time of its expiry', 1_780_000_000, '1780000000'],
    ['0', 0, '0'],
  ])('may be a number in place of the username (%s), and becomes text', (_, username, text) => {
    const list = parseResponse([{ urls: turn.urls, username, credential: 'secret' }]);
    expect(list?.iceServers).toEqual([{ urls: turn.urls, username: text, credential: 'secret' }]);
  });

  it('are removed from a STUN entry', () => {
    expect(parseResponse([{ ...stun, ...pair }, turn])?.iceServers).toEqual([stun, turn]);
  });

  it('do not drop a STUN entry if they are wrong', () => {
    expect(parseResponse([{ ...stun, username: 7, credential: '' }, turn])?.iceServers).toEqual([stun, turn]);
  });
});

describe('a long list', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => ({ urls: `turn:t${i}.example.com`, ...pair }));

  it('of 16 servers is kept whole', () => {
    expect(parseResponse(many(16))).toMatchObject({ dropped: 0, iceServers: many(16) });
  });

  it('is cut to 16 servers, and the rest is counted as dropped', () => {
    expect(parseResponse(many(20))).toMatchObject({ dropped: 4, iceServers: many(16) });
  });

  it('fills the places of bad entries with good ones', () => {
    expect(parseResponse([...Array.from({ length: 10 }, () => ({ urls: 'x' })), ...many(16)])).toMatchObject({
      dropped: 10,
      iceServers: many(16),
    });
  });
});
