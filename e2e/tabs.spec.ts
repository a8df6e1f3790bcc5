import type { BrowserContext, Page } from '@playwright/test';
import { iceServersPath, serveApp, turnKeyPath } from './support/app-server.js';
import type { Site } from './support/site.js';
import { untilStored } from './support/stored.js';
import { expect, openModule, test } from './support/test.js';
import { serverCount } from './support/turn.js';

const getCredentialPath = '/api/v1/turn/credentials';

async function openTabs(context: BrowserContext, site: Site, count: number): Promise<Page[]> {
  const tabs = await Promise.all(Array.from({ length: count }, () => context.newPage()));
  await Promise.all(tabs.map((tab) => openModule(tab, site)));
  return tabs;
}

test('C-86: six cold tabs whose endpoint takes four seconds make two requests at most, and all are served with the first answer', async ({
  context,
  site,
  standIn,
}) => {
  const tabs = await openTabs(context, site, 6);
  standIn.faults.set({ delayMs: 4000 });
  const loads = await Promise.all(
    tabs.map((tab) =>
      tab.evaluate(
        async (options) => {
          const loader = window.api.createIceServersLoader(options);
          const { iceServers } = await loader.load();
          return { count: iceServers.length, servedAt: Date.now(), fetchedAt: loader.status!.fetchedAt };
        },
        { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
      ),
    ),
  );
  expect(loads.map(({ count }) => count)).toEqual(tabs.map(() => serverCount));
  expect(standIn.requests.count({ path: getCredentialPath })).toBeLessThanOrEqual(2);
  // Every tab has the answer of the first request.
  expect(new Set(loads.map(({ fetchedAt }) => fetchedAt)).size).toBe(1);
});

test('C-30, C-90: two tabs with apiKey functions of their own and autoRefresh share each refresh: one request and one key', async ({
  context,
  site,
  standIn,
}) => {
  const app = serveApp(site, standIn);
  const tabs = await openTabs(context, site, 2);
  const fetchedAt = (): Promise<(number | undefined)[]> =>
    Promise.all(tabs.map((tab) => tab.evaluate(() => window.loader.peek() && window.loader.status!.fetchedAt)));
  const start = (tab: Page): Promise<void> =>
    tab.evaluate(
      async ({ endpoint, mintAt }) => {
        window.loader = window.api.createIceServersLoader({
          endpoint,
          apiKey: async ({ signal }) => (await fetch(mintAt, { signal })).json(),
          autoRefresh: true,
        });
        await window.loader.load();
      },
      { endpoint: standIn.endpoint, mintAt: `${turnKeyPath}?expiryInSeconds=8` },
    );
  await Promise.all(tabs.map(start));
  const [first] = await fetchedAt();
  expect(await fetchedAt()).toEqual([first, first]);

  // The next answer has reached both tabs, and nobody has called `load`.
  await expect
    .poll(
      async () => {
        const [one, other] = await fetchedAt();
        return one !== first && one === other;
      },
      { intervals: [50], timeout: 20_000 },
    )
    .toBe(true);
  expect({ requests: standIn.requests.count({ path: getCredentialPath }), mints: app.countOf(turnKeyPath) }).toEqual({
    requests: 2,
    mints: 2,
  });
});

test('C-87: two users of one profile never get each other’s servers: each cacheKey has an entry of its own', async ({
  context,
  site,
  standIn,
}) => {
  const app = serveApp(site, standIn);
  const tab = await context.newPage();
  const loadAs = async (cacheKey: string): Promise<{ username: string | undefined; source: string }> => {
    await openModule(tab, site);
    return tab.evaluate(
      async (options) => {
        const loader = window.api.createIceServersLoader(options);
        const { iceServers } = await loader.load();
        return { username: iceServers.find(({ username }) => username)?.username, source: loader.status!.source };
      },
      { endpoint: iceServersPath, cacheKey },
    );
  };

  const ofAnna = await loadAs('anna');
  await untilStored(tab, 1);
  const ofBert = await loadAs('bert');
  await untilStored(tab, 2);
  expect([ofAnna, ofBert]).toEqual(app.minted.map((username) => ({ username, source: 'network' })));
  expect(await loadAs('anna')).toEqual({ ...ofAnna, source: 'indexeddb' });
  expect(await loadAs('bert')).toEqual({ ...ofBert, source: 'indexeddb' });
});
