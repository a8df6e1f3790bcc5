import { describe, expect, it } from 'vitest';
import { createIceServersLoader, isIceServersError, loadRTCConfiguration, type IceServersOptions } from '../../src/index.js';
import { createEndpoint, good, httpError, json, noAnswer, text, unreachable, type Answer } from '../support/endpoint.js';
import { makeLoader, mockRandom } from '../support/loaders.js';
import { credential, key, leaksIn, readAll, remark, secretBody, username, watchAll } from '../support/sentinels.js';
import { createStorage, readRecords } from '../support/storage.js';
import { advance, flush, hourMs, jumpClock, outcomeOf, secondMs } from '../support/world.js';

const secretKey = `${key}${key.slice(0, 12)}`;

const fetchOf = (answer: Answer): IceServersOptions['fetch'] => {
  const endpoint = createEndpoint();
  endpoint.always(answer);
  return endpoint.fetch;
};

/** Takes a loader through a life: first loads of each kind, a stale time, a cool-down, and its end. */
async function live(options: IceServersOptions, own?: object): Promise<string> {
  mockRandom(0);
  const watch = watchAll(own);
  const storage = createStorage();
  const loader = makeLoader({ storage, fallback: [{ urls: 'stun:stun.example' }], ...options });
  watch.listen(loader);
  for (const cache of ['default', 'reload', 'no-store', 'only-if-cached'] as const) {
    const { error } = await outcomeOf(loader.load({ cache }));
    watch.show(error);
    watch.show(isIceServersError(error) && error.toJSON());
    watch.show(loader.status);
  }
  for (const ms of [0.6 * hourMs, hourMs, 30 * hourMs]) {
    jumpClock(ms);
    await outcomeOf(loader.load());
    await advance(15 * secondMs);
    watch.show(loader.status);
    watch.show(loader.status?.error);
  }
  watch.show((await outcomeOf(loadRTCConfiguration({ ...options, storage: 'memory' }))).error);
  watch.show(loader);
  const written = [...storage.items].map(([name, record]) => [name, { ...(record as object), iceServers: undefined }]);
  watch.show([written, storage.get.mock.calls]);
  return watch.all();
}

describe('C-43: a key that a function returns is not found', () => {
  const returns: [how: string, apiKey: IceServersOptions['apiKey']][] = [
    ['as text', () => key],
    ['with its life', async () => ({ apiKey: key, expiryInSeconds: 600 })],
    ['with the pair of Create Credential', async () => ({ apiKey: key, username, password: credential, label: remark })],
    ['with a life in seconds by mistake', () => ({ apiKey: key, expiresAt: 1_780_000_000 })],
    ['with a life that is no date', () => ({ apiKey: key, expiresAt: `${key} ${remark}` })],
    ['after its end', () => ({ apiKey: key, expiresAt: new Date(0) })],
    ['in a property of another name', () => ({ key, username }) as never],
    ['as the message of an answer', () => ({ error: `${remark} ${key}` }) as never],
    ['and is a Secret Key', () => secretKey],
    ['and is sk_…', () => ({ apiKey: `sk_live_${key}` })],
    ['and is a whole address', () => `https://demo.metered.live/api/v1/turn/credentials?apiKey=${key}`],
  ];

  const answers: [what: string, answer: Answer][] = [
    ['the servers', json(secretBody)],
    ['401', httpError(401)],
    ['the page of a firewall', text(`<title>${key} ${remark}</title>`, 403)],
    ['nothing', unreachable],
    ['nothing, and hangs', noAnswer],
  ];

  const cases = returns.flatMap(([how, apiKey]) => answers.map(([what, answer]) => ({ how, apiKey, what, answer })));

  it.each(cases)('$how, if the endpoint sends $what', async ({ apiKey, answer }) => {
    expect(leaksIn(await live({ appName: 'demo', apiKey, fetch: fetchOf(answer) }))).toEqual([]);
  });

  it('in the names and contents of IndexedDB', async () => {
    const loader = makeLoader({ appName: 'demo', apiKey: () => key, fetch: fetchOf(good) });
    await outcomeOf(loader.load());
    await flush();
    expect(leaksIn(readAll([...(await readRecords())]))).toEqual([]);
  });
});

describe('C-43: a cacheKey is not found', () => {
  it.each<[what: string, answer: Answer]>([
    ['the servers', good],
    ['401', httpError(401)],
    ['429', httpError(429)],
    ['nothing', unreachable],
    ['nonsense', text(remark)],
  ])('if the endpoint sends %s', async (_, answer) => {
    expect(leaksIn(await live({ appName: 'demo', apiKey: 'a-key', cacheKey: username, fetch: fetchOf(answer) }))).toEqual([]);
  });

  it('beside getServers, nor in IndexedDB', async () => {
    const loader = makeLoader({ getServers: () => [{ urls: 'turn:a', username: 'u', credential: 'c' }], cacheKey: username });
    await outcomeOf(loader.load());
    await flush();
    const records = await readRecords();
    expect(records.size).toBe(1);
    expect(leaksIn(readAll([...records]))).toEqual([]);
  });

  it('in the error for a wrong one', () => {
    expect(() => createIceServersLoader({ appName: 'demo', apiKey: key, cacheKey: { username } as never })).toThrow(
      'ice-servers-loader: cacheKey must be a string, such as a user ID (received: object).',
    );
  });
});

const pair = { username, credential };

/** Bodies in every shape, good and bad; each holds the sentinels. */
const bodies: [shape: string, body: unknown][] = [
  ['a bare list', secretBody],
  ['iceServers', { iceServers: secretBody, ttl: 600, remark }],
  ['iceServers with a bad life', { iceServers: secretBody, ttl: key }],
  ['iceServers as one object', { iceServers: { urls: 'turn:a.example', ...pair } }],
  ['a token of Twilio', { ice_servers: [{ url: 'turn:a.example', ...pair }], ttl: '86400', username, password: credential }],
  ['an answer of Xirsys', { v: { iceServers: [{ url: 'turn:a.example', ...pair }] }, s: 'ok' }],
  ['an error of Xirsys', { v: `${remark} ${key}`, s: 'error' }],
  ['one entry', { urls: 'turn:a.example', ...pair }],
  ['the REST scheme', { uris: ['turn:a.example'], username, password: credential, ttl: 600 }],
  ['the REST scheme without a good URL', { uris: [`https://${username}`], username, password: credential, ttl: 600 }],
  ['one entry with a bad URL', { urls: `turn:${username}:${credential}@a.example`, ...pair }],
  ['a bad list', [{ urls: `turn:${key}@x`, ...pair }]],
  ['an error', { error: `${remark} ${key} ${username} ${credential}` }],
  ['text', `${remark} ${key}`],
];

describe('C-43: nothing of a body is found', () => {
  it.each(bodies)('that is %s, from a route', async (_, body) => {
    expect(leaksIn(await live({ endpoint: 'https://app.example/turn', fetch: fetchOf(json(body)) }))).toEqual([]);
  });

  it.each(bodies)('that is %s, from getServers', async (_, body) => {
    expect(leaksIn(await live({ getServers: () => body, cacheKey: 'user' }))).toEqual([]);
  });

  it.each(bodies)('that is %s, from a route that refuses with it', async (_, body) => {
    expect(leaksIn(await live({ endpoint: 'https://app.example/turn', fetch: fetchOf(json(body, 403)) }))).toEqual([]);
  });
});

describe('C-43: the app’s own error', () => {
  /** An error as libraries throw it: it holds the whole request. */
  const ownError = (): Error =>
    Object.assign(new Error(`${remark}: ${key}`, { cause: new Error(username) }), {
      request: { url: `https://app.example/?key=${key}`, headers: { authorization: credential } },
      response: { data: secretBody },
    });

  const sources: [what: string, options: (fail: () => never) => IceServersOptions][] = [
    ['an apiKey function', (apiKey) => ({ appName: 'demo', apiKey, fetch: fetchOf(good) })],
    ['getServers', (getServers) => ({ getServers, cacheKey: 'user' })],
  ];

  it.each(sources)('of %s is the cause and nowhere else: no message, stack, JSON, event or record holds a piece of it', async (_, open) => {
    const own = ownError();
    const options = open(() => {
      throw own;
    });
    const shown = await live(options, own);
    expect(shown).toContain('source-failed');
    expect(leaksIn(shown)).toEqual([]);
  });

  it.each(sources)('of %s is handed on as it is', async (_, open) => {
    const own = ownError();
    const loader = makeLoader(
      open(() => {
        throw own;
      }),
    );
    const error = (await outcomeOf(loader.load())).error as Error;
    expect(error.cause).toBe(own);
    expect(Object.getOwnPropertyDescriptor(error, 'cause')?.enumerable).toBe(false);
    expect(leaksIn(`${error.message}\n${error.stack}\n${String(error)}\n${JSON.stringify(error)}`)).toEqual([]);
  });

  it('is found by the same search if it is not known to be the app’s own', async () => {
    const own = ownError();
    const shown = await live({
      getServers: () => {
        throw own;
      },
    });
    expect(leaksIn(shown)).toContain(key);
  });

  it('of the fetch option is no cause: it holds the address with the key', async () => {
    const shown = await live({ appName: 'demo', apiKey: key, fetch: async () => Promise.reject(ownError()) });
    expect(leaksIn(shown)).toEqual([]);
  });
});

describe('C-43: no secret is found in what the factory throws', () => {
  it.each<[what: string, options: unknown]>([
    ['a key in place of getServers', { getServers: key }],
    ['a whole address as key', { appName: 'demo', apiKey: `https://x.example/?apiKey=${key}` }],
    ['a host of Metered without a path', { endpoint: `https://demo.metered.live/?apiKey=${key}` }],
    ['an endpoint without a protocol', { endpoint: `demo.metered.live/api?apiKey=${key}` }],
    ['two sources', { appName: 'demo', apiKey: key, getServers: () => [] }],
    ['a key beside getServers', { apiKey: key, getServers: () => [] }],
    ['a cacheKey that is no text', { appName: 'demo', apiKey: key, cacheKey: [username] }],
  ])('for %s', (_, options) => {
    let thrown: unknown;
    try {
      createIceServersLoader(options as IceServersOptions);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeDefined();
    expect(leaksIn(readAll(thrown))).toEqual([]);
  });

  it.each([
    ['a relative endpoint with a key, without a page', { endpoint: `/api/turn?apiKey=${key}` }],
    ['nothing but a key', { apiKey: key }],
  ])('nor in what load rejects with for %s', async (_, options) => {
    const { error } = await outcomeOf(makeLoader(options).load());
    expect(error).toBeDefined();
    expect(leaksIn(readAll(error))).toEqual([]);
  });
});
