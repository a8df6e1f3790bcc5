import type { Page } from '@playwright/test';
import { startStandIn } from '../demo/server/stand-in.js';
import { serveApp, turnKeyPath } from './support/app-server.js';
import { openScript } from './support/page-script.js';
import { allowSleep } from './support/sleep.js';
import { expect, test } from './support/test.js';

const getCredentialPath = '/api/v1/turn/credentials';
const lifeSeconds = 60;
/** Sleeps, in lives of a credential: past its end, past its refresh but not its end, and past its end again. */
const sleeps = [1.2, 0.92, 1.5];

test.setTimeout(120_000);

/** Waits until messages arrive that were sent from now on. */
async function expectLiveCall(page: Page): Promise<void> {
  const { heard } = await page.evaluate(() => window.watched());
  await expect.poll(async () => (await page.evaluate(() => window.watched())).heard, { timeout: 30_000 }).toBeGreaterThan(heard + 50);
}

for (const clock of ['wall clock alone', 'both clocks'] as const) {
  test(`C-38, C-90: a page with a call that sleeps through the lives of three credentials (${clock}) never hands out a dead one, and makes one request for each`, async ({
    page,
    site,
  }) => {
    const strict = await startStandIn({ guard: true });
    try {
      const app = serveApp(site, strict);
      await allowSleep(page, clock);
      await openScript(page, site, 'watched-call.ts');
      // The page's clock decides: what is dead by it is dead for the TURN server too, because the test ends its life there.
      await page.evaluate((plan) => window.startWatchedCall(plan), {
        endpoint: strict.endpoint,
        mintAt: `${turnKeyPath}?expiryInSeconds=${lifeSeconds}&realLife=3600`,
      });
      await expectLiveCall(page);

      for (const [index, lives] of sleeps.entries()) {
        const username = app.minted.at(-1)!;
        await page.evaluate((ms) => window.sleepFor(ms), lives * lifeSeconds * 1000);
        if (lives > 1) await strict.credentials.delete(strict.credentials.find(username)!);
        // No event wakes the page, and nobody calls `load`.
        await expect.poll(() => app.minted.length, { timeout: 30_000 }).toBe(index + 2);
        await expect.poll(async () => (await page.evaluate(() => window.watched())).latest).toBe(app.minted.at(-1));
        await expectLiveCall(page);
      }

      expect(await page.evaluate(() => window.watched())).toMatchObject({ deadHandedOut: [], state: 'connected' });
      const requests = sleeps.length + 1;
      expect({ mints: app.countOf(turnKeyPath), requests: strict.requests.count({ path: getCredentialPath }) }).toEqual({
        mints: requests,
        requests,
      });
    } finally {
      await strict.stop();
    }
  });
}
