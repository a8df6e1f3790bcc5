import { describe, expect, it } from 'vitest';
import { connect, FakeConnection } from '../support/connection.js';
import { errorsOf, openTab } from '../support/loaders.js';
import { flush } from '../support/world.js';

const pairsOf = (connection: FakeConnection): string[] => [
  ...new Set(
    connection.getConfiguration().iceServers!.flatMap(({ username, credential }) => (username ? `${username} ${credential}` : [])),
  ),
];

describe('a 401 beside a TURN server of the app’s own', () => {
  const own = { urls: ['stun:own.example', 'turn:Own.example?transport=tcp'], username: 'app', credential: 'outdated' };
  /** The spellings in which browsers report the address. */
  const ownUrls = ['turn:own.example:3478?transport=tcp', 'turn:Own.example?transport=tcp', 'stun:own.example:3478'];

  it.each(ownUrls)('from that server (%s) sends no request and fires no event', async (url) => {
    const { loader, endpoint } = openTab({ storage: 'memory', rtcConfiguration: { iceServers: [own] } });
    const errors = errorsOf(loader);
    const connection = await connect(loader);
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

  /** The number of requests, including the first load, after a 401 from these addresses. */
  const requestsAfter = async (iceServers: RTCIceServer[], ...refusing: string[]): Promise<number> => {
    const { loader, endpoint } = openTab({ storage: 'memory', rtcConfiguration: { iceServers } });
    const connection = await connect(loader);
    for (const url of refusing) connection.fireCandidateError(401, url);
    await flush();
    return endpoint.requests.length;
  };

  it.each(['turn:global.relay.metered.ca:80?transport=tcp', 'turn:own.example.org:3478', ''])(
    'from another server (%s) brings new servers',
    async (url) => expect(await requestsAfter([own], url)).toBe(2),
  );

  it('from a loaded server with the same username and credential brings new servers', async () => {
    const { loader, endpoint } = openTab({
      storage: 'memory',
      rtcConfiguration: { iceServers: [{ urls: 'turns:own.example', username: 'user-1', credential: 'secret-1' }] },
    });
    const connection = await connect(loader);
    expect(pairsOf(connection)).toEqual(['user-1 secret-1']);
    connection.fireCandidateError(401, 'turn:global.relay.metered.ca:80?transport=udp');
    await flush();
    expect(endpoint.requests).toHaveLength(2);
  });

  it('at the host of a loaded server, with another transport, sends no request', async () => {
    const urls = 'turn:global.relay.metered.ca:81?transport=tcp';
    expect(await requestsAfter([{ ...own, urls }], urls)).toBe(1);
  });

  it('from several such servers, each with its own username, sends no request', async () => {
    const servers = ['one', 'two', 'one:81'].map((place, index) => ({
      urls: `turn:${place}`,
      username: `app-${index}`,
      credential: 'outdated',
    }));
    expect(await requestsAfter(servers, 'turn:one:3478?transport=udp', 'turn:one:81?transport=udp')).toBe(1);
  });

  it('at the address of a loaded server brings new servers', async () => {
    const urls = 'turn:global.relay.metered.ca:80?transport=udp';
    expect(await requestsAfter([{ ...own, urls }], urls)).toBe(2);
  });
});
