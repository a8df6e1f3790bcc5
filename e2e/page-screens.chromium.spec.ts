import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { elementIn } from './support/demo.js';
import { reports } from './support/reports.js';
import { expect, resultLink, test } from './support/customer-page.js';

const fontFile = new URL('../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', import.meta.url);

test.use({ locale: 'en-GB', timezoneId: 'UTC' });

for (const [state, width, colorScheme, mode] of [
  ['before', 390, 'light', 'customer'],
  ['good', 390, 'light', 'customer'],
  ['udp-blocked', 390, 'dark', 'customer'],
  ['wrong-key', 390, 'dark', 'customer'],
  ['before', 1280, 'dark', 'developer'],
  ['good', 1280, 'dark', 'customer'],
  ['udp-blocked', 1280, 'light', 'customer'],
  ['stutters', 1280, 'light', 'developer'],
] as const) {
  const name = `${state}-${width}-${colorScheme}`;
  test.describe(name, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test('the page looks as it did', async ({ page, customerPage }) => {
      const fragment = state === 'before' ? '' : resultLink(reports[state]!);
      await page.goto(`${customerPage}?mode=${mode}${fragment}`);
      await expect(elementIn(page)).toContainText(state === 'before' ? 'Will calls work here?' : 'shared by link');
      await useOneFont(page);
      await expect(page).toHaveScreenshot(`${name}.png`, { fullPage: true, maxDiffPixelRatio: 0.005 });
    });
  });
}

/** The same letters on every machine, whatever fonts it has. */
async function useOneFont(page: Page): Promise<void> {
  const data = (await readFile(fontFile)).toString('base64');
  await page.addStyleTag({
    content: `@font-face { font-family: One; font-weight: 100 900; src: url(data:font/woff2;base64,${data}) }
      :root { --ice-font: One !important }`,
  });
  await page.evaluate(async () => {
    await document.fonts.load('16px One');
    await document.fonts.ready;
  });
}
