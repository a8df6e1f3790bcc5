import { describe, expect, it } from 'vitest';
import { readBodyShape } from '../../src/credentials/body-shapes.js';
import { meteredBody } from '../support/endpoint.js';

const servers = meteredBody();

describe('a body', () => {
  const rows: [what: string, body: unknown, entries: readonly unknown[], ttl: unknown][] = [
    ['that is a bare list, as Metered sends it', servers, servers, undefined],
    ['with iceServers, as a route of the app sends it', { iceServers: servers }, servers, undefined],
    ['with iceServers and their life', { iceServers: servers, ttl: 600 }, servers, 600],
    ['with iceServers and more that is nobody’s business', { iceServers: servers, region: 'eu', ok: true }, servers, undefined],
    ['that is an empty list', [], [], undefined],
    ['with empty iceServers', { iceServers: [] }, [], undefined],
    ['that is a list of anything: entries are checked later', [1, null, 'x'], [1, null, 'x'], undefined],
    ['with a life of anything: it is checked later', { iceServers: servers, ttl: 'long' }, servers, 'long'],
  ];

  it.each(rows)('%s has its entries and its life', (_, body, entries, ttl) => {
    expect(readBodyShape(body)).toEqual({ entries, ttl });
  });

  const others: [what: string, body: unknown][] = [
    ['that was no JSON', undefined],
    ['that is null', null],
    ['that is a number', 7],
    ['that is true', true],
    ['that is text', 'iceServers'],
    ['that is an empty object', {}],
    ['that reports an error', { error: 'Invalid API Key' }],
    ['with iceServers that are text', { iceServers: 'stun:turn.example' }],
    ['with iceServers that are null', { iceServers: null }],
    ['with a life alone', { ttl: 600 }],
  ];

  it.each(others)('%s has none', (_, body) => {
    expect(readBodyShape(body)).toBeUndefined();
  });
});
