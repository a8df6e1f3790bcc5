import type { Page } from '@playwright/test';
import { overwriteRecords, untilStored, untilStoredOf } from './support/stored.js';
import { expect, openModule, test } from './support/test.js';
import { serverCount } from './support/turn.js';

const path = '/api/v1/turn/credentials';
const databaseName = 'ice-servers-loader';

/** Loads in the page; gives where the servers came from and when, where they are kept, and whether the browser takes them. */
const loadIn = (page: Page, options: { endpoint: string; apiKey: string }) =>
  page.evaluate(async (given) => {
    window.loader ??= window.api.createIceServersLoader(given);
    const configuration = await window.loader.load();
    if ('RTCPeerConnection' in window) new RTCPeerConnection(configuration).close();
    const { source, storage, fetchedAt } = window.loader.status!;
    return { source, storage, fetchedAt, count: configuration.iceServers.length };
  }, options);

test('C-08: a sandboxed frame, where storage and locks refuse, loads from the network', async ({ page, site, standIn }) => {
  const tag = `<script src="${site.origin}/dist/ice-servers-loader.iife.js" data-endpoint="${standIn.endpoint}" data-api-key="${standIn.apiKey}"></script>
    <script>IceServers.ready.then(({ iceServers }) => parent.postMessage({ count: iceServers.length, storage: IceServers.loader.status.storage }, '*'), (error) => parent.postMessage(String(error), '*'));</script>`;
  site.page('/inside', `<!doctype html>${tag}`);
  await page.goto(
    site.page(
      '/sandbox',
      `<!doctype html><title>sandbox</title><link rel="icon" href="data:,"><script>window.heard = new Promise((resolve) => addEventListener('message', ({ data }) => resolve(data)));</script><iframe sandbox="allow-scripts" src="/inside"></iframe>`,
    ),
  );
  expect(await page.evaluate(() => window.heard)).toEqual({ count: serverCount, storage: 'memory' });
});

test('C-12: another tab deletes our database unblocked, and this one goes on', async ({ context, modulePage, site, standIn }) => {
  const options = { endpoint: standIn.endpoint, apiKey: standIn.apiKey };
  await loadIn(modulePage, options);
  await untilStored(modulePage);
  const other = await context.newPage();
  await other.goto(site.origin);
  const outcome = await other.evaluate(
    (name) =>
      new Promise((resolve) => {
        const deleting = indexedDB.deleteDatabase(name);
        deleting.onblocked = () => resolve('blocked');
        deleting.onsuccess = () => resolve('success');
      }),
    databaseName,
  );
  expect(outcome).toBe('success');
  expect(await loadIn(modulePage, options)).toMatchObject({ source: 'memory', count: serverCount });
});

test('C-11: a database of our name without our store is made anew', async ({ modulePage, site, standIn }) => {
  const options = { endpoint: standIn.endpoint, apiKey: standIn.apiKey };
  await modulePage.evaluate(
    (name) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open(name);
        opening.onupgradeneeded = () => opening.result.createObjectStore('foreign');
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
      }),
    databaseName,
  );
  expect(await loadIn(modulePage, options)).toMatchObject({ source: 'network' });
  await expect
    .poll(async () => {
      await openModule(modulePage, site);
      return (await loadIn(modulePage, options)).source;
    })
    .toBe('indexeddb');
});

test('a record that somebody else wrote over is a miss, and never reaches the constructor', async ({ modulePage, site, standIn }) => {
  const options = { endpoint: standIn.endpoint, apiKey: standIn.apiKey };
  const { fetchedAt } = await loadIn(modulePage, options);
  await untilStored(modulePage);
  await untilStoredOf(modulePage, fetchedAt);
  for (const junk of [
    null,
    7,
    'x',
    [],
    { v: 2 },
    { v: 1, fetchedAt: Date.now() - 1, iceServers: [{ urls: 'turn:x?transport=sctp', username: 'u', credential: 'c' }] },
  ]) {
    await overwriteRecords(modulePage, junk);
    await openModule(modulePage, site);
    const loaded = await loadIn(modulePage, options);
    expect(loaded).toMatchObject({ source: 'network', count: serverCount });
    // The hint is there from the first load. A write that is late would replace the next junk.
    await untilStoredOf(modulePage, loaded.fetchedAt);
  }
});

test('C-25: a context that holds our lock for ever delays a load, and loses nothing', async ({ context, modulePage, site, standIn }) => {
  const options = { endpoint: standIn.endpoint, apiKey: standIn.apiKey };
  const holder = await context.newPage();
  await openModule(holder, site);
  standIn.faults.set({ delayMs: 500, times: 1 });
  // The name is learned while a load holds the lock; then this page takes it and keeps it.
  const name = await holder.evaluate(async (given) => {
    const nowhere = { get: () => {}, set: () => {}, delete: () => {} };
    void window.api.createIceServersLoader({ ...given, storage: nowhere }).load();
    for (;;) {
      const { held } = await navigator.locks.query();
      const ours = held?.find((lock) => lock.name?.startsWith('ice-servers-loader:'))?.name;
      if (ours) {
        void navigator.locks.request(ours, () => new Promise(() => {}));
        return ours;
      }
    }
  }, options);
  await expect.poll(() => holder.evaluate(async () => (await navigator.locks.query()).pending?.length)).toBe(0);
  expect(await loadIn(modulePage, options)).toMatchObject({ source: 'network', count: serverCount });
  const { held } = await holder.evaluate(() => navigator.locks.query());
  expect(held?.map((lock) => lock.name)).toContain(name);
});

test('C-18: a worker loads', async ({ page, site, standIn }) => {
  await page.goto(site.origin);
  const outcome = await page.evaluate(
    ({ script, endpoint, apiKey }) =>
      new Promise((resolve) => {
        const source = `importScripts(${JSON.stringify(script)}); IceServers.loadRTCConfiguration(${JSON.stringify({ endpoint, apiKey })}).then(({ iceServers }) => postMessage(iceServers.length), (error) => postMessage(String(error)));`;
        const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
        worker.onmessage = ({ data }) => resolve(data);
      }),
    { script: `${site.origin}/dist/ice-servers-loader.iife.js`, endpoint: standIn.endpoint, apiKey: standIn.apiKey },
  );
  expect(outcome).toBe(serverCount);
});

test('C-13, C-67: a page that has loaded is restored from the back-forward cache, and loads again', async ({
  page,
  site,
  standIn,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'Firefox keeps no page in its back-forward cache while it is driven.');
  const options = { endpoint: standIn.endpoint, apiKey: standIn.apiKey };
  await openModule(page, site);
  await page.evaluate((given) => {
    window.loader = window.api.createIceServersLoader({ ...given, autoRefresh: true });
    window.addEventListener('pageshow', ({ persisted }) => (document.title = persisted ? 'restored' : 'new'));
  }, options);
  await loadIn(page, options);
  await untilStored(page);
  await page.goto(site.page('/elsewhere', '<!doctype html><title>elsewhere</title><link rel="icon" href="data:,">'));
  // Not goBack: it waits for a load event, and a restored page fires none.
  await page.evaluate(() => history.back());
  await page.waitForFunction(() => document.title === 'restored');
  expect(await loadIn(page, options)).toMatchObject({ source: 'memory', count: serverCount });
  expect(standIn.requests.count({ path })).toBe(1);
});
