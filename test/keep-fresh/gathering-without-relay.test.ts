import { describe, expect, it } from 'vitest';
import type { IceServersLoader } from '../../src/index.js';
import { connect, FakeConnection, samePair } from '../support/connection.js';
import { delayed, json, meteredBody } from '../support/endpoint.js';
import { errorsOf, openTab } from '../support/loaders.js';
import { advance, flush, minuteMs, secondMs } from '../support/world.js';

describe('in a browser without icecandidateerror', () => {
  const gather = (connection: FakeConnection, candidate: string | undefined): void => {
    connection.iceGatheringState = 'gathering';
    connection.dispatchEvent(new Event('icegatheringstatechange'));
    connection.localDescription = { sdp: `a=ice-ufrag:first\r\n${candidate ? `a=${candidate}\r\n` : ''}` };
    connection.iceGatheringState = 'complete';
    connection.dispatchEvent(new Event('icegatheringstatechange'));
  };

  const withoutEvent = async (loader: IceServersLoader): Promise<FakeConnection> => {
    const connection = await connect(loader);
    delete (connection as Partial<FakeConnection>).onicecandidateerror;
    return connection;
  };

  it('gathering without a relay candidate triggers one refresh, and never an error event', async () => {
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

  it('gathering without a relay candidate triggers one refresh even if each answer has a new username', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory', maxAge: Infinity });
    const connection = await withoutEvent(loader);
    for (let i = 0; i < 20; i++) {
      gather(connection, undefined);
      await flush();
      connection.negotiate(`again-${i}`);
    }
    expect(endpoint.requests).toHaveLength(2);
  });

  it('a connection that succeeds without a relay is not restarted when the refresh ends', async () => {
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

  it('gathering with a relay candidate triggers no refresh', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    gather(await withoutEvent(loader), 'candidate:1 1 udp 5 10.0.0.1 9 typ relay raddr 0.0.0.0 rport 0');
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });

  it('gathering of a connected connection triggers no refresh', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const connection = await withoutEvent(loader);
    connection.connectionState = 'connected';
    gather(connection, undefined);
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });
});
