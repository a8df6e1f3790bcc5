import { allocatingUsers, callIn } from './support/call.js';
import { expect, test } from './support/test.js';
import { needCoturn } from './support/turn.js';

test.setTimeout(90_000);

test('C-58, C-59, C-60: a relayed call lives through five rotations of its credential and loses nothing', async ({
  modulePage,
  standIn,
  browserName,
}) => {
  needCoturn();
  const lifeSeconds = 6;
  const users: string[] = [];
  const call = await callIn(
    modulePage,
    standIn,
    {
      lifeSeconds,
      until: { requests: 7, restarts: 10, received: 50 },
      keepsFresh: true,
      relayOnly: true,
      reliable: browserName === 'firefox',
    },
    async () => {
      const credential = await standIn.createCredential({ expiryInSeconds: lifeSeconds });
      users.push(credential.username);
      return credential;
    },
  );
  expect(call).toMatchObject({ lost: 0, errors: [], policy: 'relay', locals: ['relay'], state: 'connected' });
  const allocating = allocatingUsers(standIn.turn);
  // The newest may have come as the call ended.
  expect(users.slice(0, -1).filter((user) => !allocating.has(user))).toEqual([]);
});

test('C-59: where the same pair comes back, a relayed call is not restarted', async ({ modulePage, standIn }) => {
  const pair = await standIn.createCredential();
  const call = await callIn(
    modulePage,
    standIn,
    { lifeSeconds: 3, until: { requests: 4, received: 50 }, keepsFresh: true, relayOnly: true, reliable: true },
    async () => pair,
  );
  expect(call).toMatchObject({ restarts: 0, lost: 0, errors: [], state: 'connected' });
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
    { lifeSeconds: 3600, until: { errors: 1 }, thenMs: 5000, keepsFresh: true, relayOnly: true, reliable: true },
    async () => dead,
  );
  expect(call).toMatchObject({ requests: 2, errors: ['credential-rejected'], restarts: 0 });
});

test('a 401 from a server of the app’s own is not taken for one of the loaded pair', async ({ modulePage, standIn }) => {
  needCoturn();
  const call = await callIn(
    modulePage,
    standIn,
    {
      lifeSeconds: 3600,
      until: { refusals: 2, received: 50 },
      thenMs: 1000,
      keepsFresh: true,
      ownPair: { username: 'app', password: 'outdated' },
      relayOnly: true,
      reliable: true,
    },
    () => standIn.createCredential(),
  );
  expect(call).toMatchObject({ requests: 1, errors: [], restarts: 0, lost: 0, state: 'connected' });
});

test('a pair that was dead from the start is replaced without the help of the page', async ({ modulePage, standIn }) => {
  const dead = await standIn.createCredential();
  await standIn.credentials.delete(standIn.credentials.find(dead.username)!);
  let asked = 0;
  const call = await callIn(
    modulePage,
    standIn,
    { lifeSeconds: 3600, until: { requests: 2, received: 50 }, keepsFresh: true, relayOnly: true, reliable: true },
    async () => (asked++ ? standIn.createCredential() : dead),
  );
  expect(call).toMatchObject({ requests: 2, errors: [], state: 'connected', locals: ['relay'] });
});

test('C-59: a call that is not relayed is left alone when the pair changes', async ({ modulePage, standIn }) => {
  const call = await callIn(
    modulePage,
    standIn,
    { lifeSeconds: 3, until: { requests: 4, received: 50 }, keepsFresh: true, relayOnly: false, reliable: true },
    () => standIn.createCredential(),
  );
  expect(call).toMatchObject({ restarts: 0, lost: 0, state: 'connected' });
});

test('C-59: a call that may use anything and has nothing but a relay moves to a new one at every rotation', async ({
  modulePage,
  standIn,
}) => {
  const call = await callIn(
    modulePage,
    standIn,
    {
      lifeSeconds: 4,
      until: { requests: 5, restarts: 6, received: 50 },
      keepsFresh: true,
      relayOnly: false,
      tellsOnlyRelays: true,
      reliable: true,
    },
    () => standIn.createCredential(),
  );
  // The last answer may have come as the call ended.
  expect(call.restarts).toBeGreaterThanOrEqual(call.requests - 2);
  expect(call).toMatchObject({ lost: 0, policy: 'all', state: 'connected' });
});

test('a hundred connections that were kept and closed leave no timer, no listener and no request', async ({ modulePage, standIn }) => {
  await modulePage.evaluate(
    async (given) => {
      const timers = new Set<unknown>();
      const { setTimeout: set, clearTimeout: clear } = window;
      window.setTimeout = ((callback: () => void, ms: number) => {
        const id = set(() => {
          timers.delete(id);
          callback();
        }, ms);
        timers.add(id);
        return id;
      }) as typeof setTimeout;
      window.clearTimeout = (id) => {
        timers.delete(id);
        clear(id);
      };
      let heard: { target: EventTarget; type: string; listener: unknown }[] = [];
      const isHere = (target: EventTarget): boolean => target === window || target instanceof RTCPeerConnection;
      const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
      EventTarget.prototype.addEventListener = function (type, listener, options) {
        if (isHere(this)) heard.push({ target: this, type, listener });
        const { signal } = Object(options) as AddEventListenerOptions;
        signal?.addEventListener('abort', () => {
          heard = heard.filter((one) => one.target !== this || one.type !== type || one.listener !== listener);
        });
        add.call(this, type, listener, options);
      };
      EventTarget.prototype.removeEventListener = function (type, listener, options) {
        heard = heard.filter((one) => one.target !== this || one.type !== type || one.listener !== listener);
        remove.call(this, type, listener, options);
      };
      window.countLeft = () => ({ listeners: heard.length, timers: timers.size });

      const loader = window.api.createIceServersLoader(given);
      for (let i = 0; i < 100; i++) {
        const connection = new RTCPeerConnection(await loader.load());
        const stop = window.api.keepFresh(connection, loader);
        connection.close();
        if (i % 2) stop();
      }
    },
    { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
  );
  await expect.poll(() => modulePage.evaluate(() => window.countLeft()), { timeout: 30_000 }).toEqual({ listeners: 0, timers: 0 });
  expect(standIn.requests.count()).toBe(1);
});
