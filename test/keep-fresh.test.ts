import { describe, expect, it, vi } from 'vitest';
import type { IceServersLoader } from '../src/index.js';
import { FakeConnection } from './support/connection.js';
import { json, meteredBody, unreachable } from './support/endpoint.js';
import { errorsOf, fixChance, openTab, userOf } from './support/loaders.js';
import { advance, arrival, hourMs, minuteMs, secondMs, turns } from './support/world.js';

const attach = async (loader: IceServersLoader, more: RTCConfiguration = {}): Promise<FakeConnection> => {
  const connection = new FakeConnection({ ...(await arrival(loader.load())), ...more });
  loader.keepFresh(connection.asReal);
  return connection;
};

const samePair = json(meteredBody('same'));

describe('a connection that is kept fresh', () => {
  it('is given the new servers ahead of the expiry', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await attach(loader);
    await advance(hourMs);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
  });

  it('C-58: keeps its policy and everything else of its configuration', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await attach(loader, { iceTransportPolicy: 'relay', bundlePolicy: 'max-bundle' });
    await advance(hourMs);
    expect(connection.given).toMatchObject([{ iceTransportPolicy: 'relay', bundlePolicy: 'max-bundle' }]);
  });

  it('C-58: that was closed is given nothing', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await attach(loader);
    connection.close();
    await advance(hourMs);
    expect(connection.given).toEqual([]);
  });

  it('restarts ICE where the pair changed and the call is relayed', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await attach(loader);
    await advance(hourMs);
    expect(connection.restarts).toBe(1);
  });

  it('C-59: does not restart ICE where the call is not relayed', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await attach(loader);
    connection.route = 'host';
    await advance(hourMs);
    expect(connection.restarts).toBe(0);
  });

  it('does not restart ICE where the same pair comes back', async () => {
    const { loader } = openTab({ storage: 'memory' }, samePair, samePair);
    const connection = await attach(loader);
    await advance(hourMs);
    expect(connection.given).toHaveLength(1);
    expect(connection.restarts).toBe(0);
  });

  it('waits with its restart until that of another connection is negotiated', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const [first, second] = [await attach(loader), await attach(loader)];
    fixChance(0);
    await loader.load({ cache: 'reload' });
    await turns();
    expect([first.restarts, second.restarts]).toEqual([1, 0]);
    first.negotiate('new');
    await turns();
    expect(second.restarts).toBe(1);
  });

  it('is not restarted where the other end’s restart has gathered anew already', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const [first, second] = [await attach(loader), await attach(loader)];
    await loader.load({ cache: 'reload' });
    await turns();
    second.negotiate('new');
    first.negotiate('new');
    await turns();
    expect(second.restarts).toBe(0);
  });

  it('does not hold the others up for more than five seconds where nobody negotiates', async () => {
    const { loader } = openTab({ storage: 'memory' });
    await attach(loader);
    const second = await attach(loader);
    await loader.load({ cache: 'reload' });
    await advance(5 * secondMs);
    expect(second.restarts).toBe(1);
  });
});

describe('a 401 of the TURN server', () => {
  it('brings new servers at once, and a restart', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connection = await attach(loader);
    connection.route = 'host';
    connection.refuse();
    await turns();
    expect(endpoint.requests).toHaveLength(2);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
    expect(connection.restarts).toBe(1);
  });

  it('C-70: is asked about once where the same pair comes back, and one event tells', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' }, samePair, samePair, samePair);
    const errors = errorsOf(loader);
    const connection = await attach(loader);
    for (let i = 0; i < 20; i++) {
      connection.refuse();
      await advance(secondMs);
    }
    expect(endpoint.requests).toHaveLength(2);
    expect(errors.map(({ code }) => code)).toEqual(['credential-rejected']);
    expect(connection.restarts).toBe(0);
  });

  it('of several connections is one request', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connections = [await attach(loader), await attach(loader), await attach(loader)];
    for (const connection of connections) connection.refuse();
    await turns();
    expect(endpoint.requests).toHaveLength(2);
  });

  it('is remembered until new servers come, where the endpoint cannot answer', async () => {
    const { loader } = openTab({ storage: 'memory' }, json(meteredBody(1)), unreachable, unreachable, unreachable);
    const connection = await attach(loader);
    connection.route = 'host';
    connection.refuse();
    await advance(20 * minuteMs);
    await advance(hourMs);
    expect(connection.restarts).toBeGreaterThanOrEqual(1);
  });

  it.each([701, 486, 508])('is meant: %i brings no request', async (code) => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    (await attach(loader)).refuse(code);
    await turns();
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('where the browser has no icecandidateerror', () => {
  const gather = (connection: FakeConnection, candidate: string | undefined): void => {
    connection.iceGatheringState = 'gathering';
    connection.dispatchEvent(new Event('icegatheringstatechange'));
    if (candidate) connection.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: { candidate } }));
    connection.iceGatheringState = 'complete';
    connection.dispatchEvent(new Event('icegatheringstatechange'));
  };

  const withoutEvent = async (loader: IceServersLoader): Promise<FakeConnection> => {
    const connection = await attach(loader);
    delete (connection as Partial<FakeConnection>).onicecandidateerror;
    return connection;
  };

  it('a gathering without a relay candidate is a hint to ask again, and never an error', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' }, samePair, samePair, samePair);
    const errors = errorsOf(loader);
    const connection = await withoutEvent(loader);
    gather(connection, undefined);
    await turns();
    gather(connection, undefined);
    await turns();
    expect(endpoint.requests).toHaveLength(2);
    expect(errors).toEqual([]);
  });

  it('a gathering with a relay candidate is none', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    gather(await withoutEvent(loader), 'candidate:1 1 udp 5 10.0.0.1 9 typ relay raddr 0.0.0.0 rport 0');
    await turns();
    expect(endpoint.requests).toHaveLength(1);
  });

  it('a call that is connected is left alone', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connection = await withoutEvent(loader);
    connection.connectionState = 'connected';
    gather(connection, undefined);
    await turns();
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('letting go', () => {
  it('of a closed connection takes no more than ten seconds', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await attach(loader);
    connection.close();
    await advance(10 * secondMs);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['the returned function', 'the signal', 'dispose'])('by %s leaves no timer', async (way) => {
    const { loader } = openTab({ storage: 'memory' });
    const controller = new AbortController();
    const connection = new FakeConnection(await arrival(loader.load()));
    const stop = loader.keepFresh(connection.asReal, { signal: controller.signal });
    if (way === 'dispose') loader.dispose();
    else if (way === 'the signal') controller.abort();
    else stop();
    await advance(10 * secondMs);
    expect(vi.getTimerCount()).toBe(0);
    connection.refuse();
    await turns();
    expect(connection.given).toEqual([]);
  });

  it('may be done twice, and a connection may be kept twice', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await attach(loader);
    const stop = loader.keepFresh(connection.asReal);
    stop();
    stop();
    await advance(10 * secondMs);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('C-56: an hour of outage costs fewer than 25 rounds', async () => {
  const outage = Array.from({ length: 200 }, () => unreachable);
  const { loader, endpoint } = openTab({ storage: 'memory', maxAge: 60 }, json(meteredBody(1)), ...outage);
  await attach(loader);
  await advance(minuteMs);
  const before = endpoint.requests.length;
  await advance(hourMs);
  expect(endpoint.requests.length - before).toBeLessThan(25);
});

it('what is no RTCPeerConnection is a TypeError', () => {
  const { loader } = openTab({ storage: 'memory' });
  expect(() => loader.keepFresh({} as RTCPeerConnection)).toThrow(TypeError);
});
