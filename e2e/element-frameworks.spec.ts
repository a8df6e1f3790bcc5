import { openRecipe } from './support/recipes.js';
import { expect, test } from './support/test.js';

for (const [name, entry] of [
  ['an app made by Vite', 'element-vite.ts'],
  ['React in StrictMode', 'element-react.tsx'],
  ['Vue', 'element-vue.ts'],
] as const) {
  test(`the element runs once in ${name}, hands over its report, and leaves no connection when it goes`, async ({
    page,
    site,
    standIn,
  }) => {
    await openRecipe(page, site, standIn, entry);
    await expect(page).toHaveTitle('good', { timeout: 30_000 });
    await expect(page.locator('ice-connectivity').getByRole('heading', { level: 2 })).toHaveText('Calls will work');
    expect(standIn.requests.count()).toBe(1);
    await page.evaluate(() => window.unmount());
    await expect(page.locator('ice-connectivity')).toHaveCount(0);
    await page.waitForFunction(() => window.connections.every(({ signalingState }) => signalingState === 'closed'));
  });
}
