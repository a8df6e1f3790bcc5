import type { Stage } from '../stage.js';

const path = '/api/v1/turn/credentials';

export interface Requests {
  readonly callers: number;
  readonly tabs: number;
  readonly reloads: number;
}

/** How many requests 50 callers in one page, 8 tabs at once, and 20 reloads of a page make. */
export const requestsOf = async ({ standIn, withPage, clear, context, site, address }: Stage, name: string): Promise<Requests> => {
  const count = async (work: () => Promise<unknown>): Promise<number> => {
    standIn.requests.clear();
    await work();
    return standIn.requests.count({ path });
  };
  standIn.faults.set({ delayMs: 100 });

  await clear();
  const callers = await count(() =>
    withPage(name, (page) => page.evaluate((given) => Promise.all(Array.from({ length: 50 }, () => window.load(given))), address)),
  );

  await clear();
  const pages = await Promise.all(Array.from({ length: 8 }, () => context.newPage()));
  for (const page of pages) await page.goto(`${site.origin}/${name}`);
  const tabs = await count(() => Promise.all(pages.map((page) => page.evaluate((given) => window.load(given), address))));
  for (const page of pages) await page.close();

  const reloads = await withPage(name, async (page) => {
    await page.evaluate((given) => window.load(given), address);
    return count(async () => {
      for (let i = 0; i < 20; i++) {
        await page.reload();
        await page.evaluate((given) => window.load(given), address);
      }
    });
  });
  standIn.faults.clear();
  return { callers, tabs, reloads };
};
