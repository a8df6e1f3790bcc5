import type { IceReport } from '../src/element.js';
import { changeAnswers, expect, runTest, simulate, test as base, verdictIn, waysIn } from './support/demo.js';
import { needCoturn } from './support/turn.js';

/** A Chromium as everybody has it: the stand-in's certificate, which is its own, is unknown to it. */
const test = base.extend({
  browser: [
    async ({ playwright }, use, { project }) => {
      const { launchOptions } = project.use;
      const args = launchOptions?.args?.filter((argument) => argument !== '--ignore-certificate-errors') ?? [];
      const browser = await playwright.chromium.launch({ ...launchOptions, args });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
});

test('where the browser does not know the demo’s certificate, TLS is left out, and all is well', async ({ demoPage }) => {
  needCoturn();
  await runTest(demoPage);
  await expect(verdictIn(demoPage).getByRole('heading')).toHaveText('Calls will work');
  await expect(waysIn(demoPage)).toHaveCount(3);
  await expect(demoPage.getByText('TLS is left out here')).toBeVisible();
});

test('what is left out is neither tested nor counted, and nobody is blamed for it', async ({ demoPage }) => {
  needCoturn();
  const report = demoPage.evaluate(
    () => new Promise<IceReport>((resolve) => addEventListener('ice-report', (event) => resolve((event as CustomEvent<IceReport>).detail))),
  );
  await demoPage.getByRole('button', { name: 'Test my connection' }).click();
  await expect(verdictIn(demoPage).getByRole('img', { name: '4 of 4 tested' })).toBeVisible();
  const { results, blocked, verdict } = await report;
  expect(results.map(({ transport }) => transport)).not.toContain('tls');
  expect({ count: results.length, blocked, verdict }).toEqual({ count: 4, blocked: [], verdict: 'ok' });
});

test('there, too, blocked TLS is shown as such, and blocked UDP asks for UDP alone', async ({ demoPage }) => {
  needCoturn();
  await simulate(demoPage, 'TLS blocked');
  await expect(verdictIn(demoPage)).toContainText('Only the route for very strict networks is closed.');
  await simulate(demoPage, 'UDP blocked');
  const message = demoPage.getByRole('region', { name: 'For the owner of this network' });
  await expect(message.getByRole('row')).toHaveCount(2);
  await expect(message).toContainText('UDP');
});

test('the certificate of anybody else is tested, also from the demo’s page', async ({ demoPage, standIn }) => {
  needCoturn();
  await demoPage.getByText('App and key').click();
  await demoPage.getByLabel('App name or address').fill(standIn.endpoint);
  await demoPage.getByLabel('API key').fill(standIn.apiKey);
  await runTest(demoPage, 'Test with these');
  await expect(verdictIn(demoPage)).toContainText('Only the route for very strict networks is closed.');
});

test('where no server of the demo can be reached, as in Firefox by default, nobody takes that for a fault of the network', async ({
  page,
  demo,
}) => {
  await changeAnswers(page, /relay\.localhost:/g, 'relay.invalid:');
  await page.goto(demo);
  await runTest(page);
  await expect(page.getByText(/demo’s servers, which are on this computer.*about:config/s)).toBeVisible();
});
