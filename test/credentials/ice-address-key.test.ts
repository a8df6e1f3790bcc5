import { describe, expect, it } from 'vitest';
import { iceAddressKey } from '../../src/credentials/ice-url.js';

describe('two spellings name one address:', () => {
  const rows: [why: string, one: string, other: string][] = [
    ['the port of TURN is left out', 'turn:turn.example', 'turn:turn.example:3478'],
    ['the transport of TURN is left out', 'turn:turn.example', 'turn:turn.example?transport=udp'],
    ['both are left out, as a browser adds both', 'turn:turn.example', 'turn:turn.example:3478?transport=udp'],
    ['the port of TURN over TCP is left out', 'turn:turn.example?transport=tcp', 'turn:turn.example:3478?transport=tcp'],
    ['the port of TLS is left out', 'turns:turn.example', 'turns:turn.example:5349'],
    ['the transport of TLS is left out', 'turns:turn.example:443', 'turns:turn.example:443?transport=tcp'],
    ['TLS is always over TCP', 'turns:turn.example:443?transport=udp', 'turns:turn.example:443?transport=tcp'],
    ['the port of STUN is left out', 'stun:turn.example', 'stun:turn.example:3478'],
    ['a TURN server over UDP answers STUN at the same port', 'stun:turn.example:80', 'turn:turn.example:80'],
    ['capitals in the host make no difference', 'turn:Turn.Example:80', 'turn:turn.example:80'],
    ['capitals in the scheme make no difference', 'TURN:turn.example:80', 'turn:turn.example:80'],
    ['capitals in the transport make no difference', 'turn:turn.example?transport=TCP', 'turn:turn.example?transport=tcp'],
    ['zeros before the port make no difference', 'turn:turn.example:0080', 'turn:turn.example:80'],
    ['a port that is empty is left out', 'turn:turn.example:', 'turn:turn.example'],
    ['the port of an IPv6 address is left out', 'turn:[2001:db8::1]', 'turn:[2001:db8::1]:3478?transport=udp'],
    ['capitals in an IPv6 address make no difference', 'turn:[2001:DB8::A]:80', 'turn:[2001:db8::a]:80'],
  ];

  it.each(rows)('%s (%s, %s)', (_, one, other) => {
    expect(iceAddressKey(other)).toBe(iceAddressKey(one));
  });
});

describe('two addresses are told apart:', () => {
  const rows: [why: string, one: string, other: string][] = [
    ['another host', 'turn:one.example', 'turn:two.example'],
    ['a host that only begins the same', 'turn:turn.example', 'turn:turn.example.org'],
    ['another port', 'turn:turn.example:80', 'turn:turn.example:443'],
    ['UDP and TCP', 'turn:turn.example:80', 'turn:turn.example:80?transport=tcp'],
    ['TCP and TLS', 'turn:turn.example:443?transport=tcp', 'turns:turn.example:443?transport=tcp'],
    ['the default ports of TURN and TLS', 'turn:turn.example?transport=tcp', 'turns:turn.example'],
    ['STUN and TURN over TCP', 'stun:turn.example:80', 'turn:turn.example:80?transport=tcp'],
    ['another IPv6 address', 'turn:[2001:db8::1]', 'turn:[2001:db8::2]'],
  ];

  it.each(rows)('%s (%s, %s)', (_, one, other) => {
    expect(iceAddressKey(other)).not.toBe(iceAddressKey(one));
  });
});

it.each([
  ['nothing, as a browser may report', ''],
  ['a web address', 'https://turn.example'],
  ['a scheme that no browser supports', 'stuns:turn.example'],
  ['a host alone', 'turn.example:80'],
  ['a scheme alone', 'turn:'],
])('what is no STUN or TURN URL stands for itself: %s', (_, url) => {
  expect(iceAddressKey(url)).toBe(url);
});
