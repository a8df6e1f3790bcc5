import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, runTest, simulate, test, verdictIn } from './support/demo.js';
import { needCoturn } from './support/turn.js';

const violationsIn = async (page: Page): Promise<string[]> => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${String(target)} ${failureSummary}`));
};

for (const [width, colorScheme] of [
  [1280, 'light'],
  [390, 'dark'],
  [390, 'light'],
  [1280, 'dark'],
] as const) {
  test.describe(`at ${width} pixels, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test('a checker of accessibility finds nothing before and after a test, and in a trouble; the verdict is in view', async ({
      demoPage,
    }) => {
      needCoturn();
      expect(await violationsIn(demoPage)).toEqual([]);
      await demoPage.getByText('App and key').click();
      expect(await violationsIn(demoPage)).toEqual([]);
      await runTest(demoPage);
      await expect(verdictIn(demoPage).getByRole('heading')).toBeInViewport();
      expect(await violationsIn(demoPage)).toEqual([]);
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
