import * as fc from 'fast-check';
import { meteredBody } from './endpoint.js';

/** Valid and invalid URLs from valid and invalid parts. */
const urls = fc.oneof(
  fc.constantFrom(...meteredBody().flatMap((server) => server.urls)),
  fc
    .tuple(
      fc.constantFrom('stun:', 'turn:', 'turns:', 'stuns:', 'TURN:', 'http:', '', 'turn://', 'turn'),
      fc.constantFrom(
        'a.example',
        '192.0.2.1',
        '[2001:db8::1]',
        '[::g]',
        '256.1.1.1',
        '',
        'a b',
        'ü.example',
        'u@a.example',
        'xn--a',
        '1',
        '0x7f',
        '.',
        '-',
        '..',
      ),
      fc.constantFrom('', ':443', ':80', ':0', ':65536', ':2049', ':x', ':', ':00443'),
      fc.constantFrom(
        '',
        '?transport=udp',
        '?transport=tcp',
        '?transport=tls',
        '?transport=UDP',
        '?',
        '#x',
        '/x',
        '?transport=udp&x',
        ' ',
        '\n',
      ),
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

const secrets = fc.oneof(
  fc.constantFrom<unknown>('user', 'secret', '', undefined, null, 7, 'ü'.repeat(255), 'u'.repeat(509), 'u'.repeat(510)),
  fc.string({ unit: 'binary' }),
);

/** Valid and invalid entries of a list. */
export const entries: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...meteredBody()),
  fc.record(
    { urls: fc.oneof(urls, fc.array(urls, { maxLength: 4 }), fc.anything()), username: secrets, credential: secrets },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);

/** Valid and invalid bodies, with errors at every level. */
export const bodies: fc.Arbitrary<unknown> = fc.oneof(
  fc.array(entries, { maxLength: 24 }),
  fc.record(
    { iceServers: fc.oneof(fc.array(entries, { maxLength: 6 }), fc.jsonValue()), ttl: fc.oneof(fc.double(), fc.jsonValue()) },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);
