import { startStandIn } from '../demo/server/stand-in.js';
import { allocatingUsers, callIn } from './support/call.js';
import { expect, test } from './support/test.js';

test.setTimeout(90_000);

test('C-58, C-59, C-60: a relayed call lives through five rotations of its credential and loses nothing', async ({
  modulePage,
  standIn,
  browserName,
}) => {
  const lifeSeconds = 6;
  const users: string[] = [];
  const call = await callIn(
    modulePage,
    standIn,
    { lifeSeconds, runMs: 34_000, keepsFresh: true, relayOnly: true, reliable: browserName === 'firefox' },
    async () => {
      const credential = await standIn.createCredential({ expiryInSeconds: lifeSeconds });
      users.push(credential.username);
      return credential;
    },
  );
  expect(call).toMatchObject({ lost: 0, errors: [], policy: 'relay', local: 'relay', state: 'connected' });
  expect(call.restarts).toBeGreaterThanOrEqual(5);
  const allocating = allocatingUsers(standIn);
  expect(users.filter((user) => allocating.has(user)).length).toBeGreaterThanOrEqual(6);
});

test('C-70: where the endpoint has only a pair that is refused, it is asked once more, and one event tells', async ({
  modulePage,
  standIn,
}) => {
  const dead = await standIn.createCredential();
  await standIn.credentials.delete(standIn.credentials.find(dead.username)!);
  const call = await callIn(
    modulePage,
    standIn,
    { lifeSeconds: 3600, runMs: 8000, keepsFresh: true, relayOnly: true, reliable: true },
    async () => dead,
  );
  expect(call).toMatchObject({ requests: 2, errors: ['credential-rejected'], restarts: 0 });
});

test('a pair that was dead from the start is replaced without the help of the page', async ({ modulePage, standIn }) => {
  const dead = await standIn.createCredential();
  await standIn.credentials.delete(standIn.credentials.find(dead.username)!);
  let asked = 0;
  const call = await callIn(
    modulePage,
    standIn,
    { lifeSeconds: 3600, runMs: 8000, keepsFresh: true, relayOnly: true, reliable: true },
    async () => (asked++ ? standIn.createCredential() : dead),
  );
  expect(call).toMatchObject({ requests: 2, errors: [], state: 'connected', local: 'relay' });
});

test('C-59: a call that is not relayed is left alone when the pair changes', async ({ modulePage, standIn }) => {
  const call = await callIn(modulePage, standIn, { lifeSeconds: 3, runMs: 8000, keepsFresh: true, relayOnly: false, reliable: true }, () =>
    standIn.createCredential(),
  );
  expect(call.requests).toBeGreaterThanOrEqual(3);
  expect(call).toMatchObject({ restarts: 0, lost: 0, state: 'connected' });
});

test('C-59: a call that may use anything and has nothing but a relay moves to a new one at every rotation', async ({
  modulePage,
  standIn,
}) => {
  const call = await callIn(
    modulePage,
    standIn,
    { lifeSeconds: 4, runMs: 14_000, keepsFresh: true, relayOnly: false, tellsOnlyRelays: true, reliable: true },
    () => standIn.createCredential(),
  );
  expect(call.requests).toBeGreaterThanOrEqual(4);
  // The last answer may have come as the call ended.
  expect(call.restarts).toBeGreaterThanOrEqual(call.requests - 2);
  expect(call).toMatchObject({ lost: 0, policy: 'all', state: 'connected' });
});

test('a hundred connections that were kept and closed leave no timer, and no connection', async ({ modulePage, standIn }) => {
  const left = await modulePage.evaluate(
    async ({ endpoint, apiKey }) => {
      const running = new Set<unknown>();
      const { setTimeout: set, clearTimeout: clear } = window;
      window.setTimeout = ((callback: () => void, ms: number) => {
        const id = set(() => {
          running.delete(id);
          callback();
        }, ms);
        running.add(id);
        return id;
      }) as typeof setTimeout;
      window.clearTimeout = (id) => {
        running.delete(id);
        clear(id);
      };
      const loader = window.api.createIceServersLoader({ endpoint, apiKey });
      for (let i = 0; i < 100; i++) {
        const connection = new RTCPeerConnection(await loader.load());
        const stop = loader.keepFresh(connection);
        connection.close();
        if (i % 2) stop();
      }
      while (running.size) await new Promise((resolve) => set(resolve, 200));
      return running.size;
    },
    { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
  );
  expect(left).toBe(0);
});

for (const keepsFresh of [false, true]) {
  test(`a server that drops relays at the expiry: ${keepsFresh ? 'with keepFresh the call goes on' : 'without keepFresh the call is dead'}`, async ({
    modulePage,
    browserName,
  }) => {
    const own = await startStandIn({ guard: true });
    try {
      const lifeSeconds = 15;
      const call = await callIn(
        modulePage,
        own,
        { lifeSeconds, runMs: 25_000, keepsFresh, relayOnly: true, reliable: browserName === 'firefox' },
        () => own.createCredential({ expiryInSeconds: lifeSeconds }),
      );
      expect(call.sent).toBeGreaterThan(0);
      if (keepsFresh) expect(call).toMatchObject({ lost: 0, state: 'connected' });
      else expect(call.lost).toBeGreaterThan(50);
    } finally {
      await own.stop();
    }
  });
}
