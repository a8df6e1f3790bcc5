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
  fc
    .tuple(
      fc.constantFrom('', ' ', '\n', '\t '),
      fc.constantFrom(...meteredBody().flatMap((server) => server.urls)),
      fc.constantFrom('', ' ', '\r\n'),
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

const secrets = fc.oneof(
  fc.constantFrom<unknown>(
    'user',
    'secret',
    '',
    undefined,
    null,
    7,
    1_780_000_000,
    true,
    {},
    'ü'.repeat(255),
    'u'.repeat(509),
    'u'.repeat(510),
  ),
  fc.string({ unit: 'binary' }),
);

/** Valid and invalid entries of a list. */
export const entries: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...meteredBody()),
  fc.record(
    { urls: fc.oneof(urls, fc.array(urls, { maxLength: 4 }), fc.anything()), url: urls, username: secrets, credential: secrets },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);

const lists = fc.oneof(fc.array(entries, { maxLength: 24 }), entries, fc.jsonValue());

const lives = fc.oneof(
  fc.double(),
  fc.double().map(String),
  fc.constantFrom<unknown>('600', ' 600 ', '0', '', 'long', 0, -1, 600),
  fc.jsonValue(),
);

/** Valid and invalid bodies, with errors at every level. */
export const bodies: fc.Arbitrary<unknown> = fc.oneof(
  fc.array(entries, { maxLength: 24 }),
  fc.record({ iceServers: lists, ttl: lives }, { requiredKeys: [] }),
  fc.record({ ice_servers: lists, ttl: lives, username: secrets, password: secrets }, { requiredKeys: [] }),
  fc.record(
    { v: fc.record({ iceServers: lists, ttl: lives }, { requiredKeys: [] }), s: fc.constantFrom('ok', 'error') },
    { requiredKeys: [] },
  ),
  fc.record(
    { uris: fc.oneof(fc.array(urls, { maxLength: 4 }), urls, fc.jsonValue()), username: secrets, password: secrets, ttl: lives },
    { requiredKeys: [] },
  ),
  entries,
  fc.jsonValue(),
);
