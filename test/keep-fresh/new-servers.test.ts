import { describe, expect, it } from 'vitest';
import { connect, FakeConnection, samePair } from '../support/connection.js';
import { json, meteredBody, unreachable } from '../support/endpoint.js';
import { keep, openTab, urlsOf, userOf } from '../support/loaders.js';
import { advance, hourMs, minuteMs, secondMs, settle } from '../support/world.js';

describe('a connection that is kept fresh', () => {
  it('gets the new servers before the expiry', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    await advance(hourMs);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
  });

  it('C-58: keeps its policy and everything else of its configuration', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader, { iceTransportPolicy: 'relay', bundlePolicy: 'max-bundle' });
    await advance(hourMs);
    expect(connection.applied).toMatchObject([{ iceTransportPolicy: 'relay', bundlePolicy: 'max-bundle' }]);
  });

  it('is left alone before its first negotiation, as Chromium would fire negotiationneeded for nothing', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    connection.localDescription = null;
    await advance(hourMs);
    expect(connection.applied).toEqual([]);
  });

  it.each(['negotiationneeded', 'signalingstatechange'])('gets the new servers at %s if it was not negotiated before', async (type) => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    connection.localDescription = null;
    await advance(hourMs);
    connection.dispatchEvent(new Event(type));
    expect(userOf(connection.getConfiguration())).toBe('user-2');
  });

  it('C-70: does not get the same list again if the browser turns a missing username into an empty one', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' }, samePair);
    endpoint.always(samePair);
    const connection = await connect(loader);
    const { getConfiguration } = connection;
    connection.getConfiguration = () => {
      const configuration = getConfiguration.call(connection);
      const iceServers = configuration.iceServers!.map((server) => Object.assign({ username: '', credential: '' }, server));
      return { ...configuration, iceServers };
    };
    await advance(2 * hourMs);
    expect(connection.applied).toEqual([]);
  });

  it('C-58: gets nothing after it was closed', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    connection.close();
    await advance(hourMs);
    expect(connection.applied).toEqual([]);
  });

  it('gets new URLs with the same username without an ICE restart', async () => {
    const { loader } = openTab({ storage: 'memory' }, samePair, json(meteredBody('same', 'asia.relay.metered.ca')));
    const connection = await connect(loader);
    await advance(hourMs);
    expect(connection.applied).toHaveLength(1);
    expect(connection.restarts).toBe(0);
  });

  it('gets at once the servers that were loaded before keepFresh', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = new FakeConnection(await settle(loader.load()));
    await loader.load({ cache: 'reload' });
    keep(connection, loader);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
  });

  it('gets the stored servers if it was created before any load', async () => {
    const { loader, anotherTab } = openTab();
    await settle(anotherTab().load());
    const connection = new FakeConnection({});
    keep(connection, loader);
    await advance(10 * secondMs);
    expect(userOf(connection.getConfiguration())).toBe('user-1');
  });

  it('gets a new list that is trimmed to maxUrls and has the servers of rtcConfiguration', async () => {
    const own = { urls: 'turn:own.example:3478', username: 'own', credential: 'own' };
    const { loader } = openTab({ storage: 'memory', maxUrls: 3, rtcConfiguration: { iceServers: [own] } });
    const connection = await connect(loader);
    const before = urlsOf(connection.getConfiguration());
    await advance(hourMs);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
    expect(urlsOf(connection.getConfiguration())).toEqual(before);
  });

  it('keeps its servers if the loader has only its fallback', async () => {
    const fallback = [{ urls: 'stun:fallback.example' }];
    const { loader, endpoint } = openTab({ storage: 'memory', maxAge: 60, staleIfError: 0, fallback });
    const connection = await connect(loader);
    endpoint.always(unreachable);
    await advance(10 * minuteMs);
    expect(urlsOf(await settle(loader.load()))).toEqual(['stun:fallback.example']);
    expect(connection.applied).toEqual([]);
  });

  it('does not keep other connections from new servers if its setConfiguration throws', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const [first, second] = [await connect(loader), await connect(loader)];
    first.setConfiguration = () => {
      throw new DOMException('modified', 'InvalidModificationError');
    };
    await advance(hourMs);
    expect(second.applied).toHaveLength(1);
  });
});
