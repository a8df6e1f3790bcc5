import { allocatingUsers } from './support/call.js';
import { gathered, openRecipe, rotatePairs } from './support/recipes.js';
import { startPeerServer } from './support/signalling.js';
import { expect, test } from './support/test.js';
import { needCoturn } from './support/turn.js';

needCoturn();

for (const end of ['near', 'far'] as const) {
  test(`PeerJS moves to a relay of the new pair of its ${end} end, and its next connection has that pair`, async ({
    page,
    site,
    standIn,
  }) => {
    const server = await startPeerServer();
    try {
      await openRecipe(page, site, standIn, 'peerjs-fresh.ts');
      const users = await rotatePairs(page, standIn);
      expect(await page.evaluate((port) => window.carry('hello', port), server.port)).toBe('hello');
      await gathered(page);
      await page.evaluate((who) => window.rotate(who), end);
      await expect.poll(() => allocatingUsers(standIn.turn).has(users.at(-1)!)).toBe(true);
      expect(await page.evaluate(() => window.again('still here'))).toBe('still here');
      await page.evaluate(() => window.connectAgain());
      // The last two are those of the next connection, the near end's first.
      const given = await page.evaluate(() =>
        window.connections.slice(-2).map((one) => one.getConfiguration().iceServers!.at(-1)!.username),
      );
      expect(given[end === 'near' ? 0 : 1]).toBe(users.at(-1));
      await expect(page).toHaveTitle('peerjs-fresh.ts');
    } finally {
      await page.close();
      await server.stop();
    }
  });
}
