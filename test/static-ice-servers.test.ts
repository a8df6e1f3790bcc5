import { describe, expect, it } from 'vitest';
import { staticIceServers } from '../src/index.js';
import { whyConstructorThrows } from './support/constructor-oracle.js';

const pair = { username: 'user', credential: 'secret' };

describe('staticIceServers', () => {
  it('returns the five documented entries, the last four with username and credential', () => {
    expect(staticIceServers(pair)).toEqual([
      { urls: 'stun:stun.relay.metered.ca:80' },
      { urls: 'turn:global.relay.metered.ca:80', ...pair },
      { urls: 'turn:global.relay.metered.ca:80?transport=tcp', ...pair },
      { urls: 'turn:global.relay.metered.ca:443', ...pair },
      { urls: 'turns:global.relay.metered.ca:443?transport=tcp', ...pair },
    ]);
  });

  it('accepts another TURN host, and keeps the STUN entry', () => {
    const servers = staticIceServers({ ...pair, host: 'eu.relay.metered.ca' });
    expect(servers[0]!.urls).toBe('stun:stun.relay.metered.ca:80');
    expect(servers.slice(1).every(({ urls }) => String(urls).includes(':eu.relay.metered.ca:'))).toBe(true);
  });

  it('returns what both browsers accept', () => {
    expect(whyConstructorThrows({ iceServers: staticIceServers(pair) })).toBeUndefined();
  });

  it('returns new mutable entries each time', () => {
    staticIceServers(pair)[1]!.username = 'changed';
    expect(staticIceServers(pair)[1]!.username).toBe('user');
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['no username', { credential: 'secret' }],
    ['an empty username', { username: '', credential: 'secret' }],
    ['no credential', { username: 'user' }],
    ['a credential that is no string', { username: 'user', credential: 7 }],
    ['an empty host', { ...pair, host: '' }],
    ['a host that is no string', { ...pair, host: 7 }],
  ])('throws a TypeError that names what is needed for %s', (_, wrong) => {
    expect(() => staticIceServers(wrong as never)).toThrow(TypeError);
    expect(() => staticIceServers(wrong as never)).toThrow(/username.*credential/);
  });
});
