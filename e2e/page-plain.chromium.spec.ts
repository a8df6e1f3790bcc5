import { changeAnswers, expect, loadIn, rowsIn, runTest, test as base, verdictIn } from './support/demo.js';
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
  await runTest(demoPage, 'No problem');
  await expect(verdictIn(demoPage).getByRole('heading', { level: 2 })).toHaveText('All is well: UDP and TCP work.');
  await expect(verdictIn(demoPage)).toContainText('4 of 4 tested, 1 left out');
  await expect(loadIn(demoPage)).toContainText('5 addresses');
  await expect(rowsIn(demoPage).last()).toContainText(/Relay over TLS.*Left out.*unknown to this browser/s);
});

test('there, too, blocked TLS is shown as such, and blocked UDP asks for UDP alone', async ({ demoPage }) => {
  needCoturn();
  await runTest(demoPage, 'TLS blocked');
  await expect(verdictIn(demoPage).getByRole('status')).toContainText('TLS fails here, but UDP and TCP work');
  await expect(rowsIn(demoPage).last()).toContainText('Closed');
  await runTest(demoPage, 'UDP blocked');
  await expect(verdictIn(demoPage).getByRole('status')).toContainText(/UDP is blocked here, but TCP works.*allow outgoing UDP to [^;]*$/s);
});

test('the certificate of anybody else is tested, also from the demo’s page', async ({ demoPage, standIn }) => {
  needCoturn();
  await demoPage.getByText('App and key').click();
  await demoPage.getByLabel('App name or address').fill(standIn.endpoint);
  await demoPage.getByLabel('API key').fill(standIn.apiKey);
  await runTest(demoPage);
  await expect(verdictIn(demoPage).getByRole('status')).toContainText('TLS fails here, but UDP and TCP work');
  await expect(rowsIn(demoPage).last()).toContainText('Closed');
});

test('where no server of the demo can be reached, as in Firefox by default, nobody takes that for a fault of the network', async ({
  page,
  demo,
}) => {
  await changeAnswers(page, /relay\.localhost:/g, 'relay.invalid:');
  await page.goto(demo);
  await runTest(page);
  await expect(verdictIn(page).getByRole('status')).toContainText(/demo’s servers, which are on this computer.*about:config/s);
});
