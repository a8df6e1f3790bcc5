import type { Page } from '@playwright/test';
import { startStandIn, type StandIn } from '../demo/server/stand-in.js';
import type { CallCounts, EndPlan } from './pages/minted-call.js';
import { serveApp, turnKeyPath } from './support/app-server.js';
import { openScript } from './support/page-script.js';
import { expect, test as base } from './support/test.js';

const getCredentialPath = '/api/v1/turn/credentials';

interface Fixtures {
  /** A stand-in whose TURN server drops the relays of a credential that has died. */
  readonly strict: StandIn;
}

const test = base.extend<Fixtures>({
  strict: async ({}, use) => {
    const strict = await startStandIn({ guard: true });
    await use(strict);
    await strict.stop();
  },
});

test.setTimeout(120_000);

function countsOf(page: Page): Promise<CallCounts> {
  return page.evaluate(() => window.countCall());
}

test('C-60, C-90: a relayed call whose ends mint their keys outlives five credentials of each end and loses no message', async ({
  page,
  site,
  strict,
  browserName,
}) => {
  const lifeSeconds = 10;
  const app = serveApp(site, strict);
  // A loader refreshes at a drawn instant. It is fixed here, and the far end joins half a period later, so that the ends never restart
  // together: Firefox 153 does not survive two restarts that begin within 60 ms of each other.
  const draw = 0.5;
  const refreshAfterMs = lifeSeconds * 1000 * (0.5 + 0.4 * draw);
  await page.addInitScript((value) => {
    Math.random = () => value;
  }, draw);
  await openScript(page, site, 'minted-call.ts');

  const end: EndPlan = { endpoint: strict.endpoint, mintAt: `${turnKeyPath}?expiryInSeconds=${lifeSeconds}` };
  await page.evaluate((plan) => window.startCall(plan), {
    ends: [end, end] as const,
    joinsAfterMs: refreshAfterMs / 2,
    // Firefox loses one to three messages as a call moves, unless they are sent again.
    isReliable: browserName === 'firefox',
  });

  await expect.poll(() => app.minted.length, { timeout: 90_000 }).toBeGreaterThanOrEqual(12);
  await expect
    .poll(() => app.minted.filter((username) => !strict.credentials.isAlive(username)).length, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(10);
  await page.evaluate(() => window.stopSending());
  await expect.poll(async () => (await countsOf(page)).silentMs).toBeGreaterThan(500);

  const { sent, received, errors, longestSilenceMs, state } = await countsOf(page);
  expect({ lost: sent - received, errors, state }).toEqual({ lost: 0, errors: [[], []], state: 'connected' });
  expect(sent).toBeGreaterThan(1000);
  expect(longestSilenceMs).toBeLessThan(lifeSeconds * 1000);
  // One request for each key, and one key for each request.
  expect(strict.requests.count({ path: getCredentialPath })).toBe(app.countOf(turnKeyPath));
});

test.describe('with a fixed key whose credential dies', () => {
  // The browser tells of the 401.
  test.use({ allowedComplaints: /Failed to load resource|Using (three|five) or more STUN|ICE failed, see about:webrtc/ });

  for (const { title, maxAge, isExpiryKnown, refused } of [
    { title: 'and answers that stay fresh for five seconds', maxAge: 5, isExpiryKnown: false, refused: 2 },
    { title: 'and answers that stay fresh for an hour', maxAge: 3600, isExpiryKnown: false, refused: 2 },
    { title: 'at a known expiresAt', maxAge: 3600, isExpiryKnown: true, refused: 0 },
  ]) {
    test(`${title}: one error event of each end tells that it is over, and no storm follows`, async ({ page, site, strict }) => {
      const { apiKey, expiresAt } = await strict.createCredential({ expiryInSeconds: 15 });
      await openScript(page, site, 'minted-call.ts');
      const end: EndPlan = { endpoint: strict.endpoint, apiKey, maxAge, ...(isExpiryKnown && { expiresAt }) };
      await page.evaluate((plan) => window.startCall(plan), { ends: [end, end] as const, isReliable: true, restartsWhenInterrupted: true });

      await expect.poll(async () => (await countsOf(page)).received, { timeout: 30_000 }).toBeGreaterThan(50);
      const codes = [expect.stringMatching(/^(invalid-api-key|credential-rejected)$/)];
      await expect.poll(async () => (await countsOf(page)).errors, { timeout: 60_000 }).toEqual([codes, codes]);
      // Half a minute of failed attempts to connect.
      await expect.poll(async () => (await countsOf(page)).state, { timeout: 60_000 }).toBe('failed');

      const { errors, refusals } = await countsOf(page);
      expect(errors).toEqual([codes, codes]);
      expect(refusals).toBeGreaterThan(0);
      // One for each end, and then the cool-down.
      expect(strict.requests.records.filter(({ status }) => status === 401)).toHaveLength(refused);
    });
  }
});
