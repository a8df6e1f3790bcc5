import { describe, expect, it } from 'vitest';
import { readTargets } from '../../src/connectivity/targets.js';
import { stun, tcp, tls, udp } from '../support/urls.js';

describe('the URLs of a configuration', () => {
  const read = (...urls: string[]) => readTargets([{ urls, username: 'name', credential: 'secret' }]);

  it.each([
    [stun, 'stun', 'udp'],
    [udp, 'turn', 'udp'],
    [`${udp}?transport=udp`, 'turn', 'udp'],
    [tcp, 'turn', 'tcp'],
    [tls, 'turns', 'tls'],
    ['turns:turn.example', 'turns', 'tls'],
    ['turns:turn.example:443?transport=udp', 'turns', 'tls'],
    ['TURN:turn.example?transport=TCP', 'turn', 'tcp'],
    ['turn:[::1]:3478', 'turn', 'udp'],
  ])('%s is %s over %s', (url, kind, transport) => {
    expect(read(url)).toMatchObject([{ url, kind, transport, server: { urls: url } }]);
    expect(read(url)[0]!.host).not.toBe('');
  });

  it('test a STUN URL without username and credential, and a TURN URL with them', () => {
    expect(read(stun, udp).map(({ server }) => server)).toEqual([{ urls: stun }, { urls: udp, username: 'name', credential: 'secret' }]);
  });

  it('contain each URL once, and once more for another username and credential', () => {
    expect(
      readTargets([{ urls: [udp, udp, stun], username: 'a', credential: 'b' }, { urls: [udp, stun], username: 'a', credential: 'c' }]), // prettier-ignore
    ).toHaveLength(3);
  });

  it('are empty without servers', () => expect(readTargets([])).toEqual([]));

  it.each([
    'turn:name:geheim@turn.example',
    'http://turn.example/?apiKey=geheim',
    'turn:turn.example?credential=geheim',
    'turn:turn.example?transport=geheim',
    'turn:turn.example:80?transport=udp&apiKey=geheim',
    'turn:turn.example#geheim',
    'geheim',
    'geheim:x',
    'stuns:turn.example',
    '',
  ])('show the wrong URL "%s" without what may be a secret', (url) => {
    // prettier-ignore
    const [target] = read(url);
    expect(target!.host).toBe('');
    expect(target!.url.replace('geheim:', '')).not.toContain('geheim');
  });
});
