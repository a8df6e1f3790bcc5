import { elementIn, expect, openTab, runTest, test, verdictIn, waysIn } from './support/demo.js';
import { copyResultLink, resultIn } from './support/result-link.js';
import { untilStored } from './support/stored.js';
import { needCoturn } from './support/turn.js';

test('one press loads the servers, tests each and says what that means for a call', async ({ demoPage, browserName }) => {
  needCoturn();
  await runTest(demoPage);
  await expect(verdictIn(demoPage).getByRole('heading')).toHaveText('Calls will work');
  // Firefox does not know the certificate of the demo's TURN server, so TLS is left out.
  await expect(waysIn(demoPage)).toHaveCount(browserName === 'firefox' ? 3 : 4);
});

test('the servers come from the network, then from memory, then from an earlier visit', async ({ demoPage }) => {
  await runTest(demoPage);
  const newest = (await openTab(demoPage, 'Log')).getByRole('row').nth(1);
  await expect(newest).toContainText('network');
  await runTest(demoPage, 'Test again');
  await expect(newest).toContainText('memory');
  await untilStored(demoPage);
  await demoPage.reload();
  await runTest(demoPage);
  await openTab(demoPage, 'Log');
  await expect(newest).toContainText('IndexedDB');
});

test('C-64: the servers can be loaded anew, and deleted, so that the next test asks for them; the report stays', async ({ demoPage }) => {
  await runTest(demoPage);
  const log = await openTab(demoPage, 'Log');
  const newest = log.getByRole('row').nth(1);
  await runTest(demoPage, 'Test again');
  await log.getByRole('button', { name: 'Load from the service' }).click();
  await expect(newest).toContainText('network');
  await log.getByRole('button', { name: 'Delete from this device' }).click();
  await expect(log.getByRole('status')).toContainText('Deleted');
  await expect(verdictIn(demoPage).getByRole('button', { name: 'Send to support' })).toBeVisible();
  await runTest(demoPage, 'Test again');
  await expect(newest).toContainText('network');
});

test('a button keeps the keyboard while what it started runs, and after', async ({ demoPage }) => {
  await demoPage.getByText('Simulate a problem').click();
  const button = demoPage.getByRole('button', { name: 'UDP blocked' });
  await button.focus();
  await demoPage.keyboard.press('Enter');
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toBeFocused();
  await expect(button).toHaveAttribute('aria-disabled', 'false', { timeout: 30_000 });
  await expect(button).toBeFocused();
});

test('the keyboard alone starts the test', async ({ demoPage }) => {
  await demoPage.getByRole('button', { name: 'Test my connection' }).waitFor();
  const start = demoPage.getByRole('button', { name: /^Test (my connection|again)$/ });
  const isFocused = (): Promise<boolean> => start.evaluate((node) => node === (node.getRootNode() as ShadowRoot).activeElement);
  for (let presses = 0; presses < 15 && !(await isFocused()); presses += 1) await demoPage.keyboard.press('Tab');
  await demoPage.keyboard.press('Enter');
  await expect(demoPage.getByRole('button', { name: 'Test again' })).toBeFocused({ timeout: 30_000 });
});

test('the page, its link and its report have no key and no password', async ({ demoPage, demo }) => {
  const { apiKey, app } = (await (await fetch(`${demo}demo-config.json`)).json()) as { apiKey: string; app: string };
  const servers = (await (await fetch(`${app}?apiKey=${apiKey}`)).json()) as { username?: string; credential?: string }[];
  await runTest(demoPage);
  const json = await (await openTab(demoPage, 'Report')).locator('pre').innerText();
  const link = await copyResultLink(demoPage);
  const shown = await elementIn(demoPage).evaluate(({ shadowRoot }) => document.documentElement.outerHTML + shadowRoot!.innerHTML);
  const kept = await demoPage.evaluate(() => location.href + JSON.stringify(localStorage));
  expect(shown).toContain('App and key');
  expect(JSON.parse(resultIn(link))).toMatchObject({ format: 1, outcome: 'good' });
  const everything = [json, link, resultIn(link), shown, kept].join('\n');
  for (const secret of [apiKey, ...servers.flatMap(({ username, credential }) => [username, credential])]) {
    if (secret) expect(everything).not.toContain(secret);
  }
});

test('the demo’s key goes to the demo alone: a link or a person that names another app finds none, and is asked for one', async ({
  page,
  demo,
}) => {
  const app = page.getByLabel('App name or address');
  const key = page.getByLabel('API key');
  await page.goto(`${demo}?app=demo`);
  await expect(app).toHaveValue('demo');
  await expect(key).toHaveValue('');
  await page.goto(demo);
  await page.getByText('App and key').click();
  await expect(key).not.toHaveValue('');
  const [ownApp, ownKey] = [await app.inputValue(), await key.inputValue()];
  await app.fill('demo');
  await expect(key).toHaveValue('');
  await app.fill(ownApp);
  await expect(key).toHaveValue(ownKey);
  await app.fill('demo');
  await page.getByRole('button', { name: 'Test with these settings' }).click();
  await expect(key).toBeFocused();
});

test('a region that is not documented is shown as it is sent', async ({ page, demo }) => {
  await page.goto(`${demo}?region=mars`);
  await page.getByText('App and key').click();
  await expect(page.getByRole('combobox', { name: 'Region' })).toHaveValue('mars');
});

test('what is no app name is told in words that a user knows', async ({ demoPage }) => {
  await demoPage.getByText('App and key').click();
  await demoPage.getByLabel('App name or address').fill('my app!');
  await demoPage.getByLabel('API key').fill('0123456789abcdef0123456789abcdef0123');
  await demoPage.getByRole('button', { name: 'Test with these settings' }).click();
  await expect(demoPage.getByRole('alert')).toContainText('This is neither an app name nor an address.');
});
