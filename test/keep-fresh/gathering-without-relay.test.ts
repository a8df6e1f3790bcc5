import { describe, expect, it } from 'vitest';
import type { IceServersLoader } from '../../src/index.js';
import { connect, FakeConnection, samePair } from '../support/connection.js';
import { delayed, json, meteredBody } from '../support/endpoint.js';
import { errorsOf, openTab } from '../support/loaders.js';
import { advance, flush, minuteMs, secondMs } from '../support/world.js';

describe('where the browser has no icecandidateerror', () => {
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
