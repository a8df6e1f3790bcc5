import { openRecipe } from './support/recipes.js';
import { expect, test } from './support/test.js';

for (const [name, entry] of [
  ['React in StrictMode', 'react.tsx'],
  ['Vue', 'vue.ts'],
  ['Svelte', 'svelte.ts'],
] as const) {
  test(`${name} shows the servers after one request, and unmounts`, async ({ page, site, standIn }) => {
    await openRecipe(page, site, standIn, entry);
    await expect(page.locator('main')).toHaveText('servers from network');
    expect(standIn.requests.count()).toBe(1);
    await page.evaluate(() => window.unmount());
    await expect(page.locator('main')).toHaveText('');
  });

  test(`${name} ends its request where it unmounts before the answer`, async ({ page, site }) => {
    const asked = page.waitForRequest('https://demo.metered.live/**');
    await openRecipe(page, site, 'no answer', entry);
    await asked;
    await page.evaluate(() => window.unmount());
    await page.waitForFunction(() => window.signals.length === 1 && window.signals[0]!.aborted);
  });
}

test.describe('an Angular app', () => {
  test.beforeEach(async ({ page, site, standIn }) => {
    // What follows a Web Lock is outside the zone by itself: zone.js does not know them, and not every page has them.
    await page.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
    await openRecipe(page, site, standIn, 'angular.ts');
    await expect(page.locator('main')).toHaveText('loaded');
  });

  test('C-94: becomes stable if autoRefresh runs outside its zone', async ({ page }) => {
    await page.evaluate(() => window.angular.whenStable());
  });

  test('C-94: becomes stable if keepFresh runs outside its zone', async ({ page }) => {
    await page.evaluate(() => window.angular.keepFresh());
    await page.evaluate(() => window.angular.whenStable());
  });

  test('C-94: waits for the timer of autoRefresh inside its zone', async ({ page }) => {
    await page.evaluate(() => window.angular.loadInside());
    await page.waitForFunction(() => window.angular.hasTimers());
  });
});
