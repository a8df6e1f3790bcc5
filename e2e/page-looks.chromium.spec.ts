import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, rowsIn, runTest, test } from './support/demo.js';

const font = new URL('../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', import.meta.url);

/** The same letters on every machine, whatever fonts it has. */
const useOneFont = async (page: Page): Promise<void> => {
  const data = (await readFile(font)).toString('base64');
  await page.addStyleTag({
    content: `@font-face { font-family: One; font-weight: 100 900; src: url(data:font/woff2;base64,${data}) }
      :root { --pico-font-family: One !important; --pico-font-family-monospace: One !important }`,
  });
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
};

for (const [width, colorScheme, trouble] of [
  [1280, 'light', undefined],
  [1280, 'dark', 'UDP blocked'],
  [390, 'light', 'Expired password'],
  [390, 'dark', undefined],
] as const) {
  test.describe(`at ${width} pixels, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 1000 }, colorScheme });

    test(`the page looks as it did: ${trouble ?? 'all is well'}`, async ({ demoPage }) => {
      await useOneFont(demoPage);
      await runTest(demoPage, trouble ?? 'Test my connection');
      await demoPage.evaluate(() => {
        document.querySelector<HTMLElement>(':focus')?.blur();
        scrollTo(0, 0);
      });
      await expect(demoPage).toHaveScreenshot(`${width}-${colorScheme}.png`, {
        animations: 'disabled',
        mask: ['.clock', '.port', '.time', '.trip', '.pair > div:last-child'].map((figures) => demoPage.locator(figures)),
        maxDiffPixelRatio: 0.03,
      });
    });

    test('nothing sticks out sideways', async ({ demoPage }) => {
      await runTest(demoPage, 'Unknown server name');
      expect(await demoPage.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });
}

for (const [width, colorScheme] of [
  [1280, 'light'],
  [390, 'dark'],
] as const) {
  test.describe(`at ${width} pixels, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 1000 }, colorScheme });

    test('a checker of accessibility finds nothing before, during and after a test', async ({ demoPage }) => {
      const violations = async (): Promise<string[]> => {
        const found = await new AxeBuilder({ page: demoPage }).analyze();
        return found.violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id} ${String(target)} ${failureSummary}`),
        );
      };
      expect(await violations()).toEqual([]);
      await demoPage.getByRole('button', { name: 'Dead server' }).click();
      await expect(rowsIn(demoPage).first()).toContainText('Testing…');
      expect(await violations()).toEqual([]);
      await demoPage.getByRole('button', { name: 'Stop' }).click();
      await demoPage.getByText('Details').first().click();
      expect(await violations()).toEqual([]);
    });

    test('nothing jumps while results come in', async ({ demoPage }) => {
      await demoPage.evaluate(() => {
        document.title = '0';
        new PerformanceObserver((list) => {
          for (const shift of list.getEntries())
            document.title = String(Number(document.title) + (shift as unknown as { value: number }).value);
        }).observe({ type: 'layout-shift' });
      });
      await runTest(demoPage, 'UDP blocked');
      await expect(rowsIn(demoPage).first()).toContainText('No answer');
      // A line of text more or less in one box; 0.1 is what a reader notices (https://web.dev/articles/cls).
      expect(Number(await demoPage.title())).toBeLessThan(0.05);
    });
  });
}
