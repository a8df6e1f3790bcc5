import type { Page } from '@playwright/test';
import type { StandIn } from '../demo/server/stand-in.js';
import { allocatingUsers } from './support/call.js';
import { openRecipe, pathsIn, rotatePairs } from './support/recipes.js';
import { expect, test } from './support/test.js';
import { needCoturn } from './support/turn.js';

needCoturn();

/** Waits until the TURN server has granted a relay to this user. */
async function relayOf(standIn: StandIn, user: () => string | undefined): Promise<void> {
  await expect.poll(() => allocatingUsers(standIn.turn).has(user() ?? '')).toBe(true);
}

/** Hides the page, as another tab in front of it does, or shows it again. */
async function show(page: Page, visibility: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visibility);
}

test('a call starts with the prepared connection, over the relay', async ({ page, site, standIn }) => {
  await openRecipe(page, site, standIn, 'ready-connection.ts');
  await page.evaluate(() => window.prepare());
  expect(await page.evaluate(() => window.carry('Hello', 0))).toBe('Hello');
  expect(await page.evaluate(() => window.connections.length)).toBe(2);
  expect(await pathsIn(page)).toEqual(Array(2).fill(expect.stringMatching(/^relay to (relay|prflx)$/)));
});

test('a call starts without a prepared connection too', async ({ page, site, standIn }) => {
  await openRecipe(page, site, standIn, 'ready-connection.ts');
  expect(await page.evaluate(() => window.carry('Hello', 0))).toBe('Hello');
});

test('the prepared connection is closed while the page is hidden, and replaced when it is visible again', async ({
  page,
  site,
  standIn,
}) => {
  await openRecipe(page, site, standIn, 'ready-connection.ts');
  await page.evaluate(() => window.prepare());
  const states = () => page.evaluate(() => window.connections.map(({ connectionState }) => connectionState));
  await show(page, 'hidden');
  expect(await states()).toEqual(['closed']);
  await show(page, 'visible');
  expect(await states()).toEqual(['closed', 'new']);
});

test.describe('in Chromium', () => {
  test.skip(({ browserName }) => browserName !== 'chromium', 'Firefox has no pool: https://bugzilla.mozilla.org/show_bug.cgi?id=1529398');

  test('the prepared connection has its relay before it is used', async ({ page, site, standIn }) => {
    await openRecipe(page, site, standIn, 'ready-connection.ts');
    const users = await rotatePairs(page, standIn);
    await page.evaluate(() => window.prepare());
    await relayOf(standIn, () => users.at(-1));
    expect(await page.evaluate(() => window.connections.map(({ localDescription }) => localDescription))).toEqual([null]);
  });

  test('a connection without a pool has no relay while another one fills its pool', async ({ page, site, standIn }) => {
    await openRecipe(page, site, standIn, 'ready-connection.ts');
    const ordinary = await standIn.createCredential();
    const servers = (await (await fetch(standIn.addressOf(ordinary.apiKey))).json()) as RTCIceServer[];
    await page.evaluate((iceServers) => void new RTCPeerConnection({ iceServers }), servers);
    const users = await rotatePairs(page, standIn);
    await page.evaluate(() => window.prepare());
    await relayOf(standIn, () => users.at(-1));
    expect(allocatingUsers(standIn.turn)).not.toContain(ordinary.username);
  });

  test('new servers replace the prepared connection, which gets a relay with them', async ({ page, site, standIn }) => {
    await openRecipe(page, site, standIn, 'ready-connection.ts');
    const users = await rotatePairs(page, standIn);
    await page.evaluate(() => window.prepare());
    await page.evaluate(() => window.rotate('near'));
    await relayOf(standIn, () => users[1]);
    expect(await page.evaluate(() => window.connections.map(({ connectionState }) => connectionState))).toEqual(['closed', 'new']);
  });
});

test.describe('in Firefox', () => {
  test.skip(({ browserName }) => browserName !== 'firefox', 'Other browsers have a pool.');

  test('the size of the pool is ignored', async ({ page, site, standIn }) => {
    await openRecipe(page, site, standIn, 'ready-connection.ts');
    await page.evaluate(() => window.prepare());
    expect(await page.evaluate(() => window.connections[0]!.getConfiguration())).not.toHaveProperty('iceCandidatePoolSize');
  });
});
