import type { Page } from '@playwright/test';
import { untilStored } from './support/stored.js';
import { expect, openModule, test } from './support/test.js';
import { serverCount } from './support/turn.js';

const path = '/api/v1/turn/credentials';

/** Loads in the page; gives what came of it, without the secrets. */
const loadIn = async (
  page: Page,
  options: { endpoint: string; apiKey: string; region?: string; maxAge?: number; timeout?: number },
): Promise<{ urls: string[]; source: string | undefined; code?: string }> =>
  page.evaluate(async (given) => {
    window.loader ??= window.api.createIceServersLoader(given);
    try {
      const { iceServers } = await window.loader.load();
      return { urls: iceServers.flatMap(({ urls }) => urls), source: window.loader.status?.source };
    } catch (error) {
      return { urls: [], source: window.loader.status?.source, code: (error as { code?: string }).code ?? String(error) };
    }
  }, options);

test('a cold load is one simple GET with one key and no region', async ({ modulePage, standIn }) => {
  const { urls, source } = await loadIn(modulePage, { endpoint: standIn.endpoint, apiKey: standIn.apiKey });
  expect(urls).toHaveLength(serverCount);
  expect(source).toBe('network');
  expect(standIn.requests.records.map(({ method, query }) => ({ method, query }))).toEqual([{ method: 'GET', query: { apiKey: 1 } }]);
});

test('a region goes along once', async ({ modulePage, standIn }) => {
  await loadIn(modulePage, { endpoint: standIn.endpoint, apiKey: standIn.apiKey, region: 'europe' });
  expect(standIn.requests.records).toMatchObject([{ query: { apiKey: 1, region: 1 }, region: 'europe' }]);
});

test('no request has a header of ours, a cookie or a referrer', async ({ modulePage, standIn }) => {
  await loadIn(modulePage, { endpoint: standIn.endpoint, apiKey: standIn.apiKey });
  const [record] = standIn.requests.records;
  expect(Object.keys(record!.headers)).not.toEqual(expect.arrayContaining(['referer']));
  expect(Object.keys(record!.headers)).not.toEqual(expect.arrayContaining(['cookie']));
  expect(standIn.requests.count({ method: 'OPTIONS' })).toBe(0);
});

test('a reload within maxAge asks nobody', async ({ modulePage, site, standIn }) => {
  const options = { endpoint: standIn.endpoint, apiKey: standIn.apiKey };
  await loadIn(modulePage, options);
  await untilStored(modulePage);
  await openModule(modulePage, site);
  const { urls, source } = await loadIn(modulePage, options);
  expect({ source, count: urls.length }).toEqual({ source: 'indexeddb', count: serverCount });
  expect(standIn.requests.count({ path })).toBe(1);
});

test('a second load comes from memory', async ({ modulePage, standIn }) => {
  const options = { endpoint: standIn.endpoint, apiKey: standIn.apiKey };
  await loadIn(modulePage, options);
  expect((await loadIn(modulePage, options)).source).toBe('memory');
});

test('fifty callers make one request', async ({ modulePage, standIn }) => {
  await modulePage.evaluate((options) => Promise.all(Array.from({ length: 50 }, () => window.api.loadRTCConfiguration(options))), {
    endpoint: standIn.endpoint,
    apiKey: standIn.apiKey,
  });
  expect(standIn.requests.count({ path })).toBe(1);
});

test('eight tabs make one request, and after expiry one more', async ({ context, site, standIn }) => {
  const options = { endpoint: standIn.endpoint, apiKey: standIn.apiKey, maxAge: 15 };
  const pages = await Promise.all(Array.from({ length: 8 }, () => context.newPage()));
  await Promise.all(pages.map((page) => openModule(page, site)));
  standIn.faults.set({ delayMs: 300 });
  await Promise.all(pages.map((page) => loadIn(page, options)));
  expect(standIn.requests.count({ path })).toBe(1);

  await Promise.all(pages.map((page) => page.waitForFunction(() => !window.loader.peek())));
  await Promise.all(pages.map((page) => loadIn(page, options)));
  expect(standIn.requests.count({ path })).toBe(2);
});

test('another region is another entry', async ({ modulePage, standIn }) => {
  const urls = await modulePage.evaluate(
    async ({ endpoint, apiKey }) => {
      const lists = [];
      for (const region of ['europe', 'asia', 'europe'])
        lists.push((await window.api.loadRTCConfiguration({ endpoint, apiKey, region })).iceServers[1]!.urls);
      return lists;
    },
    { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
  );
  expect(urls[0]).toBe(urls[2]);
  expect(urls[0]).not.toBe(urls[1]);
  expect(standIn.requests.count({ path })).toBe(2);
});

test('neither the key of a record nor localStorage tells the API key', async ({ modulePage, standIn }) => {
  await loadIn(modulePage, { endpoint: standIn.endpoint, apiKey: standIn.apiKey });
  const stored = async () =>
    modulePage.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('ice-servers-loader');
        opening.onsuccess = () => resolve(opening.result);
      });
      const store = database.transaction(database.objectStoreNames[0]!).objectStore(database.objectStoreNames[0]!);
      const [keys, values] = await Promise.all(
        [store.getAllKeys(), store.getAll()].map(
          (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result))),
        ),
      );
      database.close();
      return JSON.stringify({ keys, values, local: Object.entries(localStorage) });
    });
  await expect.poll(stored).toContain('turn:');
  expect(await stored()).not.toContain(standIn.apiKey);
});

test.describe('failures', () => {
  test.use({ allowedComplaints: /Failed to load resource|Cross-Origin|CORS|NetworkError|status/ });

  for (const { title, fault, code } of [
    { title: 'an error object with 200', fault: { body: 'error-object' }, code: 'invalid-response' },
    { title: 'HTML with 200', fault: { body: 'html' }, code: 'invalid-response' },
    { title: 'an empty list', fault: { body: 'empty-array' }, code: 'invalid-response' },
    { title: 'a truncated body', fault: { body: 'truncated' }, code: 'invalid-response' },
    { title: '204', fault: { status: 204, body: 'empty' }, code: 'invalid-response' },
    { title: '401', fault: { status: 401 }, code: 'invalid-api-key' },
    { title: '403', fault: { status: 403 }, code: 'invalid-api-key' },
    { title: '404', fault: { status: 404 }, code: 'not-found' },
    { title: '400', fault: { status: 400 }, code: 'invalid-request' },
    { title: '429', fault: { status: 429 }, code: 'rate-limited' },
    { title: '500', fault: { status: 500 }, code: 'server-error' },
    { title: '401 without CORS headers', fault: { status: 401, cors: false }, code: 'network' },
    { title: 'a server that hangs', fault: { hang: true }, code: 'timeout' },
    { title: 'a body that never ends', fault: { body: 'endless' }, code: 'timeout' },
  ] as const) {
    test(`${title} rejects with ${code}, and hands out no server`, async ({ modulePage, standIn }) => {
      standIn.faults.set(fault);
      const outcome = await loadIn(modulePage, {
        endpoint: standIn.endpoint,
        apiKey: standIn.apiKey,
        timeout: code === 'timeout' ? 300 : 10_000,
      });
      expect(outcome).toEqual({ urls: [], source: undefined, code });
    });
  }

  test('no network rejects with network', async ({ modulePage }) => {
    expect(await loadIn(modulePage, { endpoint: 'http://127.0.0.1:9', apiKey: 'a' })).toMatchObject({ code: 'network' });
  });

  test('a key that was refused loses its entry', async ({ modulePage, site, standIn }) => {
    const { apiKey, username } = await standIn.createCredential();
    const options = { endpoint: standIn.endpoint, apiKey };
    await loadIn(modulePage, options);
    await standIn.credentials.disable(standIn.credentials.find(username)!);
    expect(await modulePage.evaluate(() => window.loader.load({ cache: 'reload' }).catch((error: { code: string }) => error.code))).toBe(
      'invalid-api-key',
    );
    await openModule(modulePage, site);
    expect(await loadIn(modulePage, options)).toMatchObject({ code: 'invalid-api-key' });
  });
});
