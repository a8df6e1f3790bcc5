import { startStandIn } from '../demo/server/stand-in.js';
import { startTurnServer } from '../demo/server/turn/turn-server.js';
import { callIn } from './support/call.js';
import { expect, test } from './support/test.js';
import { needCoturn } from './support/turn.js';

test.setTimeout(90_000);

for (const keepsFresh of [false, true]) {
  test(`a server that drops relays at the expiry: ${keepsFresh ? 'with keepFresh the call goes on and loses nothing' : 'without keepFresh the call is dead'}`, async ({
    modulePage,
    browserName,
  }) => {
    const own = await startStandIn({ guard: true });
    try {
      const lifeSeconds = 15;
      const call = await callIn(
        modulePage,
        own,
        {
          lifeSeconds,
          until: keepsFresh ? { requests: 3, received: 50 } : { received: 50, silenceMs: 5000 },
          keepsFresh,
          relayOnly: true,
          reliable: browserName === 'firefox',
        },
        () => own.createCredential({ expiryInSeconds: lifeSeconds }),
      );
      expect(call.sent).toBeGreaterThan(0);
      if (!keepsFresh) expect(call.lost).toBeGreaterThan(50);
      else {
        expect(call).toMatchObject({ lost: 0, state: 'connected' });
        expect(call.silenceMs).toBeLessThan(10_000);
      }
    } finally {
      await own.stop();
    }
  });
}

for (const keepsFresh of [false, true]) {
  test(`a server that starts anew and knows the old pair no more: ${keepsFresh ? 'with keepFresh the call is back within 10 s' : 'without keepFresh the call is dead'}`, async ({
    modulePage,
  }) => {
    needCoturn();
    let turn = await startTurnServer();
    try {
      let pair = { username: 'before', password: 'one' };
      await turn.addUser(pair.username, pair.password);
      const call = await callIn(
        modulePage,
        { turn, guard: undefined },
        { lifeSeconds: 4, keepsFresh, relayOnly: true, reliable: true },
        async () => pair,
        async () => {
          await turn.stop();
          turn = await startTurnServer({ turnPort: turn.port });
          pair = { username: 'after', password: 'two' };
          await turn.addUser(pair.username, pair.password);
        },
      );
      if (!keepsFresh) expect(call.state).toBe('failed');
      else {
        expect(call).toMatchObject({ lost: 0, state: 'connected', errors: [] });
        expect(call.silenceMs).toBeLessThan(10_000);
      }
    } finally {
      await turn.stop();
    }
  });
}
