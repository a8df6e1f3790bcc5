import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { scenarioTitles } from '../demo/server/scenarios.js';
import { expect, rowsIn, runTest, test } from './support/demo.js';
import { needCoturn } from './support/turn.js';

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

/** Notes in each frame from here on where every box of the page stands. */
const watchPlaces = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const places = new Map<Element, Set<number>>();
    Object.assign(window, { places });
    const look = (): void => {
      for (const box of document.querySelectorAll('section, footer, section > ul > li, section > ol > li, section > .actions')) {
        const tops = places.get(box) ?? new Set();
        places.set(box, tops.add(Math.round(box.getBoundingClientRect().top + scrollY)));
      }
      requestAnimationFrame(look);
    };
    look();
  });

/** The boxes that stood in more than one place. */
const jumps = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { places } = window as unknown as { places: Map<Element, Set<number>> };
    return [...places].flatMap(([box, tops]) => (tops.size > 1 ? [`${box.className || box.tagName}: ${[...tops].join(', ')}`] : []));
  });

for (const [width, colorScheme, trouble] of [
  [1280, 'light', undefined],
  [1280, 'dark', 'UDP blocked'],
  [390, 'light', 'Expired password'],
  [390, 'dark', undefined],
] as const) {
  test.describe(`at ${width} pixels, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 1000 }, colorScheme });

    test(`the page looks as it did: ${trouble ?? 'all is well'}`, async ({ demoPage }) => {
      needCoturn();
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

    test.describe('with the browser’s own complaints of each trouble', () => {
      test.use({ allowedComplaints: /Failed to load resource/ });

      test('nothing jumps while results come in, whatever they are', async ({ demoPage }) => {
        needCoturn();
        for (const trouble of ['No problem', ...Object.values(scenarioTitles), 'Compare regions']) {
          await demoPage.reload();
          await useOneFont(demoPage);
          await expect(demoPage.getByRole('button', { name: 'Test my connection' })).toBeVisible();
          await watchPlaces(demoPage);
          if (trouble === 'Compare regions') {
            await demoPage.getByRole('button', { name: trouble }).click();
            await expect(demoPage.getByText('The nearest region is')).toBeVisible();
          } else await runTest(demoPage, trouble);
          expect(await jumps(demoPage), trouble).toEqual([]);
        }
      });
    });
  });
}
