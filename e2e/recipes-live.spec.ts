import { allocatingUsers } from './support/call.js';
import { gathered, openRecipe, rotatePairs } from './support/recipes.js';
import { expect, test } from './support/test.js';
import { needCoturn } from './support/turn.js';

needCoturn();

for (const end of ['near', 'far'] as const) {
  test(`simple-peer moves to a relay of the new pair of its ${end} end, with one more offer`, async ({ page, site, standIn }) => {
    await openRecipe(page, site, standIn, 'simple-peer-fresh.ts');
    const users = await rotatePairs(page, standIn);
    expect(await page.evaluate(() => window.carry('hello', 0))).toBe('hello');
    await gathered(page);
    await page.evaluate((who) => window.rotate(who), end);
    await expect.poll(() => allocatingUsers(standIn.turn).has(users.at(-1)!)).toBe(true);
    expect(await page.evaluate(() => window.again('still here'))).toBe('still here');
    await expect.poll(() => page.evaluate(() => window.offers)).toBe(2);
  });
}
