import { describe, expect, it } from 'vitest';
import { connect, samePair } from '../support/connection.js';
import { mockRandom, openTab } from '../support/loaders.js';
import { advance, flush, hourMs, minuteMs, secondMs } from '../support/world.js';

describe('a connection that is kept fresh', () => {
  it('restarts ICE if the username changed and the connection is relayed', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    await advance(hourMs);
    expect(connection.restarts).toBe(1);
  });

  it('C-59: does not restart ICE if the connection is not relayed', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    connection.localCandidateType = 'host';
    await advance(hourMs);
    expect(connection.restarts).toBe(0);
  });

  it('neither gets servers nor restarts ICE if the same list comes back', async () => {
    const { loader } = openTab({ storage: 'memory' }, samePair, samePair);
    const connection = await connect(loader);
    await advance(hourMs);
    expect(connection.applied).toEqual([]);
    expect(connection.restarts).toBe(0);
  });

  it('C-59: restarts ICE once for each username, even if nobody negotiates', async () => {
    const { loader } = openTab({ storage: 'memory', maxAge: Infinity });
    const connection = await connect(loader);
    await loader.load({ cache: 'reload' });
    await advance(5 * minuteMs);
    expect(connection.restarts).toBe(1);
  });

  it('restarts ICE if the connection moves to a relay with an older username', async () => {
    const { loader } = openTab({ storage: 'memory', maxAge: Infinity });
    const connection = await connect(loader);
    connection.localCandidateType = 'host';
    await loader.load({ cache: 'reload' });
    await flush();
    connection.localCandidateType = 'relay';
    await advance(10 * secondMs);
    expect(connection.restarts).toBe(1);
  });

  it('restarts ICE each time it is relayed, even if the browser’s statistics lose the relay at the first restart', async () => {
    const { loader } = openTab({ storage: 'memory', maxAge: Infinity });
    const connection = await connect(loader);
    await loader.load({ cache: 'reload' });
    await flush();
    connection.negotiate('new');
    connection.localCandidateType = undefined;
    await loader.load({ cache: 'reload' });
    await flush();
    expect(connection.restarts).toBe(2);
  });

  it('does not restart ICE before it has gathered anything', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader, { iceTransportPolicy: 'relay' });
    connection.localDescription = null;
    await loader.load({ cache: 'reload' });
    await flush();
    expect(connection.restarts).toBe(0);
  });

  it('waits with its ICE restart until that of another connection is negotiated', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const [first, second] = [await connect(loader), await connect(loader)];
    mockRandom(0);
    await loader.load({ cache: 'reload' });
    await flush();
    expect([first.restarts, second.restarts]).toEqual([1, 0]);
    first.negotiate('new');
    await flush();
    expect(second.restarts).toBe(1);
  });

  it('does not restart ICE if the remote peer’s restart has already gathered again', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const [first, second] = [await connect(loader), await connect(loader)];
    await loader.load({ cache: 'reload' });
    await flush();
    second.negotiate('new');
    first.negotiate('new');
    await flush();
    expect(second.restarts).toBe(0);
  });

  it('delays the ICE restart of other connections by at most five seconds if nobody negotiates', async () => {
    const { loader } = openTab({ storage: 'memory' });
    await connect(loader);
    const second = await connect(loader);
    await loader.load({ cache: 'reload' });
    await advance(5 * secondMs);
    expect(second.restarts).toBe(1);
  });
});
