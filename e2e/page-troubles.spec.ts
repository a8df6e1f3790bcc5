import { copyToTitle } from './support/clipboard.js';
import { barIn, changeAnswers, elementIn, expect, openTab, runTest, simulate, test, verdictIn, waysIn } from './support/demo.js';
import { copyResultLink } from './support/result-link.js';
import { needCoturn } from './support/turn.js';

test('an expired password is no fault of the network', async ({ demoPage }) => {
  await simulate(demoPage, 'Expired password');
  await expect(verdictIn(demoPage)).toContainText('The call servers refuse this app’s password');
  await expect(waysIn(demoPage).first()).toContainText('Password refused');
});

test('blocked UDP is told from TCP that works, with the words for the owner of the network', async ({ demoPage }) => {
  needCoturn();
  await simulate(demoPage, 'UDP blocked');
  await expect(verdictIn(demoPage)).toContainText('The fastest route is closed here, so calls may stutter.');
  await expect(demoPage.getByRole('region', { name: 'For the owner of this network' })).toContainText(
    /UDP\s*global\.relay\.localhost\s*\d+/,
  );
  await expect(waysIn(demoPage).first()).toContainText('No answer');
});

for (const [trouble, words] of [
  ['TLS blocked', 'Only the route for very strict networks is closed.'],
  ['Unknown server name', 'The names of the call servers cannot be looked up.'],
  ['Dead server', 'No call server can be reached.'],
  ['Slow network', 'Calls may stutter'],
] as const) {
  test(`"${trouble}" can be looked at, and says so`, async ({ demoPage }) => {
    if (trouble === 'TLS blocked') needCoturn();
    await simulate(demoPage, trouble);
    await expect(verdictIn(demoPage)).toContainText(words);
  });
}

test('a STUN server that is dead beside TURN that works is told in its line, and alarms nobody', async ({ page, demo }) => {
  // A port where nobody listens.
  await changeAnswers(page, /(stun:[^:]+):\d+/, '$1:19999');
  await page.goto(demo);
  await runTest(page);
  await expect(waysIn(page).first()).toContainText('No answer');
  await expect(verdictIn(page).getByRole('heading')).toHaveText('Calls will work');
});

test('while a trouble is on, the bar says so, and all that leaves the page is marked', async ({ demoPage }) => {
  needCoturn();
  await simulate(demoPage, 'UDP blocked');
  await expect(barIn(demoPage)).toContainText('UDP blocked');
  await copyToTitle(demoPage);
  const mark = 'SIMULATED: UDP blocked';
  await demoPage.getByRole('region', { name: 'For the owner of this network' }).getByRole('button', { name: 'Copy' }).click();
  await expect(demoPage).toHaveTitle(new RegExp(mark));
  const report = await openTab(demoPage, 'Report');
  for (const button of ['Copy as text', 'Copy JSON']) {
    await demoPage.evaluate(() => (document.title = ''));
    await report.getByRole('button', { name: button }).click();
    await expect(demoPage).toHaveTitle(new RegExp(mark));
  }
  await expect((await openTab(demoPage, 'Code')).locator('pre').first()).toContainText(mark);
  await expect(elementIn(demoPage).locator('.paper')).toContainText(mark);
  const link = await copyResultLink(demoPage);
  await demoPage.goto('about:blank');
  await demoPage.goto(link);
  await expect(verdictIn(demoPage)).toContainText('Simulated: UDP blocked');
  await expect(verdictIn(demoPage)).toContainText('shared by link');
});

test('the bar ends the trouble, and the test without it is not marked', async ({ demoPage }) => {
  await simulate(demoPage, 'Slow network');
  await demoPage.getByRole('button', { name: 'Stop simulating' }).click();
  await expect(barIn(demoPage)).toHaveCount(0);
  await expect(verdictIn(demoPage).getByRole('heading')).toHaveText('Calls will work', { timeout: 30_000 });
  await expect(verdictIn(demoPage)).not.toContainText('Simulated');
});

test.describe('when the servers cannot be loaded', () => {
  test.use({ allowedComplaints: /Failed to load resource|status of 4\d\d|Same Origin Policy|Using (three|five) or more STUN/ });

  for (const [trouble, words] of [
    ['Wrong API key', 'The key for this test was refused, or you are not signed in.'],
    ['Wrong app name', 'This app or address does not exist.'],
    ['Login page in the way', 'as in a hotel'],
    ['No network', 'The list of call servers did not arrive.'],
  ] as const) {
    test(`"${trouble}" is told in words`, async ({ demoPage }) => {
      await simulate(demoPage, trouble);
      await expect(verdictIn(demoPage)).toContainText(words);
    });
  }
});
