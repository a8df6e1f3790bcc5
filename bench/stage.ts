import { chromium, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import { startStandIn, type StandIn } from '../demo/server/stand-in.js';
import { chromiumLaunch } from '../test/set-up/chromium.js';
import { startBenchSite, type BenchSite } from './site.js';

/** A browser, the pages, and the endpoint with its TURN server. */
export interface Stage extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly standIn: StandIn;
  readonly site: BenchSite;
  readonly address: string;
  /** Opens the page of a script and works with it. */
  readonly withPage: <T>(path: string, work: (page: Page, cdp: CDPSession) => Promise<T>) => Promise<T>;
  /** Calls `load` once in the page of each of these, from nothing, so that the next page finds what it keeps. */
  readonly warm: (names: readonly string[]) => Promise<void>;
  /** Forgets whatever pages have stored. */
  readonly clear: () => Promise<void>;
}

export async function setStage(scripts: ReadonlyMap<string, string>): Promise<Stage> {
  const standIn = await startStandIn();
  const address = standIn.addressOf(standIn.apiKey);
  // The servers that a page would hold if its author pasted them.
  const iceServers: unknown = await (await fetch(address)).json();
  const inlined = `const configuration = ${JSON.stringify({ iceServers })};\nwindow.load = async () => configuration;`;
  const site = await startBenchSite(new Map([...scripts, ['inlined', inlined]]), address);
  const browser = await chromium.launch(chromiumLaunch);
  const context = await browser.newContext();
  // A page that stays keeps the process of the others alive, as an open tab does.
  const anchor = await context.newPage();
  await anchor.goto(site.origin);
  const anchorCdp = await context.newCDPSession(anchor);

  const withPage: Stage['withPage'] = async (path, work) => {
    const page = await context.newPage();
    try {
      const cdp = await context.newCDPSession(page);
      await page.goto(`${site.origin}/${path}`);
      return await work(page, cdp);
    } finally {
      await page.close();
    }
  };

  const clear = async (): Promise<void> => {
    await anchorCdp.send('Storage.clearDataForOrigin', { origin: site.origin, storageTypes: 'indexeddb,local_storage' });
  };

  return {
    context,
    standIn,
    site,
    address,
    withPage,
    clear,
    warm: async (names) => {
      await clear();
      standIn.faults.clear();
      for (const name of names) {
        await withPage(name, async (page) => {
          await page.evaluate((given) => window.load(given), address);
          await waitForWrites(page);
        });
      }
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      site.stop();
      await standIn.stop();
    },
  };
}

/** Nobody waits for a write: it is there when a new transaction of its store has had its turn. */
function waitForWrites(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      await new Promise<void>((resolve) => {
        indexedDB.open(name!).onsuccess = ({ target }) => {
          const { result } = target as IDBOpenDBRequest;
          const transaction = result.transaction([...result.objectStoreNames], 'readwrite');
          transaction.oncomplete = () => {
            result.close();
            resolve();
          };
        };
      });
    }
  });
}
