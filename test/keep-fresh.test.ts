import { describe, expect, it, vi } from 'vitest';
import type { IceServersLoader } from '../src/index.js';
import { FakeConnection } from './support/connection.js';
import { json, delayed, meteredBody, unreachable } from './support/endpoint.js';
import { errorsOf, mockRandom, openTab, urlsOf, userOf } from './support/loaders.js';
import { advance, settle, hourMs, minuteMs, secondMs, startOfTime, flush } from './support/world.js';

const attach = async (loader: IceServersLoader, more: RTCConfiguration = {}): Promise<FakeConnection> => {
  const connection = new FakeConnection({ ...(await settle(loader.load())), ...more });
  loader.keepFresh(connection.asPeerConnection);
  return connection;
};

/** Counts the listeners that a target gets from now on and still has. */
const listenersOf = (target: EventTarget): (() => number) => {
  const live = new Set<string>();
  const ids = new Map<unknown, number>();
  const keyOf = (type: string, listener: unknown): string => {
    if (!ids.has(listener)) ids.set(listener, ids.size);
    return `${type} ${ids.get(listener)}`;
  };
  const { addEventListener: add, removeEventListener: remove } = target;
  target.addEventListener = (type, listener, options) => {
    const key = keyOf(type, listener);
    const { signal } = Object(options) as AddEventListenerOptions;
    live.add(key);
    signal?.addEventListener('abort', () => live.delete(key));
    add.call(target, type, listener, options);
  };
  target.removeEventListener = (type, listener, options) => {
    live.delete(keyOf(type, listener));
    remove.call(target, type, listener, options);
  };
  return () => live.size;
};

const pairsOf = (connection: FakeConnection): string[] => [
  ...new Set(
    connection.getConfiguration().iceServers!.flatMap(({ username, credential }) => (username ? `${username} ${credential}` : [])),
  ),
];

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
    expect(connection.applied).toMatchObject([{ iceTransportPolicy: 'relay', bundlePolicy: 'max-bundle' }]);
  });

  it('and has not been negotiated yet is left alone until it is: Chromium would ask for a negotiation of nothing', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await attach(loader);
    connection.localDescription = null;
    await advance(hourMs);
    expect(connection.applied).toEqual([]);
  });

  it.each(['negotiationneeded', 'signalingstatechange'])('and has not been negotiated yet has the new servers at %s', async (type) => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await attach(loader);
    connection.localDescription = null;
    await advance(hourMs);
    connection.dispatchEvent(new Event(type));
    expect(userOf(connection.getConfiguration())).toBe('user-2');
  });

  it('C-70: is not given the same list again where the browser writes no username as an empty one', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' }, samePair);
    endpoint.always(samePair);
    const connection = await attach(loader);
    const { getConfiguration } = connection;
    connection.getConfiguration = () => {
      const configuration = getConfiguration.call(connection);
      const iceServers = configuration.iceServers!.map((server) => Object.assign({ username: '', credential: '' }, server));
      return { ...configuration, iceServers };
    };
    await advance(2 * hourMs);
    expect(connection.applied).toEqual([]);
  });

  it('C-58: that was closed is given nothing', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await attach(loader);
    connection.close();
    await advance(hourMs);
    expect(connection.applied).toEqual([]);
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
    connection.localCandidateType = 'host';
    await advance(hourMs);
    expect(connection.restarts).toBe(0);
  });

  it('is given nothing, and not restarted, where the same list comes back', async () => {
    const { loader } = openTab({ storage: 'memory' }, samePair, samePair);
    const connection = await attach(loader);
    await advance(hourMs);
    expect(connection.applied).toEqual([]);
    expect(connection.restarts).toBe(0);
  });

  it('is given other addresses of the same pair without a restart', async () => {
    const { loader } = openTab({ storage: 'memory' }, samePair, json(meteredBody('same', 'asia.relay.metered.ca')));
    const connection = await attach(loader);
    await advance(hourMs);
    expect(connection.applied).toHaveLength(1);
    expect(connection.restarts).toBe(0);
  });

  it('is given at once what became current before it was kept', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = new FakeConnection(await settle(loader.load()));
    await loader.load({ cache: 'reload' });
    loader.keepFresh(connection.asPeerConnection);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
  });

  it('is given what storage holds where it was made before anything was loaded', async () => {
    const { loader, anotherTab } = openTab();
    await settle(anotherTab().load());
    const connection = new FakeConnection({});
    loader.keepFresh(connection.asPeerConnection);
    await advance(10 * secondMs);
    expect(userOf(connection.getConfiguration())).toBe('user-1');
  });

  it('keeps the trimmed list and the servers of the page’s own in the new one', async () => {
    const own = { urls: 'turn:own.example:3478', username: 'own', credential: 'own' };
    const { loader } = openTab({ storage: 'memory', maxUrls: 3, rtcConfiguration: { iceServers: [own] } });
    const connection = await attach(loader);
    const before = urlsOf(connection.getConfiguration());
    await advance(hourMs);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
    expect(urlsOf(connection.getConfiguration())).toEqual(before);
  });

  it('C-59: is restarted once for each pair, also where nobody negotiates', async () => {
    const { loader } = openTab({ storage: 'memory', maxAge: Infinity });
    const connection = await attach(loader);
    await loader.load({ cache: 'reload' });
    await advance(5 * minuteMs);
    expect(connection.restarts).toBe(1);
  });

  it('is restarted where the call moves to a relay of an older pair', async () => {
    const { loader } = openTab({ storage: 'memory', maxAge: Infinity });
    const connection = await attach(loader);
    connection.localCandidateType = 'host';
    await loader.load({ cache: 'reload' });
    await flush();
    connection.localCandidateType = 'relay';
    await advance(10 * secondMs);
    expect(connection.restarts).toBe(1);
  });

  it('that is relayed is restarted each time, also where the browser’s statistics lose the relay at the first restart', async () => {
    const { loader } = openTab({ storage: 'memory', maxAge: Infinity });
    const connection = await attach(loader);
    await loader.load({ cache: 'reload' });
    await flush();
    connection.negotiate('new');
    connection.localCandidateType = undefined;
    await loader.load({ cache: 'reload' });
    await flush();
    expect(connection.restarts).toBe(2);
  });

  it('is not restarted before it has gathered anything', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await attach(loader, { iceTransportPolicy: 'relay' });
    connection.localDescription = null;
    await loader.load({ cache: 'reload' });
    await flush();
    expect(connection.restarts).toBe(0);
  });

  it('keeps its list where the loader has only its fallback to hand out', async () => {
    const fallback = [{ urls: 'stun:fallback.example' }];
    const { loader, endpoint } = openTab({ storage: 'memory', maxAge: 60, staleIfError: 0, fallback });
    const connection = await attach(loader);
    endpoint.always(unreachable);
    await advance(10 * minuteMs);
    expect(urlsOf(await settle(loader.load()))).toEqual(['stun:fallback.example']);
    expect(connection.applied).toEqual([]);
  });

  it('does not keep the others from new servers where it does not take them', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const [first, second] = [await attach(loader), await attach(loader)];
    first.setConfiguration = () => {
      throw new DOMException('modified', 'InvalidModificationError');
    };
    await advance(hourMs);
    expect(second.applied).toHaveLength(1);
  });

  it('waits with its restart until that of another connection is negotiated', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const [first, second] = [await attach(loader), await attach(loader)];
    mockRandom(0);
    await loader.load({ cache: 'reload' });
    await flush();
    expect([first.restarts, second.restarts]).toEqual([1, 0]);
    first.negotiate('new');
    await flush();
    expect(second.restarts).toBe(1);
  });

  it('is not restarted where the other end’s restart has gathered anew already', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const [first, second] = [await attach(loader), await attach(loader)];
    await loader.load({ cache: 'reload' });
    await flush();
    second.negotiate('new');
    first.negotiate('new');
    await flush();
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
    const connection = await attach(loader);
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
    const connection = await attach(loader);
    connection.fireCandidateError();
    await advance(hourMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('after which the clock was set back by a day is asked about again 5 minutes later at the most', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory', maxAge: Infinity });
    endpoint.always(samePair);
    const connection = await attach(loader);
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
    const connection = await attach(loader);
    await advance(2 * minuteMs);
    const asked = endpoint.requests.length;
    for (let i = 0; i < 20; i++) {
      connection.fireCandidateError();
      await advance(10 * secondMs);
    }
    expect(errors.map(({ code }) => code)).toEqual(['invalid-api-key']);
    expect(endpoint.requests).toHaveLength(asked);
  });

  describe('beside a server of the app’s own', () => {
    const own = { urls: ['stun:own.example', 'turn:Own.example?transport=tcp'], username: 'app', credential: 'outdated' };
    /** As a browser writes the address, which is not always as it was given. */
    const ownUrls = ['turn:own.example:3478?transport=tcp', 'turn:Own.example?transport=tcp', 'stun:own.example:3478'];

    it.each(ownUrls)('that comes from that one (%s) asks nobody, and tells of nothing', async (url) => {
      const { loader, endpoint } = openTab({ storage: 'memory', rtcConfiguration: { iceServers: [own] } });
      const errors = errorsOf(loader);
      const connection = await attach(loader);
      for (let i = 0; i < 3; i++) {
        connection.fireCandidateError(401, url);
        await flush();
      }
      expect({ requests: endpoint.requests.length, restarts: connection.restarts, errors }).toEqual({
        requests: 1,
        restarts: 0,
        errors: [],
      });
    });

    /** How often the endpoint was asked, the first load included, when these addresses had refused. */
    const requestsAfter = async (iceServers: RTCIceServer[], ...refusing: string[]): Promise<number> => {
      const { loader, endpoint } = openTab({ storage: 'memory', rtcConfiguration: { iceServers } });
      const connection = await attach(loader);
      for (const url of refusing) connection.fireCandidateError(401, url);
      await flush();
      return endpoint.requests.length;
    };

    it.each(['turn:global.relay.metered.ca:80?transport=tcp', 'turn:own.example.org:3478', ''])(
      'that comes from another one (%s) brings new servers',
      async (url) => expect(await requestsAfter([own], url)).toBe(2),
    );

    it('that comes from a loaded one which has the same pair brings new servers', async () => {
      const { loader, endpoint } = openTab({
        storage: 'memory',
        rtcConfiguration: { iceServers: [{ urls: 'turns:own.example', username: 'user-1', credential: 'secret-1' }] },
      });
      const connection = await attach(loader);
      expect(pairsOf(connection)).toEqual(['user-1 secret-1']);
      connection.fireCandidateError(401, 'turn:global.relay.metered.ca:80?transport=udp');
      await flush();
      expect(endpoint.requests).toHaveLength(2);
    });

    it('that stands at the host of a loaded one, with another transport, asks nobody', async () => {
      const urls = 'turn:global.relay.metered.ca:81?transport=tcp';
      expect(await requestsAfter([{ ...own, urls }], urls)).toBe(1);
    });

    it('of which there are several, with one pair each, asks nobody', async () => {
      const servers = ['one', 'two', 'one:81'].map((place, index) => ({
        urls: `turn:${place}`,
        username: `app-${index}`,
        credential: 'outdated',
      }));
      expect(await requestsAfter(servers, 'turn:one:3478?transport=udp', 'turn:one:81?transport=udp')).toBe(1);
    });

    it('at whose address a loaded one stands too brings new servers', async () => {
      const urls = 'turn:global.relay.metered.ca:80?transport=udp';
      expect(await requestsAfter([{ ...own, urls }], urls)).toBe(2);
    });
  });

  it('of several connections is one request', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connections = [await attach(loader), await attach(loader), await attach(loader)];
    for (const connection of connections) connection.fireCandidateError();
    await flush();
    expect(endpoint.requests).toHaveLength(2);
  });

  it('with a new pair in every answer is asked about once, and one event tells', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory', maxAge: Infinity });
    const errors = errorsOf(loader);
    const connection = await attach(loader);
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
    const connection = await attach(loader);
    connection.fireCandidateError();
    await flush();
    connection.fireCandidateError();
    await flush();
    expect(endpoint.requests).toHaveLength(2);
    expect(connection.restarts).toBe(1);
  });

  it('is asked about again when the endpoint’s cool-down is over, not only at the next refresh', async () => {
    const { loader } = openTab({ storage: 'memory', maxAge: Infinity }, json(meteredBody(1)), unreachable, unreachable, unreachable);
    const connection = await attach(loader);
    connection.fireCandidateError();
    await advance(minuteMs);
    expect(userOf(connection.getConfiguration())).not.toBe('user-1');
  });

  it('changes nothing for a connection that was let go before the answer came', async () => {
    const { loader } = openTab({ storage: 'memory' }, json(meteredBody(1)), delayed(secondMs));
    const connection = new FakeConnection(await settle(loader.load()));
    const stop = loader.keepFresh(connection.asPeerConnection);
    connection.fireCandidateError();
    await flush();
    stop();
    await advance(minuteMs);
    expect(connection.applied).toEqual([]);
  });

  it('is remembered until new servers come, where the endpoint cannot answer', async () => {
    const { loader } = openTab({ storage: 'memory' }, json(meteredBody(1)), unreachable, unreachable, unreachable);
    const connection = await attach(loader);
    connection.localCandidateType = 'host';
    connection.fireCandidateError();
    await advance(20 * minuteMs);
    await advance(hourMs);
    expect(connection.restarts).toBeGreaterThanOrEqual(1);
  });

  it.each([701, 486, 508])('is meant: %i brings no request', async (code) => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    (await attach(loader)).fireCandidateError(code);
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('where the browser has no icecandidateerror', () => {
  const gather = (connection: FakeConnection, candidate: string | undefined): void => {
    connection.iceGatheringState = 'gathering';
    connection.dispatchEvent(new Event('icegatheringstatechange'));
    connection.localDescription = { sdp: `a=ice-ufrag:first\r\n${candidate ? `a=${candidate}\r\n` : ''}` };
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
    await flush();
    gather(connection, undefined);
    await flush();
    expect(endpoint.requests).toHaveLength(2);
    expect(errors).toEqual([]);
  });

  it('does not ask again and again where each answer brings a new pair', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory', maxAge: Infinity });
    const connection = await withoutEvent(loader);
    for (let i = 0; i < 20; i++) {
      gather(connection, undefined);
      await flush();
      connection.negotiate(`again-${i}`);
    }
    expect(endpoint.requests).toHaveLength(2);
  });

  it('a hint is forgotten where the call connects without a relay', async () => {
    const { loader } = openTab({ storage: 'memory', maxAge: Infinity }, json(meteredBody(1)), delayed(secondMs));
    const connection = await withoutEvent(loader);
    connection.localCandidateType = 'host';
    gather(connection, undefined);
    await flush();
    connection.connectionState = 'connected';
    await advance(minuteMs);
    expect(connection.applied).toHaveLength(1);
    expect(connection.restarts).toBe(0);
  });

  it('a gathering with a relay candidate is none', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    gather(await withoutEvent(loader), 'candidate:1 1 udp 5 10.0.0.1 9 typ relay raddr 0.0.0.0 rport 0');
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });

  it('a call that is connected is left alone', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connection = await withoutEvent(loader);
    connection.connectionState = 'connected';
    gather(connection, undefined);
    await flush();
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
    const connection = new FakeConnection(await settle(loader.load()));
    const stop = loader.keepFresh(connection.asPeerConnection, { signal: controller.signal });
    if (way === 'dispose') loader.dispose();
    else if (way === 'the signal') controller.abort();
    else stop();
    await advance(10 * secondMs);
    expect(vi.getTimerCount()).toBe(0);
    connection.fireCandidateError();
    await flush();
    expect(connection.applied).toEqual([]);
  });

  it.each(['the returned function', 'the signal', 'dispose', 'closing'])(
    'by %s leaves no listener, at the connection or the signal',
    async (way) => {
      const { loader } = openTab({ storage: 'memory' });
      const controller = new AbortController();
      const connection = new FakeConnection(await settle(loader.load()));
      const left = [listenersOf(connection), listenersOf(controller.signal)];
      loader.keepFresh(connection.asPeerConnection, { signal: controller.signal });
      const stop = loader.keepFresh(connection.asPeerConnection, { signal: controller.signal });
      await loader.load({ cache: 'reload' });
      await flush();
      expect(connection.restarts).toBe(1);
      if (way === 'dispose') loader.dispose();
      else if (way === 'the signal') controller.abort();
      else if (way === 'closing') connection.close();
      else stop();
      await advance(10 * secondMs);
      expect(left.map((listeners) => listeners())).toEqual([0, 0]);
    },
  );

  it('before it began: a signal that is aborted keeps nothing', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = new FakeConnection(await settle(loader.load()));
    loader.keepFresh(connection.asPeerConnection, { signal: AbortSignal.abort() });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('for a second time does not end what came after it', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = new FakeConnection(await settle(loader.load()));
    const stop = loader.keepFresh(connection.asPeerConnection);
    stop();
    loader.keepFresh(connection.asPeerConnection);
    stop();
    await advance(hourMs);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
  });

  it('may be done twice, and a connection may be kept twice', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await attach(loader);
    const stop = loader.keepFresh(connection.asPeerConnection);
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

describe('what is no RTCPeerConnection', () => {
  it.each([
    ['an empty object', {}],
    ['undefined', undefined],
    ['null', null],
    ['an object with a method of one', { setConfiguration: () => {} }],
    ['a Proxy round one, which no browser takes for it', new Proxy(new FakeConnection({}), {})],
  ])('(%s) is a TypeError that says so, and the others are kept all the same', async (_, value) => {
    const { loader } = openTab({ storage: 'memory' });
    expect(() => loader.keepFresh(value as RTCPeerConnection)).toThrow(/^ice-servers-loader: keepFresh needs an RTCPeerConnection/);
    const connection = await attach(loader);
    await advance(hourMs);
    expect(userOf(connection.getConfiguration())).toBe('user-2');
  });
});

it.each([
  [{ signal: 'soon' }, /signal must be an AbortSignal/],
  [{ signal: null }, /signal must be an AbortSignal/],
  [{ timeout: 1 }, /unknown option timeout; there are signal\./],
  [7, /options must be an object with signal/],
])('a wrong option of keepFresh (%j) is a TypeError that names option and cure, and keeps nothing', async (options, sentence) => {
  const { loader } = openTab({ storage: 'memory' });
  const connection = new FakeConnection(await settle(loader.load()));
  expect(() => loader.keepFresh(connection.asPeerConnection, options as object)).toThrow(sentence);
  expect(vi.getTimerCount()).toBe(0);
});
