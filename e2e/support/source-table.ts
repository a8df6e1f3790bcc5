import type { Page } from '@playwright/test';
import type { StandIn } from '../../demo/server/stand-in.js';
import type { SourceName } from '../pages/sources.js';
import { iceServersPath, serveApp, turnKeyPath, type AppServer } from './app-server.js';
import { openScript } from './page-script.js';
import type { Site } from './site.js';
import { allowSleep } from './sleep.js';
import { untilStored } from './stored.js';
import { expect, test } from './test.js';
import { serverCount } from './turn.js';

/** How often each address is requested. */
interface Requests {
  readonly metered: number;
  readonly turnKey: number;
  readonly iceServers: number;
}

interface Row {
  readonly name: SourceName;
  /** What one load requests. */
  readonly once: Requests;
  /** How a load ends if the source fails and nothing is cached. */
  readonly failure: string;
  /** How it ends if the source fails and the cached answer is past its life. A fixed key's is not known: a stale answer serves. */
  readonly pastLife: { readonly source: 'stale'; readonly servers: number } | { readonly error: string };
}

const rows: readonly Row[] = [
  {
    name: 'Metered with a fixed key',
    once: { metered: 1, turnKey: 0, iceServers: 0 },
    failure: 'server-error',
    pastLife: { source: 'stale', servers: serverCount },
  },
  {
    name: 'Metered with a key from a function',
    once: { metered: 1, turnKey: 1, iceServers: 0 },
    failure: 'source-failed',
    pastLife: { error: 'source-failed' },
  },
  {
    name: 'an own route',
    once: { metered: 0, turnKey: 0, iceServers: 1 },
    failure: 'server-error',
    pastLife: { error: 'server-error' },
  },
  {
    name: 'getServers',
    once: { metered: 0, turnKey: 0, iceServers: 1 },
    failure: 'source-failed',
    pastLife: { error: 'source-failed' },
  },
];

/** More than every answer's life: an hour for a fixed key, ten minutes for the app's own routes. */
const pastLifeMs = 2 * 3_600_000;

interface Given {
  readonly page: Page;
  readonly site: Site;
  readonly standIn: StandIn;
}

/** Tests every source in every situation, with the package that `importMap` names. */
export function testSources(importMap?: (site: Site) => string): void {
  // The browser tells of each 500.
  test.use({ allowedComplaints: /Failed to load resource|Using (three|five) or more STUN/ });

  async function open(row: Row, { page, site, standIn }: Given): Promise<AppServer> {
    const app = serveApp(site, standIn);
    await allowSleep(page, 'both clocks');
    await openPage(row, { page, site, standIn });
    return app;
  }

  async function openPage({ name }: Row, { page, site, standIn }: Given): Promise<void> {
    await openScript(page, site, 'sources.ts', importMap?.(site));
    await page.waitForFunction(() => 'makeLoader' in window);
    await page.evaluate(({ source, given }) => window.makeLoader(source, given), {
      source: name,
      given: { endpoint: standIn.endpoint, apiKey: standIn.apiKey, turnKeyPath, iceServersPath },
    });
  }

  for (const row of rows) {
    test.describe(row.name, () => {
      test('cold: one request brings servers that the browser takes', async ({ page, site, standIn }) => {
        const app = await open(row, { page, site, standIn });
        expect(await loadIn(page)).toEqual({ source: 'network', servers: serverCount });
        expect(requestsTo(app, standIn)).toEqual(row.once);
      });

      test("cold: the page's own server sees its cookies, and Metered gets none", async ({ page, context, site, standIn }) => {
        await context.addCookies([{ name: 'session', value: 'anna', url: site.origin }]);
        const app = await open(row, { page, site, standIn });
        await loadIn(page);
        expect(app.requests.map(({ cookie }) => cookie)).toEqual(app.requests.map(() => 'session=anna'));
        expect(browserRequests(standIn).filter(({ headers }) => 'cookie' in headers || 'referer' in headers)).toEqual([]);
      });

      test('warm: the next page asks nobody', async ({ page, site, standIn }) => {
        const app = await open(row, { page, site, standIn });
        await loadIn(page);
        await untilStored(page);
        await openPage(row, { page, site, standIn });
        expect(await loadIn(page)).toEqual({ source: 'indexeddb', servers: serverCount });
        expect(requestsTo(app, standIn)).toEqual(row.once);
      });

      test('expired: one more request brings new servers', async ({ page, site, standIn }) => {
        const app = await open(row, { page, site, standIn });
        await loadIn(page);
        await page.evaluate((ms) => window.sleepFor(ms), pastLifeMs);
        expect(await loadIn(page)).toEqual({ source: 'network', servers: serverCount });
        const { metered, turnKey, iceServers } = row.once;
        expect(requestsTo(app, standIn)).toEqual({ metered: 2 * metered, turnKey: 2 * turnKey, iceServers: 2 * iceServers });
      });

      test(`failing and cold: rejects with ${row.failure}`, async ({ page, site, standIn }) => {
        const app = await open(row, { page, site, standIn });
        fail(app, standIn);
        expect(await loadIn(page)).toEqual({ error: row.failure });
      });

      test('failing and past the life: only an answer without a known life serves on', async ({ page, site, standIn }) => {
        const app = await open(row, { page, site, standIn });
        await loadIn(page);
        await page.evaluate((ms) => window.sleepFor(ms), pastLifeMs);
        fail(app, standIn);
        expect(await loadIn(page)).toEqual(row.pastLife);
      });

      test('aborted: the load rejects at once, and its request ends', async ({ page, site, standIn }) => {
        const app = await open(row, { page, site, standIn });
        hang(app, standIn);
        await page.evaluate(() => window.startLoad());
        await expect.poll(() => app.requests.length + browserRequests(standIn).length).toBe(1);
        expect(await page.evaluate(() => window.abortLoad())).toEqual({ error: 'AbortError', abortedRequests: 1 });
      });
    });
  }
}

function loadIn(page: Page) {
  return page.evaluate(() => window.loadNow());
}

/** The requests to Metered that came from a page, and not from the app's server. */
function browserRequests({ requests }: StandIn) {
  return requests.records.filter(({ headers }) => 'origin' in headers);
}

function requestsTo(app: AppServer, standIn: StandIn): Requests {
  return { metered: browserRequests(standIn).length, turnKey: app.countOf(turnKeyPath), iceServers: app.countOf(iceServersPath) };
}

function fail(app: AppServer, { faults }: StandIn): void {
  faults.set({ status: 500 });
  app.beforeAnswer = () => {
    throw new Error('A fault.');
  };
}

function hang(app: AppServer, { faults }: StandIn): void {
  faults.set({ hang: true });
  app.beforeAnswer = () => new Promise(() => {});
}
