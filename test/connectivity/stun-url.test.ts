import { expect, it } from 'vitest';
import { stunUrlFor } from '../../src/credentials/ice-url.js';

it.each([
  ['turn:turn.example', 'stun:turn.example'],
  ['turn:turn.example:80', 'stun:turn.example:80'],
  ['turn:turn.example:80?transport=udp', 'stun:turn.example:80'],
  ['TURN:turn.example?transport=TCP', 'stun:turn.example'],
  ['turn:[2001:db8::1]:3478', 'stun:[2001:db8::1]:3478'],
])('a server with the TURN URL %s answers STUN at %s', (turnUrl, stunUrl) => {
  expect(stunUrlFor(turnUrl)).toBe(stunUrl);
});

it.each(['', 'turn:', 'https://turn.example', 'turn:turn.example?transport=tls'])('"%s" is no TURN URL and has no STUN URL', (url) => {
  expect(stunUrlFor(url)).toBeUndefined();
});
