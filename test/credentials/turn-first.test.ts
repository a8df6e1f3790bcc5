import { describe, expect, it } from 'vitest';
import { parseResponse } from '../../src/credentials/parse-response.js';
import { whyConstructorThrows } from '../support/constructor-oracle.js';
import { httpError, json } from '../support/endpoint.js';
import { openTab } from '../support/loaders.js';
import { openServersTab } from '../support/sources.js';
import { settle } from '../support/world.js';

const pair = { username: 'user', credential: 'secret' };
const stuns = (count: number): RTCIceServer[] => Array.from({ length: count }, (_, i) => ({ urls: `stun:stun${i}.example:3478` }));
const turns = (count: number): RTCIceServer[] => Array.from({ length: count }, (_, i) => ({ urls: `turn:turn${i}.example:3478`, ...pair }));

/** The list that many pages paste: 19 STUN servers, then 3 TURN servers. */
const pasted = [...stuns(19), ...turns(3)];

describe('a list that is too long', () => {
  const rows: [what: string, sent: readonly RTCIceServer[], kept: readonly RTCIceServer[], dropped: number][] = [
    ['19 STUN servers, then 3 TURN servers', pasted, [...stuns(13), ...turns(3)], 6],
    ['3 TURN servers, then 19 STUN servers', [...turns(3), ...stuns(19)], [...turns(3), ...stuns(13)], 6],
    ['a TURN server between STUN servers', [...stuns(18), ...turns(1), ...stuns(2)], [...stuns(15), ...turns(1)], 5],
    ['20 TURN servers', turns(20), turns(16), 4],
    ['16 TURN servers behind a STUN server', [...stuns(1), ...turns(16)], turns(16), 1],
    ['20 STUN servers', stuns(20), stuns(16), 4],
    ['16 servers, which are not too many', [...stuns(13), ...turns(3)], [...stuns(13), ...turns(3)], 0],
  ];

  it.each(rows)('C-72: of %s keeps 16, TURN before any other, in their order', (_, sent, kept, dropped) => {
    expect(parseResponse(sent)).toMatchObject({ iceServers: kept, dropped });
  });

  it('counts the URLs that were cut, and not the entries', () => {
    const long = Array.from({ length: 3 }, (_, i) => ({ urls: [`stun:a${i}.example`, `stun:b${i}.example`] }));
    expect(parseResponse([...turns(15), ...long])).toMatchObject({ dropped: 4 });
  });

  it('keeps an entry that has TURN beside STUN as one with TURN', () => {
    const both = { urls: ['stun:both.example', 'turn:both.example'], ...pair };
    expect(parseResponse([...stuns(16), both])?.iceServers).toEqual([...stuns(15), both]);
  });

  it('does not keep a bad TURN entry before a good STUN server', () => {
    const bad = { urls: 'turn:bad.example' };
    expect(parseResponse([...turns(1), ...stuns(15), bad])).toMatchObject({ iceServers: [...turns(1), ...stuns(15)], dropped: 1 });
  });
});

describe('C-72: the pasted list', () => {
  it.each([
    ['an endpoint sends it', () => openTab({}, json(pasted))],
    ['getServers returns it', () => openServersTab(() => ({ iceServers: pasted }))],
  ])('has all of its TURN servers, if %s', async (_, open) => {
    const { loader } = open();
    const { iceServers } = await settle(loader.load());
    expect(iceServers).toHaveLength(16);
    expect(iceServers.slice(-3)).toEqual(turns(3));
    expect(loader.status).toMatchObject({ hasTurn: true, dropped: 6 });
  });

  it('is not cut in rtcConfiguration, whatever the endpoint sends', async () => {
    const { loader } = openTab({ rtcConfiguration: { iceServers: pasted } }, json(pasted));
    const configuration = await settle(loader.load());
    expect(configuration.iceServers).toHaveLength(16 + pasted.length);
    expect(configuration.iceServers.slice(16)).toEqual(pasted);
    expect(whyConstructorThrows(configuration)).toBeUndefined();
  });

  it('is not cut in fallback', async () => {
    const { loader } = openTab({ fallback: pasted }, httpError(404));
    const configuration = await settle(loader.load());
    expect(configuration).toEqual({ iceServers: pasted });
    expect(whyConstructorThrows(configuration)).toBeUndefined();
  });

  it('with blanks around its URLs is cleaned in fallback and in rtcConfiguration: no constructor takes them', async () => {
    const untidy = pasted.map((server) => ({ ...server, urls: ` ${String(server.urls)}\n` }));
    const { loader } = openTab({ fallback: untidy, rtcConfiguration: { iceServers: untidy } }, httpError(404));
    const configuration = await settle(loader.load());
    expect(configuration).toEqual({ iceServers: [...pasted, ...pasted] });
    expect(whyConstructorThrows(configuration)).toBeUndefined();
  });
});
