import type { Page } from '@playwright/test';
import { violationsIn } from './support/axe.js';
import { elementIn } from './support/demo.js';
import { reports } from './support/reports.js';
import { expect, resultLink, test } from './support/customer-page.js';

/** Shows the page before a test, and then with each report in turn. */
async function inEachState(page: Page, address: string, look: (state: string) => Promise<void>): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('button', { name: 'Test my connection' })).toBeVisible();
  await look('before a test');
  for (const [name, report] of Object.entries(reports)) {
    // A new fragment alone would leave the report before it in place for a moment.
    await page.goto('about:blank');
    await page.goto(address + resultLink(report));
    await expect(elementIn(page)).toContainText('shared by link');
    await look(name);
  }
}

const excessWidth = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const [mode, width, colorScheme] of [
  ['customer', 390, 'light'],
  ['customer', 1280, 'dark'],
  ['developer', 1280, 'light'],
  ['developer', 390, 'dark'],
] as const) {
  test.describe(`${mode} mode at ${width} pixels, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test('a checker of accessibility finds nothing in any state', async ({ page, customerPage }) => {
      await inEachState(page, `${customerPage}?mode=${mode}`, async (state) => {
        for (const summary of await elementIn(page).locator('summary').all()) await summary.click();
        expect(await violationsIn(page), state).toEqual([]);
      });
    });
  });
}

for (const mode of ['customer', 'developer']) {
  for (const textSize of ['100%', '200%']) {
    test(`in no state of ${mode} mode does anything stick out sideways from 320 to 1440 pixels, with text of ${textSize}`, async ({
      page,
      customerPage,
    }) => {
      await page.addInitScript((size) => {
        addEventListener('DOMContentLoaded', () => document.documentElement.style.setProperty('font-size', size));
      }, textSize);
      await inEachState(page, `${customerPage}?mode=${mode}`, async (state) => {
        for (const width of [320, 390, 768, 1024, 1440]) {
          await page.setViewportSize({ width, height: 844 });
          expect(await excessWidth(page), `${state}, ${width} pixels`).toBe(0);
        }
      });
    });
  }
}

test('with text that is twice as large, a word stays whole', async ({ page, customerPage }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(customerPage + resultLink(reports['udp-blocked']!));
  const name = elementIn(page).locator('.name').first();
  await expect(name).toHaveText('UDP relay');
  await page.addStyleTag({ content: ':root { font-size: 200% }' });
  const lines = await name.evaluate((node) => node.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(node).lineHeight));
  expect(Math.round(lines)).toBe(1);
});

test('on paper, each state has a white ground, the text of the report, and nothing to press', async ({ page, customerPage }) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const [name, report] of Object.entries(reports)) {
    await page.goto('about:blank');
    await page.goto(`${customerPage}?mode=developer${resultLink(report)}`);
    await expect(elementIn(page).getByText(/^(SIMULATED: [\w ]+\n)?Connection test: /), name).toBeVisible();
    await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
    await expect(page.getByRole('heading', { level: 1 })).toHaveCSS('color', 'rgb(23, 32, 46)');
    await expect(page.locator('button:visible, a:visible, input:visible, summary:visible'), name).toHaveCount(0);
  }
});
