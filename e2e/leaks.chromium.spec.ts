import type { Page } from '@playwright/test';
import type { IceConnectivityElement } from '../src/element.js';
import { openElement } from './support/element.js';
import { countHeld, countObjects, growthOf, type HeldCounts } from './support/heap.js';
import { expect, test } from './support/test.js';
import { watchPage } from './support/watch-page.js';

/** What a run may leave in the heap: far below what it would keep alive, above what the engine keeps for itself. */
const slackBytes = 500_000;

/** Resolves when the database could be deleted, and tells whether anything stood in the way. */
const deleteDatabase = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const deleting = indexedDB.deleteDatabase('ice-servers-loader');
        deleting.onblocked = () => resolve('blocked');
        deleting.onsuccess = () => resolve('deleted');
      }),
  );

/** Starts a run in so many elements of both modes, one after the other, and removes each when the test of its servers begins. */
const runAndRemoveElements = (page: Page, given: { endpoint: string; apiKey: string }, count: number): Promise<void> =>
  page.evaluate(
    async ({ options, times }) => {
      for (let i = 0; i < times; i++) {
        const element: IceConnectivityElement = document.createElement('ice-connectivity');
        element.options = options;
        if (i % 2 === 1) element.setAttribute('mode', 'developer');
        element.addEventListener('ice-progress', ({ detail }) => detail.phase === 'servers' && element.remove());
        document.body.append(element);
        const { stopped } = await element.run();
        if (!stopped || element.isConnected) throw new Error('The run was not in progress when its element was removed.');
      }
    },
    { options: given, times: count },
  );

test('10,000 loads leave nothing in the heap, no timer, no listener and no open database', async ({ modulePage: page, standIn }) => {
  await watchPage(page);
  const growth = await growthOf(page, () =>
    page.evaluate(
      async (given) => {
        for (let i = 0; i < 10_000; i++) await window.api.loadRTCConfiguration(given);
      },
      { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
    ),
  );
  expect(growth).toBeLessThan(slackBytes);
  await expect.poll(() => page.evaluate(() => window.countLeft())).toEqual({ listeners: 0, timers: 0 });
  expect(await deleteDatabase(page)).toBe('deleted');
});

test('1,000 loaders that were made and disposed leave nothing in the heap, no timer, no listener and no open database', async ({
  modulePage: page,
  standIn,
}) => {
  await watchPage(page);
  const growth = await growthOf(page, () =>
    page.evaluate(
      async (given) => {
        for (let i = 0; i < 1000; i++) {
          const loader = window.api.createIceServersLoader({ ...given, autoRefresh: true });
          await loader.load();
          loader.dispose();
        }
      },
      { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
    ),
  );
  expect(growth).toBeLessThan(slackBytes);
  await expect.poll(() => page.evaluate(() => window.countLeft())).toEqual({ listeners: 0, timers: 0 });
  expect(await deleteDatabase(page)).toBe('deleted');
});

test('500 connections that were kept and closed are let go, with their listeners, the timer and the database', async ({
  modulePage: page,
  standIn,
}) => {
  await watchPage(page);
  await page.evaluate(
    (given) => {
      window.loader = window.api.createIceServersLoader(given);
    },
    { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
  );
  const growth = await growthOf(page, () =>
    page.evaluate(async () => {
      const configuration = await window.loader.load();
      for (let i = 0; i < 250; i++) {
        const connection = new RTCPeerConnection(configuration);
        window.api.keepFresh(connection, window.loader);
        connection.close();
      }
      // A look at the page is what lets closed ones go.
      window.dispatchEvent(new Event('visibilitychange'));
    }),
  );
  expect(growth).toBeLessThan(slackBytes);
  await expect.poll(() => page.evaluate(() => window.countLeft())).toEqual({ listeners: 0, timers: 0 });
  await expect.poll(() => countObjects(page, 'RTCPeerConnection.prototype')).toBe(0);
  expect(await deleteDatabase(page)).toBe('deleted');
});

test('200 connectivity elements that were removed during a run leave no element, connection, node, timer, listener or open database', async ({
  page,
  site,
  standIn,
}) => {
  await openElement(page, site, '');
  await watchPage(page);
  const options = { endpoint: standIn.endpoint, apiKey: standIn.apiKey };
  let held: HeldCounts | undefined;
  const growth = await growthOf(page, async () => {
    await runAndRemoveElements(page, options, 100);
    held ??= await countHeld(page);
  });
  expect(growth).toBeLessThan(slackBytes);
  await expect.poll(() => page.evaluate(() => window.countLeft())).toEqual({ listeners: 0, timers: 0 });
  await expect.poll(() => countObjects(page, 'RTCPeerConnection.prototype')).toBe(0);
  await expect.poll(() => countObjects(page, "customElements.get('ice-connectivity').prototype")).toBe(0);
  await expect.poll(() => countHeld(page)).toEqual(held);
  expect(await deleteDatabase(page)).toBe('deleted');
});
