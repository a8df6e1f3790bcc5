import { describe, expect, it } from 'vitest';
import { createIceServersLoader, loadRTCConfiguration, staticIceServers, type IceServersOptions } from '../../src/index.js';
import { createEndpoint, noAnswerDespiteAbort, endlessBody, json, httpError, noAnswer, text, type Answer } from '../support/endpoint.js';
import { mockRandom, makeLoader } from '../support/loaders.js';
import { stubLocks } from '../support/locks.js';
import { stubPage } from '../support/page.js';
import { credential, key, leaksIn, readAll, remark, secretBody, username, watchAll } from '../support/sentinels.js';
import { breakStore, createStorage, readRecords, refuseIndexedDb, stubLocalStorage } from '../support/storage.js';
import { advance, hourMs, jumpClock, outcomeOf, flush } from '../support/world.js';

const echo: Answer = async (_, count) =>
  Response.json(
    { error: `${remark} ${key} ${username} ${credential}`, count },
    { status: 401, statusText: remark, headers: { 'x-echo': key } },
  );

const failures: [what: string, answer: Answer][] = [
  ['400', httpError(400)],
  ['a 401 that echoes everything', echo],
  ['404', httpError(404)],
  ['429', httpError(429, { 'retry-after': key })],
  ['500 with a body that echoes', json({ error: `${key} ${username}` }, 500)],
  [
    'a redirect or a network failure that names the address',
    async () => Promise.reject(new TypeError(`Failed to fetch https://x/?apiKey=${key}`)),
  ],
  [
    'an error that holds the whole request',
    async (init) => Promise.reject(Object.assign(new Error(key), { request: init, options: { url: key }, cause: new Error(key) })),
  ],
  ['a string in place of an error', async () => Promise.reject(key)],
  ['a server that hangs', noAnswer],
  ['a server that hangs despite the signal', noAnswerDespiteAbort],
  ['a body that never ends', endlessBody()],
  ['HTML', text(`<title>${remark} ${username}</title>`)],
  ['a truncated body', text(JSON.stringify(secretBody).slice(0, -10))],
  ['a body that is no JSON and starts with a secret', text(credential)],
  ['a list without a good entry', json([{ urls: `turn:${username}@x`, username, credential }])],
  ['an entry with invalid URLs', json([{ urls: `https://${key}`, username, credential }])],
];

const endpointOf = (answer: Answer) => {
  const endpoint = createEndpoint();
  endpoint.always(answer);
  return endpoint;
};

const optionsFor = (fetch: IceServersOptions['fetch']): IceServersOptions => ({ appName: 'demo', apiKey: key, region: 'europe', fetch });

describe('C-43: no secret is found', () => {
  it.each(failures)('after %s on a first load', async (_, answer) => {
    const watch = watchAll();
    const loader = makeLoader(optionsFor(endpointOf(answer).fetch));
    watch.listen(loader);
    for (const cache of ['default', 'reload', 'no-store', 'only-if-cached'] as const) {
      const { error } = await outcomeOf(loader.load({ cache }));
      expect(error).toBeDefined();
      watch.show(error);
      watch.show(loader.status);
    }
    await flush();
    expect(leaksIn(watch.all())).toEqual([]);
    expect(readAll([...(await readRecords())])).not.toContain('feedface');
  });

  it.each(failures)('after %s on a refresh, when a stale or fresh entry serves', async (_, answer) => {
    mockRandom(0);
    const watch = watchAll();
    const endpoint = endpointOf(json(secretBody));
    const loader = makeLoader({ ...optionsFor(endpoint.fetch), fallback: [{ urls: 'stun:stun.example.com' }] });
    watch.listen(loader);
    await outcomeOf(loader.load());
    endpoint.always(answer);
    for (const ms of [0.6 * hourMs, hourMs]) {
      jumpClock(ms);
      await outcomeOf(loader.load());
      await advance(15_000);
      watch.show(loader.status);
      watch.show(loader.status?.error);
    }
    expect(leaksIn(watch.all())).toEqual([]);
  });

  it.each(failures)('after %s, in the promise of loadRTCConfiguration', async (_, answer) => {
    const watch = watchAll();
    const { error } = await outcomeOf(loadRTCConfiguration(optionsFor(endpointOf(answer).fetch)));
    watch.show(error);
    expect(error).toBeDefined();
    expect(leaksIn(watch.all())).toEqual([]);
  });

  it('in the loader itself: JSON, string, properties', async () => {
    const loader = makeLoader(optionsFor(endpointOf(json(secretBody)).fetch));
    expect(leaksIn(readAll(loader))).toEqual([]);
    await outcomeOf(loader.load());
    expect(leaksIn(readAll(loader))).toEqual([]);
    expect(leaksIn(JSON.stringify(loader))).toEqual([]);
    expect(leaksIn(JSON.stringify({ ...loader }))).toEqual([]);
    expect(leaksIn(readAll(loader.status))).toEqual([]);
  });

  it('in the names of locks, in what localStorage holds and in the keys of stored records', async () => {
    const watch = watchAll();
    const locks = stubLocks();
    const items = stubLocalStorage();
    const loader = makeLoader(optionsFor(endpointOf(json(secretBody)).fetch));
    await outcomeOf(loader.load());
    await flush();
    expect(locks.requested.length).toBeGreaterThan(0);
    expect(items.size).toBeGreaterThan(0);
    const records = await readRecords();
    expect(records.size).toBe(1);
    expect(leaksIn([...locks.requested.map(({ name }) => name), ...[...items].flat(), ...records.keys(), watch.all()].join('\n'))).toEqual(
      [],
    );
  });

  it('in stored records apart from the servers, and no API key there', async () => {
    const storage = createStorage();
    const loader = makeLoader({ ...optionsFor(endpointOf(json(secretBody)).fetch), storage });
    await outcomeOf(loader.load());
    await flush();
    const records = [...storage.items.values()];
    expect(records).toHaveLength(1);
    expect(readAll(records)).not.toContain('feedface');
    const { iceServers: _, ...rest } = records[0] as { iceServers: unknown };
    expect(leaksIn(readAll(rest))).toEqual([]);
    expect(leaksIn(storage.set.mock.calls.map(([name]) => name).join())).toEqual([]);
  });

  it('if storage fails', async () => {
    const watch = watchAll();
    refuseIndexedDb('UnknownError');
    const loader = makeLoader(optionsFor(endpointOf(json(secretBody)).fetch));
    watch.listen(loader);
    await outcomeOf(loader.load());
    await outcomeOf(loader.load({ cache: 'reload' }));
    await outcomeOf(loader.invalidate());
    expect(leaksIn(watch.all())).toEqual([]);
  });

  it('if a write fails', async () => {
    const watch = watchAll();
    breakStore('QuotaExceededError', 'put');
    const loader = makeLoader(optionsFor(endpointOf(json(secretBody)).fetch));
    watch.listen(loader);
    await outcomeOf(loader.load());
    await advance(1000);
    expect(leaksIn(watch.all())).toEqual([]);
  });

  it('in the error of a caller who aborted, and of one after dispose', async () => {
    const watch = watchAll();
    const loader = makeLoader(optionsFor(endpointOf(noAnswer).fetch));
    const controller = new AbortController();
    const leaving = loader.load({ signal: controller.signal });
    leaving.catch(() => {});
    await advance(10);
    controller.abort();
    watch.show((await outcomeOf(leaving)).error);
    const waiting = loader.load();
    waiting.catch(() => {});
    await advance(10);
    loader.dispose();
    watch.show((await outcomeOf(waiting)).error);
    watch.show((await outcomeOf(loader.load())).error);
    expect(leaksIn(watch.all())).toEqual([]);
  });

  it('after the online event', async () => {
    const watch = watchAll();
    const page = stubPage();
    const endpoint = endpointOf(async () => Promise.reject(new TypeError(key)));
    const loader = makeLoader(optionsFor(endpoint.fetch));
    watch.listen(loader);
    await outcomeOf(loader.load());
    page.fire('online');
    await advance(15_000);
    watch.show(loader.status);
    expect(leaksIn(watch.all())).toEqual([]);
  });

  const secretKey = `${key}${key.slice(0, 12)}`;
  it.each<[what: string, options: unknown]>([
    ['a Secret Key', { appName: 'demo', apiKey: secretKey }],
    ['sk_…', { appName: 'demo', apiKey: `sk_live_${key}` }],
    ['pk_…', { appName: 'demo', apiKey: `pk_live_${key}` }],
    ['a Secret Key in an address', `https://demo.metered.live/api/v1/turn/credentials?apiKey=${secretKey}`],
    ['an invalid address', `not an address ${key}`],
    ['an address with a password', { endpoint: `https://${username}:${credential}@x/`, apiKey: key }],
    ['a key in place of the options', key],
    ['a key in place of an app name', { appName: `https://${key}/`, apiKey: key }],
    ['a key as the name of an option', { appName: 'demo', apiKey: key, [key]: 1 }],
    ['secrets in a wrong fallback', { appName: 'demo', apiKey: key, fallback: [{ urls: 'turn:', username, credential }] }],
    [
      'secrets in a wrong rtcConfiguration',
      { appName: 'demo', apiKey: key, rtcConfiguration: { iceServers: [{ urls: 'turn:', username, credential }] } },
    ],
    ['a key in a wrong storage', { appName: 'demo', apiKey: key, storage: { key } }],
    ['both an app name and an endpoint', { appName: 'demo', endpoint: `https://x/?apiKey=${key}`, apiKey: key }],
    ['a wrong maxAge beside a key', { appName: 'demo', apiKey: key, maxAge: key }],
  ])('in what the factory throws and loadRTCConfiguration rejects with for %s', async (_, options) => {
    const watch = watchAll();
    let thrown: unknown;
    try {
      createIceServersLoader(options as IceServersOptions);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeDefined();
    watch.show(thrown);
    watch.show((await outcomeOf(loadRTCConfiguration(options as IceServersOptions))).error);
    expect(leaksIn(watch.all())).toEqual([]);
  });

  it.each([
    ['no credential', { username }],
    ['no username', { credential }],
    ['a host that is no string', { username, credential, host: 7 }],
  ])('in what staticIceServers throws for %s', (_, pair) => {
    let thrown: unknown;
    try {
      staticIceServers(pair as never);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TypeError);
    expect(leaksIn(readAll(thrown))).toEqual([]);
  });

  it('in the errors for wrong options of load', async () => {
    const watch = watchAll();
    const loader = makeLoader(optionsFor(endpointOf(noAnswer).fetch));
    for (const options of [{ cache: key }, { [key]: 1 }, { minValidity: key }, { signal: key }]) {
      watch.show((await outcomeOf(loader.load(options as never))).error);
    }
    expect(leaksIn(watch.all())).toEqual([]);
  });

  it('by a search that does find one in a test', () => {
    const error = new Error('x', { cause: Object.assign(new Error('y'), { request: { url: `https://x/?apiKey=${key}` } }) });
    expect(leaksIn(readAll(error))).toContain(key);
    expect(leaksIn(readAll(Object.defineProperty({}, 'hidden', { value: username })))).toContain(username);
    expect(leaksIn(readAll(new CustomEvent('x', { detail: credential }).detail))).toContain(credential);
  });
});
