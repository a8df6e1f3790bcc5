import { describe, expect, it, vi } from 'vitest';
import { connect, FakeConnection, samePair } from '../support/connection.js';
import { delayed, json, meteredBody, unreachable } from '../support/endpoint.js';
import { errorsOf, keep, openTab, userOf } from '../support/loaders.js';
import { advance, flush, hourMs, minuteMs, secondMs, settle, startOfTime } from '../support/world.js';

describe('a 401 of the TURN server', () => {
  it('brings new servers at once, and a restart', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    connection.localCandidateType = 'host';
    connection.fireCandidateError();
    await flush();
    expect(endpoint.requests).toHaveLength(2);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
    expect(connection.restarts).toBe(1);
  });

  it('C-70: is asked about once where the same pair comes back, and one event tells', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' }, samePair, samePair, samePair);
    const errors = errorsOf(loader);
    const connection = await connect(loader);
    for (let i = 0; i < 20; i++) {
      connection.fireCandidateError();
      await advance(secondMs);
    }
    expect(endpoint.requests).toHaveLength(2);
    expect(errors.map(({ code }) => code)).toEqual(['credential-rejected']);
    expect(connection.restarts).toBe(0);
  });

  it('C-70: that stays is quiet for the rest: without another 401 nobody is asked again', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory', maxAge: Infinity });
    endpoint.always(samePair);
    const connection = await connect(loader);
    connection.fireCandidateError();
    await advance(hourMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('after which the clock was set back by a day is asked about again 5 minutes later at the most', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory', maxAge: Infinity });
    endpoint.always(samePair);
    const connection = await connect(loader);
    connection.fireCandidateError();
    await flush();
    vi.setSystemTime(Date.now() - 24 * hourMs);
    await advance(6 * minuteMs);
    const asked = endpoint.requests.length;
    connection.fireCandidateError();
    await flush();
    expect(endpoint.requests.length).toBeGreaterThan(asked);
  });

  it('past expiresAt is told once, and asks nobody', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory', expiresAt: startOfTime + minuteMs });
    endpoint.always(samePair);
    const errors = errorsOf(loader);
    const connection = await connect(loader);
    await advance(2 * minuteMs);
    const asked = endpoint.requests.length;
    for (let i = 0; i < 20; i++) {
      connection.fireCandidateError();
      await advance(10 * secondMs);
    }
    expect(errors.map(({ code }) => code)).toEqual(['invalid-api-key']);
    expect(endpoint.requests).toHaveLength(asked);
  });

  it('of several connections is one request', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connections = [await connect(loader), await connect(loader), await connect(loader)];
    for (const connection of connections) connection.fireCandidateError();
    await flush();
    expect(endpoint.requests).toHaveLength(2);
  });

  it('with a new pair in every answer is asked about once, and one event tells', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory', maxAge: Infinity });
    const errors = errorsOf(loader);
    const connection = await connect(loader);
    for (let i = 0; i < 20; i++) {
      connection.fireCandidateError();
      await flush();
      connection.negotiate(`again-${i}`);
      await advance(secondMs);
    }
    expect(endpoint.requests).toHaveLength(2);
    expect(errors.map(({ code }) => code)).toEqual(['credential-rejected']);
    expect(connection.restarts).toBe(1);
  });

  it('that comes late, of a pair that was replaced meanwhile, brings no request', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    connection.fireCandidateError();
    await flush();
    connection.fireCandidateError();
    await flush();
    expect(endpoint.requests).toHaveLength(2);
    expect(connection.restarts).toBe(1);
  });

  it('is asked about again when the endpoint’s cool-down is over, not only at the next refresh', async () => {
    const { loader } = openTab({ storage: 'memory', maxAge: Infinity }, json(meteredBody(1)), unreachable, unreachable, unreachable);
    const connection = await connect(loader);
    connection.fireCandidateError();
    await advance(minuteMs);
    expect(userOf(connection.getConfiguration())).not.toBe('user-1');
  });

  it('changes nothing for a connection that was let go before the answer came', async () => {
    const { loader } = openTab({ storage: 'memory' }, json(meteredBody(1)), delayed(secondMs));
    const connection = new FakeConnection(await settle(loader.load()));
    const stop = keep(connection, loader);
    connection.fireCandidateError();
    await flush();
    stop();
    await advance(minuteMs);
    expect(connection.applied).toEqual([]);
  });

  it('is remembered until new servers come, where the endpoint cannot answer', async () => {
    const { loader } = openTab({ storage: 'memory' }, json(meteredBody(1)), unreachable, unreachable, unreachable);
    const connection = await connect(loader);
    connection.localCandidateType = 'host';
    connection.fireCandidateError();
    await advance(20 * minuteMs);
    await advance(hourMs);
    expect(connection.restarts).toBeGreaterThanOrEqual(1);
  });

  it.each([701, 486, 508])('is meant: %i brings no request', async (code) => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    (await connect(loader)).fireCandidateError(code);
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });
});
