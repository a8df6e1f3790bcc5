import type { Page } from '@playwright/test';
import type { IceReport } from '../src/element.js';
import { copyToTitle } from './support/clipboard.js';
import { elementIn, expect, openTab, runTest, simulate, test, verdictIn, waysIn } from './support/demo.js';
import { copyResultLink } from './support/result-link.js';
import { reportTextIn } from './support/words.js';

const anyKey = '0123456789abcdef0123456789abcdef0123';

const reportIn = async (page: Page): Promise<IceReport> =>
  JSON.parse(await (await openTab(page, 'Report')).locator('pre').innerText()) as IceReport;

const loadOwn = async (page: Page, app: string, apiKey: string): Promise<void> => {
  await page.getByText('App and key').click();
  await page.getByLabel('App name or address').fill(app);
  await page.getByLabel('API key').fill(apiKey);
  await runTest(page, 'Test with these settings');
};

test('the report has what was found, and no address of this device', async ({ page, demo }) => {
  await page.addInitScript(() => {
    const addresses = new Set<string>();
    Object.assign(window, { addresses });
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(...given: ConstructorParameters<typeof RTCPeerConnection>) {
        super(...given);
        this.addEventListener('icecandidate', ({ candidate }) => {
          for (const address of [candidate?.address, candidate?.relatedAddress]) if (address) addresses.add(address);
        });
      }
    };
  });
  await page.goto(demo);
  await runTest(page);
  const { app } = (await (await fetch(`${demo}demo-config.json`)).json()) as { app: string };
  const addresses = await page.evaluate(() => [...(window as unknown as { addresses: Set<string> }).addresses]);
  expect(addresses).toContain('127.0.0.1');
  // The page itself and its service are on this computer, and belong in.
  const everything = (JSON.stringify(await reportIn(page)) + (await reportTextIn(elementIn(page))))
    .replaceAll(new URL(app).origin, '')
    .replaceAll(demo, '');
  expect(everything).toContain('global.relay.localhost');
  for (const address of [...addresses, '.local"', '192.168.']) expect(everything).not.toContain(address);
});

test('the words of a failure of the password are in the report as text, with the codes of each server', async ({ demoPage }) => {
  await simulate(demoPage, 'Expired password');
  await copyToTitle(demoPage);
  await verdictIn(demoPage).getByRole('button', { name: 'Send to support' }).click();
  await expect(demoPage).toHaveTitle(/SIMULATED: Expired password.*refuse this app’s password.*codes 401/s);
});

test('the report names everything that support asks for', async ({ demoPage, demo }) => {
  await runTest(demoPage);
  const text = await reportTextIn(elementIn(demoPage));
  const { version, time, timeZone, page } = await reportIn(demoPage);
  expect(page).toBe(demo);
  for (const part of [`ice-servers-loader ${version}`, time, timeZone, page, 'Browser: ', 'App: http', 'WebRTC: available']) {
    expect(text).toContain(part);
  }
});

test('a region that is not documented is sent, and reported', async ({ page, demo }) => {
  await page.goto(`${demo}?region=mars`);
  const request = page.waitForRequest(/region=mars/);
  await page.getByRole('button', { name: 'Test my connection' }).click();
  await request;
  await expect(page.getByRole('button', { name: 'Test again' })).toBeVisible({ timeout: 30_000 });
  expect((await reportIn(page)).region).toBe('mars');
});

test('where copying is forbidden, the address of the page is the link to the result', async ({ demoPage }) => {
  await demoPage.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await runTest(demoPage);
  await demoPage.getByRole('button', { name: 'Copy link to this result' }).click();
  await expect(demoPage.getByText('The result is now in the address of this page. Copy it from the address bar.')).toBeVisible();
  expect(demoPage.url()).toContain('#result=');
});

test('the details of a route open in place, and close again', async ({ demoPage }) => {
  await runTest(demoPage);
  const route = waysIn(demoPage).first();
  const summary = route.locator('summary');
  // Playwright may scroll to what it presses.
  const placeInPage = (): Promise<object> =>
    summary.evaluate((node) => {
      const { left, top, width, height } = node.getBoundingClientRect();
      return { left: left + scrollX, top: top + scrollY, width, height };
    });
  const before = await placeInPage();
  await summary.click();
  await expect(route.getByText('Result after').first()).toBeVisible();
  expect(await placeInPage()).toEqual(before);
  await summary.click();
  await expect(route.getByText('Result after').first()).toBeHidden();
  expect(await placeInPage()).toEqual(before);
});

test.describe('when the servers cannot be loaded', () => {
  test.use({ allowedComplaints: /Failed to load resource|status of 4\d\d|Same Origin Policy|Using (three|five) or more STUN/ });

  for (const [trouble, code, status] of [
    ['Wrong API key', 'invalid-api-key', 401],
    ['Wrong app name', 'not-found', 404],
  ] as const) {
    test(`the code is in what goes to support, as text and as JSON: ${trouble}`, async ({ demoPage }) => {
      await simulate(demoPage, trouble);
      await copyToTitle(demoPage);
      await verdictIn(demoPage).getByRole('button', { name: 'Send to support' }).click();
      await expect(demoPage).toHaveTitle(new RegExp(`The test could not start.*not loaded: ${code}, HTTP ${status}`, 's'));
      expect((await reportIn(demoPage)).load).toMatchObject({ error: code, status });
    });
  }

  test('a failed load can be sent as a link, which says the same', async ({ demoPage }) => {
    await simulate(demoPage, 'Wrong app name');
    const link = await copyResultLink(demoPage);
    await demoPage.goto('about:blank');
    await demoPage.goto(link);
    await expect(verdictIn(demoPage)).toContainText('This app or address does not exist.');
    expect(await reportTextIn(elementIn(demoPage))).toContain('not loaded: not-found, HTTP 404');
  });

  test('the host of an app that does not exist is named, so that a misspelt name shows', async ({ demoPage }) => {
    await loadOwn(demoPage, 'no-such-app', anyKey);
    await expect(demoPage.getByText('The call servers are requested from no-such-app.metered.live.')).toBeVisible();
  });

  test('the host that refuses a key is named, without the key', async ({ demoPage, standIn }) => {
    await loadOwn(demoPage, standIn.endpoint, anyKey);
    await expect(verdictIn(demoPage)).toContainText('The key for this test was refused');
    await expect(demoPage.getByText(`The call servers are requested from ${new URL(standIn.origin).host}.`)).toBeVisible();
    expect(await reportTextIn(elementIn(demoPage))).not.toContain(anyKey);
  });

  test('a failed test shows no line that is known as "No": nothing was tested', async ({ demoPage }) => {
    await simulate(demoPage, 'Wrong API key');
    await expect(verdictIn(demoPage).getByRole('definition')).toHaveText(['–', '–', '–']);
  });

  test('a refresh that fails is in the log with its code, and the good answer stays', async ({ demoPage }) => {
    await runTest(demoPage);
    await demoPage.route('**/scenarios/**', (route) => route.abort());
    await demoPage.route('**/api/v1/turn/credentials*', (route) => route.abort());
    const log = await openTab(demoPage, 'Log');
    await log.getByRole('button', { name: 'Load from the service' }).click();
    await expect(log.getByRole('row')).toHaveCount(3, { timeout: 30_000 });
    const newest = log.getByRole('row').nth(1).getByRole('cell');
    await expect(newest.nth(1)).toHaveText('network');
    await expect(newest.last()).toHaveText('0');
    await expect(verdictIn(demoPage).getByRole('heading')).toHaveText('Calls will work');
  });

  test('after a failed load from another app, the demo’s troubles still have the demo’s key', async ({ demoPage }) => {
    await loadOwn(demoPage, 'no-such-app', anyKey);
    await simulate(demoPage, 'Expired password');
    await expect(verdictIn(demoPage)).toContainText('The call servers refuse this app’s password');
  });

  test('what is no app name is told without a word of code', async ({ demoPage }) => {
    await demoPage.getByText('App and key').click();
    await demoPage.getByLabel('App name or address').fill('my app!');
    await demoPage.getByLabel('API key').fill(anyKey);
    await demoPage.getByRole('button', { name: 'Test with these settings' }).click();
    await expect(demoPage.getByRole('alert')).not.toContainText(/must be|string|appName|endpoint|undefined/);
  });
});
