import type { Locator } from '@playwright/test';
import type { IceConnectivityElement } from '../src/element.js';
import { violationsIn } from './support/axe.js';
import { answerIn, elementOf, openElement, runElement, scenarioOf } from './support/element.js';
import { placesSeen, watchPlaces } from './support/places.js';
import { reports } from './support/reports.js';
import { expect, test } from './support/test.js';

/** What the page around an element has to do. */
const rulesOfPages = ['landmark-one-main', 'page-has-heading-one', 'region'];

test.use({ allowedComplaints: /Failed to load resource/ });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in a ${colorScheme} scheme`, () => {
    test.use({ viewport: { width: 390, height: 844 }, colorScheme });

    test('a checker of accessibility finds nothing before, during and after a test', async ({ page, site, standIn }) => {
      const blocked = scenarioOf(standIn, 'dead-server');
      const element = await openElement(page, site, elementOf(blocked));
      expect(await violationsIn(page, rulesOfPages)).toEqual([]);
      await runElement(element, async () => {
        await element.getByRole('button').first().click();
        await expect(answerIn(element)).toContainText('at most');
        expect(await violationsIn(page, rulesOfPages)).toEqual([]);
      });
      for (const summary of await element.locator('summary').all()) await summary.click();
      expect(await violationsIn(page, rulesOfPages)).toEqual([]);
    });

    for (const scenario of ['', 'udp-blocked', 'wrong-key', 'slow-network']) {
      test(`a checker of accessibility finds nothing: ${scenario || 'all is well'}`, async ({ page, site, standIn }) => {
        await runElement(await openElement(page, site, elementOf(scenarioOf(standIn, scenario))));
        expect(await violationsIn(page, rulesOfPages)).toEqual([]);
      });
    }
  });
}

for (const [width, colorScheme] of [
  [390, 'light'],
  [1280, 'dark'],
] as const) {
  test.describe(`developer mode at ${width} pixels, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test('a checker of accessibility finds nothing in any tab, or in the regions', async ({ page, site, standIn }) => {
      const element = await openElement(page, site, elementOf(standIn, 'mode="developer"'));
      await runElement(element);
      await element.getByRole('button', { name: 'Compare regions' }).click();
      await expect(element.getByRole('button', { name: /^Use / })).toHaveCount(6, { timeout: 30_000 });
      for (const tab of await element.getByRole('tab').all()) {
        await tab.click();
        expect(await violationsIn(page, rulesOfPages)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }
    });
  });
}

test('every target is at least 44 pixels high', async ({ page, site, standIn }) => {
  const blocked = scenarioOf(standIn, 'udp-blocked');
  const element = await openElement(page, site, elementOf(blocked, 'mode="developer"'));
  await runElement(element);
  const heights = await Promise.all(
    (await element.locator('button, summary, label').all()).map(async (target) => (await target.boundingBox())!.height),
  );
  expect(heights.length).toBeGreaterThan(5);
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
});

test('forced colours keep every sign visible', async ({ page, site, standIn }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const element = await openElement(page, site, elementOf(standIn));
  await runElement(element);
  const [sign, mark] = await answerIn(element)
    .locator('h2 svg')
    .evaluate((icon) =>
      ['circle', '.mark'].map((part) => getComputedStyle(icon.querySelector(part)!)).map(({ fill, stroke }) => [fill, stroke]),
    );
  expect(mark![1]).not.toBe(sign![0]);
  await expect(element.getByRole('button', { name: 'Send to support' })).toHaveCSS('border-top-style', 'solid');
});

test('on paper stands the text of the report, and nothing else', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn));
  await runElement(element);
  await page.emulateMedia({ media: 'print' });
  await expect(element.getByText(/^Connection test: Calls will work.*ice-servers-loader \d/s)).toBeVisible();
  await expect(answerIn(element)).toBeHidden();
});

test('a person who wants less motion sees nothing turn', async ({ page, site, standIn }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const element = await openElement(page, site, elementOf(standIn));
  await element.getByRole('button').first().click();
  await expect(answerIn(element).locator('h2 .arc')).toHaveCSS('animation-name', 'none');
  await element.evaluate((node) => (node as IceConnectivityElement).stop());
});

for (const width of [320, 1280]) {
  test(`in a page that is written from right to left, the element is its own mirror image, at ${width} pixels`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 844 });
    const element = await openElement(page, site, '<ice-connectivity mode="developer"></ice-connectivity>', 'lang="he" dir="rtl"');
    await element.evaluate((node, report) => {
      const connectivity = node as IceConnectivityElement;
      connectivity.strings = {
        'answer.fair': 'ייתכן שהשיחות יקרטעו',
        'button.share': 'שליחה לתמיכה',
        'way.udp': 'ממסר UDP',
        'line.quality': 'איכות',
      };
      connectivity.report = report;
    }, reports['udp-blocked']);
    const leftOf = async (target: Locator): Promise<number> => (await target.boundingBox())!.x;
    await expect(element.getByRole('heading', { name: 'ייתכן שהשיחות יקרטעו' })).toHaveCSS('direction', 'rtl');
    const way = element.locator('[data-way=udp]');
    expect(await leftOf(way.locator('.sign'))).toBeGreaterThan(await leftOf(way.locator('.name')));
    expect(await leftOf(way.locator('.name'))).toBeGreaterThan(await leftOf(way.locator('.found')));
    expect(await leftOf(way.locator('.found'))).toBeGreaterThan(await leftOf(way.locator('[data-icon=chevron]')));
    expect(await leftOf(element.getByRole('columnheader').first())).toBeGreaterThan(await leftOf(element.getByRole('columnheader').last()));
    expect(await leftOf(element.getByRole('tab').first())).toBeGreaterThan(await leftOf(element.getByRole('tab').nth(1)));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

test('at 200 % nothing sticks out', async ({ page, site, standIn }) => {
  // A page that is enlarged has half of the width.
  await page.setViewportSize({ width: 640, height: 400 });
  const element = await openElement(page, site, elementOf(standIn));
  await page.addStyleTag({ content: 'html { font-size: 200% }' });
  await watchPlaces(page);
  await runElement(element);
  expect((await placesSeen(page)).overflow).toBe(0);
});

test('a page may set the colours, the font and the corners', async ({ page, site, standIn }) => {
  const element = await openElement(
    page,
    site,
    `${elementOf(standIn)}<style>ice-connectivity { --ice-accent: #700070; --ice-radius: 0px; --ice-font: serif }</style>`,
  );
  const button = element.getByRole('button').first();
  await expect(button).toHaveCSS('background-color', 'rgb(112, 0, 112)');
  await expect(button).toHaveCSS('border-radius', '0px');
  await expect(button).toHaveCSS('font-family', 'serif');
});
