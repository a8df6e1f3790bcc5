import { describe, expect, it } from 'vitest';
import { connect, samePair } from '../support/connection.js';
import { mockRandom, openTab } from '../support/loaders.js';
import { advance, flush, hourMs, minuteMs, secondMs } from '../support/world.js';

describe('the ICE restart of a connection', () => {
  it('restarts ICE where the pair changed and the call is relayed', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    await advance(hourMs);
    expect(connection.restarts).toBe(1);
  });

  it('C-59: does not restart ICE where the call is not relayed', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader);
    connection.localCandidateType = 'host';
    await advance(hourMs);
    expect(connection.restarts).toBe(0);
  });

  it('is given nothing, and not restarted, where the same list comes back', async () => {
    const { loader } = openTab({ storage: 'memory' }, samePair, samePair);
    const connection = await connect(loader);
    await advance(hourMs);
    expect(connection.applied).toEqual([]);
    expect(connection.restarts).toBe(0);
  });

  it('C-59: is restarted once for each pair, also where nobody negotiates', async () => {
    const { loader } = openTab({ storage: 'memory', maxAge: Infinity });
    const connection = await connect(loader);
    await loader.load({ cache: 'reload' });
    await advance(5 * minuteMs);
    expect(connection.restarts).toBe(1);
  });

  it('is restarted where the call moves to a relay of an older pair', async () => {
    const { loader } = openTab({ storage: 'memory', maxAge: Infinity });
    const connection = await connect(loader);
    connection.localCandidateType = 'host';
    await loader.load({ cache: 'reload' });
    await flush();
    connection.localCandidateType = 'relay';
    await advance(10 * secondMs);
    expect(connection.restarts).toBe(1);
  });

  it('that is relayed is restarted each time, also where the browser’s statistics lose the relay at the first restart', async () => {
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

  it('is not restarted before it has gathered anything', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const connection = await connect(loader, { iceTransportPolicy: 'relay' });
    connection.localDescription = null;
    await loader.load({ cache: 'reload' });
    await flush();
    expect(connection.restarts).toBe(0);
  });

  it('waits with its restart until that of another connection is negotiated', async () => {
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

  it('is not restarted where the other end’s restart has gathered anew already', async () => {
    const { loader } = openTab({ storage: 'memory' });
    const [first, second] = [await connect(loader), await connect(loader)];
    await loader.load({ cache: 'reload' });
    await flush();
    second.negotiate('new');
    first.negotiate('new');
    await flush();
    expect(second.restarts).toBe(0);
  });

  it('does not hold the others up for more than five seconds where nobody negotiates', async () => {
    const { loader } = openTab({ storage: 'memory' });
    await connect(loader);
    const second = await connect(loader);
    await loader.load({ cache: 'reload' });
    await advance(5 * secondMs);
    expect(second.restarts).toBe(1);
  });
});
