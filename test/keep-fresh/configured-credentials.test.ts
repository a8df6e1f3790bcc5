import { describe, expect, it } from 'vitest';
import { credentialKey, isOwnAddress, serverListKey } from '../../src/keep-fresh/configured-credentials.js';

const ada = { username: 'ada', credential: 'secret' };
const bob = { username: 'bob', credential: 'secret' };
const stun = { urls: 'stun:turn.example:80' };
const turn = { urls: 'turn:turn.example:80', ...ada };
const turns = { urls: 'turns:turn.example:443', ...ada };

type Pair = [what: string, one: RTCIceServer[], other: RTCIceServer[]];

describe('the key of the credentials in a list', () => {
  const equal: Pair[] = [
    ['other URLs', [turn], [turns]],
    ['a STUN server more', [turn], [stun, turn]],
    ['a STUN server with the empty username that Chromium adds', [turn], [{ ...stun, username: '', credential: '' }, turn]],
    ['the same credential on several servers', [turn], [turn, turns]],
  ];

  it.each(equal)('is the same for %s', (_, one, other) => {
    expect(credentialKey(other)).toBe(credentialKey(one));
  });

  const different: Pair[] = [
    ['another username', [turn], [{ ...turn, username: 'eve' }]],
    ['another secret of the same user', [turn], [{ ...turn, credential: 'changed' }]],
    ['one credential more', [turn], [turn, { ...turns, ...bob }]],
    ['none', [turn], [stun]],
    [
      'a username and a secret that are cut in another place',
      [{ ...turn, username: 'a', credential: 'b","c' }],
      [{ ...turn, username: 'a","b', credential: 'c' }],
    ],
  ];

  it.each(different)('is another one for %s', (_, one, other) => {
    expect(credentialKey(other)).not.toBe(credentialKey(one));
  });

  it.each([
    ['no list', undefined],
    ['an empty list', []],
    ['a list of STUN servers', [stun]],
  ])('is empty for %s', (_, servers) => {
    expect(credentialKey(servers)).toBe('');
  });
});

describe('the key of a whole list', () => {
  const equal: Pair[] = [
    ['one URL as text or in a list', [turn], [{ ...turn, urls: [turn.urls] }]],
    ['the URLs of one credential in one entry or in several', [turn, turns], [{ ...ada, urls: [turn.urls, turns.urls] }]],
    ['the empty username that Chromium adds to a STUN server', [stun], [{ ...stun, username: '', credential: '' }]],
  ];

  it.each(equal)('is the same for %s', (_, one, other) => {
    expect(serverListKey(other)).toBe(serverListKey(one));
  });

  const different: Pair[] = [
    ['another URL', [turn], [{ ...turn, urls: 'turn:asia.example:80' }]],
    ['one server more', [turn], [stun, turn]],
    ['another order, which is an order of preference', [turn, turns], [turns, turn]],
    ['another username', [turn], [{ ...turn, username: 'eve' }]],
    ['another secret of the same user', [turn], [{ ...turn, credential: 'changed' }]],
    ['the credentials of two servers exchanged', [turn, { ...turns, ...bob }], [{ ...turn, ...bob }, turns]],
  ];

  it.each(different)('is another one for %s', (_, one, other) => {
    expect(serverListKey(other)).not.toBe(serverListKey(one));
  });

  it('is the same for no list and for an empty one', () => {
    expect(serverListKey(undefined)).toBe(serverListKey([]));
  });
});

describe("an address is one of the app's own servers", () => {
  const own = { urls: 'turn:own.example', ...bob };

  const rows: [isOwn: boolean, why: string, url: string, ownServers: RTCIceServer[] | undefined, configured: RTCIceServer[] | undefined][] =
    [
      [true, 'only the app named it', 'turn:own.example:3478?transport=udp', [own], [turn, own]],
      [true, 'the app named it among others', 'turn:own.example', [{ ...own, urls: ['stun:other.example', own.urls] }], [turn, own]],
      [true, 'the app named it twice', 'turn:own.example', [own, own], [own, own]],
      [true, 'it is no longer configured', 'turn:own.example', [own], [turn]],
      [true, 'nothing is configured', 'turn:own.example', [own], undefined],
      [false, 'it was loaded', 'turn:turn.example:80', [own], [turn, own]],
      [false, 'it was loaded, and the app named it as well', 'turn:turn.example:80', [{ ...turn, ...bob }], [turn, { ...turn, ...bob }]],
      [false, 'the app named the same host with another port', 'turn:own.example:80', [own], [turn, own]],
      [false, 'the app named the same host with another transport', 'turn:own.example?transport=tcp', [own], [turn, own]],
      [false, 'nobody named it', 'turn:unknown.example', [own], [turn, own]],
      [false, 'the browser reported no address', '', [own], [turn, own]],
      [false, 'the app has no servers of its own', 'turn:turn.example:80', undefined, [turn]],
    ];

  it.each(rows)('(%s) if %s', (isOwn, _, url, ownServers, configured) => {
    expect(isOwnAddress(url, ownServers, configured)).toBe(isOwn);
  });
});
