import { execa } from 'execa';
import type { Locator, Page } from '@playwright/test';
import { expect, test as base } from './test.js';

export interface Demo {
  readonly origin: string;
  /** What its command has written to the terminal. */
  readonly said: string;
  readonly stop: () => Promise<void>;
}

/** Starts the demo as its command does, with the stand-in behind it. */
export const startDemo = async (env: Record<string, string> = {}): Promise<Demo> => {
  const running = execa('node', ['--import', 'tsx', 'demo/server/main.ts'], {
    env: { METERED_APP_NAME: '', METERED_API_KEY: '', METERED_SECRET_KEY: '', ...env },
    reject: false,
  });
  const stop = async (): Promise<void> => {
    running.kill('SIGTERM');
    await running;
  };
  let said = '';
  const origin = await new Promise<string>((resolve, reject) => {
    running.stdout.on('data', (text: Buffer) => {
      said += String(text);
      const found = /(http:\/\/[\w.:]+)\//.exec(said)?.[1];
      if (found) resolve(found);
    });
    void running.then(({ stderr }) => reject(new Error(`The demo ended as it started: ${stderr}`)));
  });
  return { origin, said, stop };
};

interface Workers {
  /** The address of the page as `npm run demo` serves it. */
  readonly demo: string;
}

interface Fixtures {
  readonly demoPage: Page;
}

export const test = base.extend<Fixtures, Workers>({
  demo: [
    async ({}, use) => {
      const { origin, stop } = await startDemo();
      await use(`${origin}/`);
      await stop();
    },
    // It builds the page first.
    { scope: 'worker', timeout: 90_000 },
  ],
  demoPage: async ({ page, demo }, use) => {
    await page.goto(demo);
    await use(page);
  },
});

export const elementIn = (page: Page): Locator => page.locator('ice-connectivity');
/** The card with the answer. */
export const verdictIn = (page: Page): Locator => page.getByRole('region', { name: 'Connection test' });
export const waysIn = (page: Page): Locator => page.getByRole('region', { name: 'Routes tested' }).getByRole('listitem');
export const barIn = (page: Page): Locator => page.getByRole('status').filter({ hasText: 'Simulating' });

/** Opens a tab of developer mode. */
export const openTab = async (page: Page, name: string): Promise<Locator> => {
  await page.getByRole('tab', { name }).click();
  return page.getByRole('tabpanel', { name });
};

/** Changes what the page is answered, as another server would have answered it. */
export const changeAnswers = (page: Page, pattern: RegExp, replacement: string): Promise<unknown> =>
  page.addInitScript(
    (given) => {
      const { fetch } = window;
      const asWanted = new RegExp(given.source, given.flags);
      window.fetch = async (...asked) => {
        const response = await fetch(...asked);
        return new Response((await response.text()).replace(asWanted, given.replacement), response);
      };
    },
    // A RegExp itself does not come through: what goes to the page is JSON.
    { source: pattern.source, flags: pattern.flags, replacement },
  );

/** Presses what starts a test, and waits until it has ended. */
export const runTest = async (page: Page, name = 'Test my connection'): Promise<void> => {
  await page.getByRole('button', { name, exact: true }).click();
  await testEnd(page);
};

/** The button that has the demo make a trouble. */
export const chip = async (page: Page, trouble: string): Promise<Locator> => {
  const button = page.getByRole('button', { name: trouble, exact: true });
  await page.getByText('Simulate a problem').waitFor();
  if (!(await button.isVisible())) await page.getByText('Simulate a problem').click();
  return button;
};

/** Has the demo make a trouble, and waits until the test with it has ended. */
export const simulate = async (page: Page, trouble: string): Promise<void> => {
  await chip(page, trouble);
  await runTest(page, trouble);
};

const testEnd = (page: Page): Promise<void> => expect(page.getByRole('button', { name: 'Test again' })).toBeVisible({ timeout: 30_000 });

export { expect };
