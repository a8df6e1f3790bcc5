import { describe, expect, it } from 'vitest';
import { readServers } from '../src/response.js';
import { json, meteredBody } from './support/endpoint.js';
import { openTab, urlsOf } from './support/loaders.js';
import { whyConstructorThrows } from './support/constructor-oracle.js';
import { settle, failureOf } from './support/world.js';

const pair = { username: 'user', credential: 'secret' };
const turn = { urls: 'turn:turn.example.com:443', ...pair };
const stun = { urls: 'stun:stun.example.com:80' };

describe('the documented answer', () => {
  it('passes as it is', () => {
    expect(readServers(meteredBody())).toEqual({ iceServers: meteredBody(), dropped: 0, ttl: undefined });
  });

  it('keeps strings as strings and lists as lists', () => {
    const body = [stun, { urls: ['turn:a.example:3478', 'turns:a.example:443?transport=tcp'], ...pair }];
    expect(readServers(body)?.iceServers).toEqual(body);
  });

  it('loses what no constructor needs', () => {
    const body = [{ ...turn, url: turn.urls, credentialType: 'password', ttl: 7, comment: 'x' }];
    expect(readServers(body)?.iceServers).toEqual([turn]);
  });
});

describe('an answer of an own proxy', () => {
  it('may be an object with iceServers', () => {
    expect(readServers({ iceServers: [turn] })).toEqual({ iceServers: [turn], dropped: 0, ttl: undefined });
  });

  it('may state the life of the credential in seconds', () => {
    expect(readServers({ iceServers: [turn], ttl: 600 })?.ttl).toBe(600);
  });

  it.each([0, -1, NaN, '600', null, {}, true])('with a ttl of %j states nothing', (ttl) => {
    expect(readServers({ iceServers: [turn], ttl })?.ttl).toBeUndefined();
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
    ['a list of nothing', [null, undefined, 7, 'stun:stun.example.com', []]],
    ['a list of entries without urls', [{ url: 'stun:stun.example.com' }, pair]],
    ['a list in a list', [[turn]]],
  ])('is refused: %s', (_, body) => {
    expect(readServers(body)).toBeUndefined();
  });

  it.each([{ urls: { toString: 1 } }, { urls: [{ toString: 1 }, stun.urls] }, { ...turn, username: { toString: 1 } }])(
    'or holds what turns into no text (%j) throws nothing',
    (entry) => {
      expect(readServers([entry, turn])?.iceServers).toContainEqual(turn);
    },
  );

  it('is refused: a TURN URL without its pair beside a STUN URL, in one entry', () => {
    expect(readServers([{ urls: [stun.urls, turn.urls] }])).toBeUndefined();
  });

  it('is none: a scheme that only ends like turn is no TURN entry lost', () => {
    expect(readServers([stun, { urls: 'return:a.example' }])).toMatchObject({ iceServers: [stun], dropped: 1 });
  });

  it('is refused: no good TURN entry is left where there were some', () => {
    expect(readServers([stun, { urls: 'turn:turn.example.com' }])).toBeUndefined();
  });

  it('is refused where only the spelling tells that it was a TURN entry', () => {
    expect(readServers([stun, { urls: 'TURN:turn.example.com', ...pair }])).toBeUndefined();
  });

  it('is not: STUN alone, where nothing else was sent', () => {
    expect(readServers([stun])?.iceServers).toEqual([stun]);
  });

  it('is not: one good TURN entry among bad ones', () => {
    expect(readServers([{ urls: 'turn:turn.example.com' }, turn])).toMatchObject({ iceServers: [turn], dropped: 1 });
  });
});

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
  ['white space before', ' turn:turn.example.com'],
  ['white space after', 'turn:turn.example.com '],
  ['white space inside', 'turn:turn example.com'],
  ['a line break after', 'turn:turn.example.com\n'],
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
  ['a transport that there is none of', 'turn:turn.example.com?transport=tls'],
  ['no transport after all', 'turn:turn.example.com?transport='],
  ['another query', 'turn:turn.example.com?x=y'],
  ['two queries', 'turn:turn.example.com?transport=udp&transport=tcp'],
  ['a query twice', 'turn:turn.example.com?transport=udp?transport=tcp'],
  ['an empty query', 'turn:turn.example.com?'],
  ['an IPv4 address that is none', 'turn:256.1.1.1'],
  ['an IPv6 address that is none', 'turn:[::g]'],
  ['an IPv6 address without brackets', 'turn:2001:db8::1'],
  ['an IPv6 bracket that stays open', 'turn:[2001:db8::1'],
  ['a broken international name', 'turn:xn--a'],
  ['letters beyond ASCII', 'turn:türn.example.com'],
  ['a number', 7],
  ['null', null],
  ['an object', {}],
  ['a nested list', ['turn:turn.example.com']],
  ['a URL of 513 characters', `turn:${'a.'.repeat(252)}comm`],
];

describe('a URL', () => {
  it.each(goodUrls)('stays: %s', (urls) => {
    expect(readServers([{ urls, ...pair }])).toEqual({ iceServers: [{ urls, ...pair }], dropped: 0, ttl: undefined });
  });

  it.each(['stun:stun.example.com', 'stun:stun.example.com:19302', 'stun:[2001:db8::1]:3478'])('stays, without a pair: %s', (urls) => {
    expect(readServers([{ urls }])).toMatchObject({ iceServers: [{ urls }], dropped: 0 });
  });

  it.each(badUrls)('C-57: with %s is dropped and counted, and the other entry stays', (_, url) => {
    expect(readServers([{ urls: [url], ...pair }, turn])).toEqual({ iceServers: [turn], dropped: 1, ttl: undefined });
  });

  it.each(badUrls)('C-57: with %s is dropped out of an entry, and the good URL of that entry stays', (_, url) => {
    const entry = { urls: [url, turn.urls], ...pair };
    expect(readServers([entry])).toEqual({ iceServers: [{ urls: [turn.urls], ...pair }], dropped: 1, ttl: undefined });
  });

  it.each(['?transport=udp', '?transport=tcp', '?'])('C-57: of stun: with a query (%s) is dropped', (query) => {
    expect(readServers([{ urls: `stun:stun.example.com${query}` }, turn])).toMatchObject({ iceServers: [turn], dropped: 1 });
  });

  it('of 512 characters stays', () => {
    const urls = `turn:${'a.'.repeat(252)}com`;
    expect(urls).toHaveLength(512);
    expect(readServers([{ urls, ...pair }])?.dropped).toBe(0);
  });

  it('of TURN in a STUN entry without a pair is dropped, and the STUN URL stays', () => {
    expect(readServers([{ urls: [stun.urls, turn.urls] }, turn])).toMatchObject({ iceServers: [{ urls: [stun.urls] }, turn], dropped: 1 });
  });

  it('of an empty list counts as one bad entry', () => {
    expect(readServers([{ urls: [] }, turn])).toMatchObject({ iceServers: [turn], dropped: 1 });
  });

  it('is counted one by one', () => {
    expect(readServers([{ urls: ['a', 'b'] }, { urls: 'c' }, null, turn])?.dropped).toBe(4);
  });
});

describe('a pair', () => {
  it.each([
    ['no username', { credential: 'secret' }],
    ['no credential', { username: 'user' }],
    ['an empty username', { username: '', credential: 'secret' }],
    ['an empty credential', { username: 'user', credential: '' }],
    ['a username that is no text', { username: 7, credential: 'secret' }],
    ['a credential that is no text', { username: 'user', credential: { accessToken: 'x' } }],
    ['a username of 510 bytes', { username: 'u'.repeat(510), credential: 'secret' }],
    ['a credential of 510 bytes', { username: 'user', credential: 's'.repeat(510) }],
    ['a username of 510 bytes in 255 characters', { username: 'ü'.repeat(255), credential: 'secret' }],
  ])('C-57: of a TURN entry with %s drops the entry', (_, secrets) => {
    expect(readServers([{ urls: 'turn:turn.example.com', ...secrets }, turn])).toMatchObject({ iceServers: [turn], dropped: 1 });
  });

  it('of 509 bytes each stays', () => {
    const long = { username: 'u'.repeat(509), credential: 's'.repeat(509) };
    expect(readServers([{ urls: turn.urls, ...long }])?.iceServers).toEqual([{ urls: turn.urls, ...long }]);
  });

  it('may hold + and / and letters beyond ASCII', () => {
    const odd = { username: 'ü+/=', credential: '😀' };
    expect(readServers([{ urls: turn.urls, ...odd }])?.iceServers).toEqual([{ urls: turn.urls, ...odd }]);
  });

  it('of a STUN entry is left out: nobody needs it', () => {
    expect(readServers([{ ...stun, ...pair }, turn])?.iceServers).toEqual([stun, turn]);
  });

  it('that is wrong does no harm to a STUN entry', () => {
    expect(readServers([{ ...stun, username: 7, credential: '' }, turn])?.iceServers).toEqual([stun, turn]);
  });
});

describe('a long list', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => ({ urls: `turn:t${i}.example.com`, ...pair }));

  it('of 16 servers stays whole', () => {
    expect(readServers(many(16))).toMatchObject({ dropped: 0, iceServers: many(16) });
  });

  it('is cut to 16 servers, and what is cut is counted', () => {
    expect(readServers(many(20))).toMatchObject({ dropped: 4, iceServers: many(16) });
  });

  it('gives the places of bad entries to good ones', () => {
    expect(readServers([...Array.from({ length: 10 }, () => ({ urls: 'x' })), ...many(16)])).toMatchObject({
      dropped: 10,
      iceServers: many(16),
    });
  });
});

describe('through load', () => {
  it('C-57: one bad entry is dropped and reported in the status, and the rest is what a constructor takes', async () => {
    const body = [
      ...meteredBody(),
      { urls: 'stun:stun.example.com?transport=udp' },
      { urls: 'turn:turn.example.com' },
      { urls: 'http://x' },
    ];
    const { loader } = openTab({}, json(body));
    const configuration = await settle(loader.load());
    expect(urlsOf(configuration)).toEqual(urlsOf({ iceServers: meteredBody() }));
    expect(whyConstructorThrows(configuration)).toBeUndefined();
    expect(loader.status?.dropped).toBe(3);
  });

  it('C-57: an answer without a good TURN entry is invalid-response, not a silent list of STUN servers', async () => {
    const { loader } = openTab({}, json([stun, { urls: 'turn:turn.example.com' }]));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-response' });
  });

  it('what was dropped is told again after a reload of the page', async () => {
    const { loader, anotherTab } = openTab({}, json([...meteredBody(), { urls: 'x' }]));
    await settle(loader.load());
    const second = anotherTab();
    await settle(second.load());
    expect(second.status).toMatchObject({ source: 'indexeddb', dropped: 1 });
  });

  it('nothing was dropped of a good answer', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    expect(loader.status?.dropped).toBe(0);
  });
});
