import type { Locator, Page } from '@playwright/test';
import { violationsIn } from './support/axe.js';
import { barIn, elementIn, expect, openTab, runTest, simulate, test, verdictIn } from './support/demo.js';
import { needCoturn } from './support/turn.js';

const troublesIn = (page: Page): Locator => page.locator('.troubles').getByRole('button');

/** Has the demo make a trouble whose test takes seconds, and returns while it runs. */
async function startSlowTest(page: Page): Promise<void> {
  await page.getByText('Simulate a problem').click();
  await page.getByRole('button', { name: 'Dead server', exact: true }).click();
  await expect(verdictIn(page)).toContainText('at most');
}

async function stopTest(page: Page): Promise<void> {
  await verdictIn(page).getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Test again' })).toBeVisible();
}

for (const [width, colorScheme] of [
  [1280, 'light'],
  [390, 'dark'],
  [390, 'light'],
  [1280, 'dark'],
] as const) {
  test.describe(`at ${width} pixels, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test('a checker of accessibility finds nothing before, during and after a test, and in a trouble; the verdict is in view', async ({
      demoPage,
    }) => {
      needCoturn();
      await expect(demoPage.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await violationsIn(demoPage)).toEqual([]);
      await demoPage.getByText('App and key').click();
      expect(await violationsIn(demoPage)).toEqual([]);
      await runTest(demoPage);
      await expect(verdictIn(demoPage).getByRole('heading')).toBeInViewport();
      expect(await violationsIn(demoPage)).toEqual([]);
      await startSlowTest(demoPage);
      expect(await violationsIn(demoPage)).toEqual([]);
      await stopTest(demoPage);
      await simulate(demoPage, 'UDP blocked');
      await expect(verdictIn(demoPage).getByRole('heading')).toBeInViewport();
      expect(await violationsIn(demoPage)).toEqual([]);
    });
  });
}

for (const width of [320, 390, 768, 1440]) {
  test.describe(`at ${width} pixels`, () => {
    test.use({ viewport: { width, height: 844 } });

    test('nothing sticks out sideways at any moment of a run', async ({ demoPage }) => {
      await demoPage.evaluate(() => {
        Object.assign(window, { widest: 0 });
        const look = (): void => {
          const seen = window as unknown as { widest: number };
          seen.widest = Math.max(seen.widest, document.documentElement.scrollWidth);
          requestAnimationFrame(look);
        };
        look();
      });
      await simulate(demoPage, 'Unknown server name');
      expect(await demoPage.evaluate(() => (window as unknown as { widest: number }).widest)).toBe(width);
    });
  });
}

test.describe('on a touch screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  /** What can be pressed and is smaller than a finger. A box to tick counts with its label. */
  const smallTargets = async (page: Page): Promise<string[]> => {
    const targets = await page.locator('button, a, summary, select, label, input:not([type=checkbox])').all();
    const boxes = await Promise.all(targets.map(async (target) => [await target.boundingBox(), await target.innerText()] as const));
    expect(boxes.length).toBeGreaterThan(5);
    return boxes.flatMap(([box, text]) => (box && (box.width < 44 || box.height < 44) ? [`${text}: ${box.width} × ${box.height}`] : []));
  };

  test('every target of the page is at least 44 pixels wide and high', async ({ demoPage }) => {
    await demoPage.getByText('App and key').click();
    await startSlowTest(demoPage);
    expect(await smallTargets(demoPage)).toEqual([]);
    await stopTest(demoPage);
    for (const name of ['Code', 'Report', 'Log']) {
      await openTab(demoPage, name);
      expect(await smallTargets(demoPage), name).toEqual([]);
    }
  });

  test('so is every target of the live call', async ({ page, demo }) => {
    await page.goto(`${demo}call.html`);
    await expect(page.getByRole('button', { name: 'Start both calls' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
    for (const target of await page.locator('button, a').all()) {
      const { width, height } = (await target.boundingBox())!;
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    }
  });
});

test('forced colours keep the chosen trouble and the selected tab apart from the rest', async ({ demoPage }) => {
  await demoPage.emulateMedia({ forcedColors: 'active' });
  await startSlowTest(demoPage);
  const grounds = await troublesIn(demoPage).evaluateAll((buttons) => buttons.map((button) => getComputedStyle(button).backgroundColor));
  const chosen = await troublesIn(demoPage)
    .and(demoPage.locator('[aria-pressed=true]'))
    .evaluate((button) => getComputedStyle(button).backgroundColor);
  expect(grounds.filter((ground) => ground === chosen)).toHaveLength(1);
  await stopTest(demoPage);
  const lines = await elementIn(demoPage)
    .getByRole('tab')
    .evaluateAll((tabs) => tabs.map((tab) => getComputedStyle(tab).borderBottomColor));
  expect(new Set(lines).size).toBe(2);
  expect(lines.filter((line) => line === lines[0])).toHaveLength(1);
});

test('a person who wants less motion sees nothing move, in a test or in a call', async ({ page, demo }) => {
  const animations = (): Promise<number> =>
    page.evaluate(() => {
      const roots = [document, ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
      return roots.flatMap((root) => root.getAnimations()).filter(({ playState }) => playState === 'running').length;
    });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(demo);
  await startSlowTest(page);
  expect(await animations()).toBe(0);
  await stopTest(page);
  await page.goto(`${demo}call.html`);
  await page.getByRole('button', { name: 'Start both calls' }).click();
  await expect(page.locator('[data-icon=busy]').first()).toBeVisible();
  expect(await animations()).toBe(0);
});

test('the bar of a trouble stays in view without covering what the keyboard reaches', async ({ demoPage }) => {
  await demoPage.setViewportSize({ width: 390, height: 600 });
  await simulate(demoPage, 'Unknown server name');
  await openTab(demoPage, 'Log');
  for (let count = 0; count < 8; count += 1) await demoPage.keyboard.press('Shift+Tab');
  await expect(barIn(demoPage)).toBeInViewport();
  const isCovered = await demoPage.evaluate(() => {
    const bar = document.querySelector('.bar')!.getBoundingClientRect();
    const host = document.activeElement!;
    const focused = (host.shadowRoot?.activeElement ?? host).getBoundingClientRect();
    return focused.top < bar.bottom && focused.bottom > bar.top;
  });
  expect(isCovered).toBe(false);
});

test.describe('the live call with text that is twice as large', () => {
  for (const width of [320, 390, 1280]) {
    test(`has nothing that sticks out sideways at ${width} pixels`, async ({ page, demo }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(`${demo}call.html`);
      await page.addStyleTag({ content: ':root { font-size: 200% }' });
      await page.getByRole('button', { name: 'Start both calls' }).click();
      await expect(page.getByRole('region', { name: 'What happened' }).getByRole('listitem').first()).toBeVisible({ timeout: 30_000 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  }
});
