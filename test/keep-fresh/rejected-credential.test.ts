import { describe, expect, it, vi } from 'vitest';
import { connect, FakeConnection, samePair } from '../support/connection.js';
import { delayed, json, meteredBody, unreachable } from '../support/endpoint.js';
import { errorsOf, keep, openTab, userOf } from '../support/loaders.js';
import { advance, flush, hourMs, minuteMs, secondMs, settle, startOfTime } from '../support/world.js';

describe('a 401 of a TURN server', () => {
  it('brings new servers at once, and an ICE restart', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    connection.localCandidateType = 'host';
    connection.fireCandidateError();
    await flush();
    expect(endpoint.requests).toHaveLength(2);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
    expect(connection.restarts).toBe(1);
  });

  it('C-70: sends one request and fires one event if the same username and credential come back', async () => {
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

  it('C-70: sends no further request without another 401 if the same username and credential come back', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory', maxAge: Infinity });
    endpoint.always(samePair);
    const connection = await connect(loader);
    connection.fireCandidateError();
    await advance(hourMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('sends another request at most 5 minutes later, even if the clock was set back by a day', async () => {
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

  it('past expiresAt fires one event and sends no request', async () => {
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

  it('on several connections sends one request', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connections = [await connect(loader), await connect(loader), await connect(loader)];
    for (const connection of connections) connection.fireCandidateError();
    await flush();
    expect(endpoint.requests).toHaveLength(2);
  });

  it('sends one request and fires one event if every answer has a new username', async () => {
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

  it('that comes late, for a credential that was replaced meanwhile, sends no request', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    connection.fireCandidateError();
    await flush();
    connection.fireCandidateError();
    await flush();
    expect(endpoint.requests).toHaveLength(2);
    expect(connection.restarts).toBe(1);
  });

  it('sends another request when the endpoint’s cool-down ends, not only at the next refresh', async () => {
    const { loader } = openTab({ storage: 'memory', maxAge: Infinity }, json(meteredBody(1)), unreachable, unreachable, unreachable);
    const connection = await connect(loader);
    connection.fireCandidateError();
    await advance(minuteMs);
    expect(userOf(connection.getConfiguration())).not.toBe('user-1');
  });

  it('does not change a connection whose keepFresh was stopped before the answer came', async () => {
    const { loader } = openTab({ storage: 'memory' }, json(meteredBody(1)), delayed(secondMs));
    const connection = new FakeConnection(await settle(loader.load()));
    const stop = keep(connection, loader);
    connection.fireCandidateError();
    await flush();
    stop();
    await advance(minuteMs);
    expect(connection.applied).toEqual([]);
  });

  it('is remembered until new servers come if the endpoint fails', async () => {
    const { loader } = openTab({ storage: 'memory' }, json(meteredBody(1)), unreachable, unreachable, unreachable);
    const connection = await connect(loader);
    connection.localCandidateType = 'host';
    connection.fireCandidateError();
    await advance(20 * minuteMs);
    await advance(hourMs);
    expect(connection.restarts).toBeGreaterThanOrEqual(1);
  });

  it.each([701, 486, 508])('is the only error that counts: %i sends no request', async (code) => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    (await connect(loader)).fireCandidateError(code);
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });
});
