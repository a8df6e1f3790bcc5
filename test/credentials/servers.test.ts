import { describe, expect, it } from 'vitest';
import { trimServers } from '../../src/credentials/ice-servers.js';
import { json, meteredBody } from '../support/endpoint.js';
import { openTab, urlsOf } from '../support/loaders.js';
import { settle } from '../support/world.js';

const trimmed = (maxUrls: number, servers: RTCIceServer[] = meteredBody()): string[] =>
  urlsOf({ iceServers: trimServers(servers, maxUrls) });

const [stun80, udp80, tcp80, udp443, tls443] = urlsOf({ iceServers: meteredBody() });

describe('maxUrls', () => {
  it.each([5, 6, Infinity])('of %d keeps the documented five', (maxUrls) => {
    expect(trimmed(maxUrls)).toEqual([stun80, udp80, tcp80, udp443, tls443]);
  });

  it.each([
    [4, 'one of each transport', [stun80, tcp80, udp443, tls443]],
    [3, 'TLS, UDP and TCP', [tcp80, udp443, tls443]],
    [2, 'TLS and UDP', [udp443, tls443]],
    [1, 'TLS, which passes most firewalls', [tls443]],
  ])('of %i keeps %s, in the same order', (maxUrls, _, urls) => {
    expect(trimmed(maxUrls)).toEqual(urls);
  });

  it('C-61: of 4 out of 8 URLs keeps one of each transport and never loses TLS on 443', () => {
    const pair = { username: 'user', credential: 'secret' };
    const eight = [
      { urls: ['stun:a.example:3478', 'stun:b.example:80'] },
      { urls: ['turn:a.example:3478', 'turn:b.example:80', 'turn:b.example:80?transport=tcp'], ...pair },
      { urls: ['turns:a.example:5349?transport=tcp', 'turns:b.example:443?transport=tcp', 'turn:b.example:443'], ...pair },
    ];
    expect(trimmed(4, eight)).toEqual([
      'stun:a.example:3478',
      'turn:b.example:80?transport=tcp',
      'turns:b.example:443?transport=tcp',
      'turn:b.example:443',
    ]);
  });

  it('fills the remaining places in the same order', () => {
    const servers = [{ urls: ['stun:a.example', 'stun:b.example', 'stun:c.example'] }];
    expect(trimmed(2, servers)).toEqual(['stun:a.example', 'stun:b.example']);
  });

  it('counts a duplicate URL once, and returns it once', () => {
    const servers = [{ urls: 'stun:a.example' }, { urls: 'stun:a.example' }, { urls: 'stun:b.example' }];
    expect(trimmed(2, servers)).toEqual(['stun:a.example', 'stun:b.example']);
  });

  it('keeps a list of URLs a list even if one is left, with its username and credential', () => {
    const server = { urls: ['turn:a.example:80', 'turn:a.example:443'], username: 'user', credential: 'secret' };
    expect(trimServers([server], 1)).toEqual([{ ...server, urls: ['turn:a.example:443'] }]);
  });

  it('recognises port 443, but not 4430', () => {
    const servers = [{ urls: ['stun:a.example:4430', 'stun:b.example:443'] }];
    expect(trimmed(1, servers)).toEqual(['stun:b.example:443']);
  });

  it('does not change its argument', () => {
    const servers = meteredBody();
    trimServers(servers, 2);
    expect(servers).toEqual(meteredBody());
  });

  it('C-61: limits the result of load, including the servers of rtcConfiguration', async () => {
    const own = { urls: 'stun:own.example' };
    const { loader } = openTab({ maxUrls: 4, rtcConfiguration: { iceServers: [own] } }, json(meteredBody()));
    expect(urlsOf(await settle(loader.load()))).toEqual([stun80, tcp80, udp443, tls443]);
  });
});
