import { describe, expect, it } from 'vitest';
import { parseResponse } from '../../src/credentials/parse-response.js';

const pair = { username: 'user', credential: 'secret' };

const turn = { urls: 'turn:turn.example.com:443', ...pair };

const stun = { urls: 'stun:stun.example.com:80' };

const goodUrls = [
  'turn:turn.example.com',
  'turn:turn.example.com:3478',
  'turn:turn.example.com:3478?transport=udp',
  'turn:turn.example.com?transport=tcp',
  'turns:turn.example.com:443?transport=tcp',
  'turn:192.0.2.1:80',
  'turn:[2001:db8::1]:80',
  'turn:[2001:db8::1]',
  'turn:TURN.Example.com',
  'turn:under_score.example.com',
  'turn:localhost',
  'turn:turn.example.com:65535',
];

const badUrls: [why: string, url: unknown][] = [
  ['a web address', 'https://turn.example.com'],
  ['no scheme', 'turn.example.com'],
  ['nothing', ''],
  ['stuns:', 'stuns:turn.example.com'],
  ['an upper-case scheme', 'TURN:turn.example.com'],
  ['no host', 'turn:'],
  ['a port alone', 'turn::80'],
  ['a query alone', 'turn:?transport=udp'],
  ['slashes', 'turn://turn.example.com'],
  ['a path', 'turn:turn.example.com/path'],
  ['a fragment', 'turn:turn.example.com#x'],
  ['a user', 'turn:user@turn.example.com'],
  ['white space inside', 'turn:turn example.com'],
  ['a line break inside', 'turn:turn.example\n.com'],
  ['a port of 0', 'turn:turn.example.com:0'],
  ['a port beyond 65535', 'turn:turn.example.com:65536'],
  ['a port of six digits', 'turn:turn.example.com:000080'],
  ['an empty port', 'turn:turn.example.com:'],
  ['a port that is no number', 'turn:turn.example.com:http'],
  ['two ports', 'turn:turn.example.com:80:81'],
  ['a port that Firefox blocks', 'turn:turn.example.com:2049'],
  ['the port of SIP', 'turn:turn.example.com:5060'],
  ['the port of IRC', 'turn:turn.example.com:6667'],
  ['an upper-case transport', 'turn:turn.example.com?transport=UDP'],
  ['an unknown transport', 'turn:turn.example.com?transport=tls'],
  ['an empty transport', 'turn:turn.example.com?transport='],
  ['another query', 'turn:turn.example.com?x=y'],
  ['two queries', 'turn:turn.example.com?transport=udp&transport=tcp'],
  ['a query twice', 'turn:turn.example.com?transport=udp?transport=tcp'],
  ['an empty query', 'turn:turn.example.com?'],
  ['an invalid IPv4 address', 'turn:256.1.1.1'],
  ['an invalid IPv6 address', 'turn:[::g]'],
  ['an IPv6 address without brackets', 'turn:2001:db8::1'],
  ['an unclosed IPv6 bracket', 'turn:[2001:db8::1'],
  ['a broken international name', 'turn:xn--a'],
  ['letters beyond ASCII', 'turn:türn.example.com'],
  ['a number', 7],
  ['null', null],
  ['an object', {}],
  ['a nested list', ['turn:turn.example.com']],
  ['a URL of 513 characters', `turn:${'a.'.repeat(252)}comm`],
];

describe('a URL', () => {
  it.each(goodUrls)('is accepted: %s', (urls) => {
    expect(parseResponse([{ urls, ...pair }])).toEqual({ iceServers: [{ urls, ...pair }], dropped: 0, ttl: undefined, hasTurn: true });
  });

  it.each(['stun:stun.example.com', 'stun:stun.example.com:19302', 'stun:[2001:db8::1]:3478'])(
    'is accepted without username and credential: %s',
    (urls) => {
      expect(parseResponse([{ urls }])).toMatchObject({ iceServers: [{ urls }], dropped: 0 });
    },
  );

  it.each([
    ['before', ' turn:turn.example.com'],
    ['after', 'turn:turn.example.com '],
    ['and a line break after', 'turn:turn.example.com \n'],
    ['and a tab on both sides', '\t turn:turn.example.com\t'],
  ])('loses the blanks %s', (_, urls) => {
    const server = { urls: 'turn:turn.example.com', ...pair };
    expect(parseResponse([{ urls, ...pair }])).toEqual({ iceServers: [server], dropped: 0, ttl: undefined, hasTurn: true });
  });

  it.each(badUrls)('C-57: with %s is dropped and counted, and the other entry is kept', (_, url) => {
    expect(parseResponse([{ urls: [url], ...pair }, turn])).toEqual({ iceServers: [turn], dropped: 1, ttl: undefined, hasTurn: true });
  });

  it.each(badUrls)('C-57: with %s is dropped from its entry, and the good URL of the entry is kept', (_, url) => {
    const entry = { urls: [url, turn.urls], ...pair };
    expect(parseResponse([entry])).toEqual({ iceServers: [{ urls: [turn.urls], ...pair }], dropped: 1, ttl: undefined, hasTurn: true });
  });

  it.each(['?transport=udp', '?transport=tcp', '?'])('C-57: with stun: and a query (%s) is dropped', (query) => {
    expect(parseResponse([{ urls: `stun:stun.example.com${query}` }, turn])).toMatchObject({ iceServers: [turn], dropped: 1 });
  });

  it('of 512 characters is accepted', () => {
    const urls = `turn:${'a.'.repeat(252)}com`;
    expect(urls).toHaveLength(512);
    expect(parseResponse([{ urls, ...pair }])?.dropped).toBe(0);
  });

  it('with turn: in an entry without username and credential is dropped, and the stun: URL is kept', () => {
    expect(parseResponse([{ urls: [stun.urls, turn.urls] }, turn])).toMatchObject({
      iceServers: [{ urls: [stun.urls] }, turn],
      dropped: 1,
    });
  });

  it('missing from an empty list counts as one bad entry', () => {
    expect(parseResponse([{ urls: [] }, turn])).toMatchObject({ iceServers: [turn], dropped: 1 });
  });

  it('is counted separately if several are bad', () => {
    expect(parseResponse([{ urls: ['a', 'b'] }, { urls: 'c' }, null, turn])?.dropped).toBe(4);
  });
});
