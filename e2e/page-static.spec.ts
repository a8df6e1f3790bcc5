import { brotliCompressSync } from 'node:zlib';
import { runTest, verdictIn } from './support/demo.js';
import { expect, fillAndRun, test } from './support/static-page.js';

test('the static build works from any folder, with app and region from the link and the key from the person', async ({
  page,
  standIn,
  staticPage,
}) => {
  await page.goto(`${staticPage}?${new URLSearchParams({ app: standIn.endpoint, region: 'europe' })}`);
  await expect(page.getByRole('combobox', { name: 'Region' })).toHaveValue('europe');
  await expect(page.getByText('Simulate a problem')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Live call' })).toHaveCount(0);
});

test('it asks for a key with a hint, tests with it, and has nothing for developers', async ({ page, standIn, staticPage }) => {
  await page.goto(staticPage);
  await expect(page.getByText('It stands in the Metered dashboard')).toBeVisible();
  await page.getByLabel('App name or address').fill(standIn.endpoint);
  await fillAndRun(page, standIn.apiKey);
  await expect(verdictIn(page).getByRole('heading')).toHaveText('Calls will work');
  await expect(page.getByRole('tab')).toHaveCount(0);
  expect(standIn.requests.records).toHaveLength(1);
});

test('developer mode can be reached by the address', async ({ page, standIn, staticPage }) => {
  await page.goto(`${staticPage}?mode=developer&app=${standIn.endpoint}`);
  await fillAndRun(page, standIn.apiKey);
  await expect(page.getByRole('tab', { name: 'Log' })).toBeVisible();
});

test('config.json presets an endpoint and hides the form', async ({ page, standIn, staticPage }) => {
  // An own endpoint holds the key itself.
  const endpoint = `${standIn.origin}/own-route`;
  await page.route(endpoint, async (route) => route.fulfill({ response: await route.fetch({ url: standIn.addressOf(standIn.apiKey) }) }));
  await page.route('**/config.json', (route) => route.fulfill({ json: { endpoint, form: false } }));
  await page.goto(staticPage);
  await expect(page.getByText('App and key')).toHaveCount(0);
  await runTest(page);
  await expect(verdictIn(page).getByRole('heading')).toHaveText('Calls will work');
});

test('a config.json that is wrong is told in words', async ({ page, staticPage }) => {
  await page.route('**/config.json', (route) => route.fulfill({ json: { endpiont: 'x' } }));
  await page.goto(staticPage);
  await expect(page.getByText('config.json has an unknown field.')).toBeVisible();
});

test('a result goes by link to another browser, which has no key, and needs none', async ({ page, browser, standIn, staticPage }) => {
  await page.goto(`${staticPage}?app=${standIn.endpoint}`);
  await fillAndRun(page, standIn.apiKey);
  await page.getByRole('button', { name: 'Copy link to this result' }).click();
  await expect(page).toHaveURL(/#result=/);
  expect(page.url()).not.toContain(standIn.apiKey);
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(verdictIn(other)).toContainText(/Calls will work.*Result of .* [+-]\d\d:\d\d, shared by link/s);
  await context.close();
  // A new test is a new result.
  await runTest(page, 'Test again');
  expect(page.url()).not.toContain('#result=');
});

for (const [name, fragment, words] of [
  ['damaged', '#result=abc', 'the link is incomplete or damaged'],
  ['foreign', '#section-2', 'is not a result'],
  ['empty', '#result=', 'the link is incomplete or damaged'],
] as const) {
  test(`a fragment that is ${name} is told in words, and the page works`, async ({ page, standIn, staticPage }) => {
    await page.goto(`${staticPage}?app=${standIn.endpoint}${fragment}`);
    await expect(page.getByRole('alert')).toContainText(words);
    await fillAndRun(page, standIn.apiKey);
    await expect(verdictIn(page).getByRole('heading')).toHaveText('Calls will work');
  });
}

test('the page weighs less than 120 kB', async ({ page, staticPage }) => {
  const bodies: Promise<Buffer>[] = [];
  page.on('response', (response) => bodies.push(response.body()));
  await page.goto(`${staticPage}?app=demo`);
  await expect(page.getByLabel('App name or address')).toHaveValue('demo');
  const sizes = (await Promise.all(bodies)).map((body) => brotliCompressSync(body).length);
  expect(sizes.length).toBeGreaterThanOrEqual(3);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(120_000);
});

test('a key in the address is taken out of it, and not used', async ({ page, standIn, staticPage }) => {
  await page.goto(`${staticPage}?app=demo&apiKey=${standIn.apiKey}#${standIn.apiKey}`);
  await expect(page.getByLabel('App name or address')).toHaveValue('demo');
  await expect(page.getByLabel('API key')).toHaveValue('');
  expect(page.url()).toBe(`${staticPage}?app=demo`);
});

test('neither this page’s address nor its link repeats a secret that came in the place of the app', async ({
  page,
  standIn,
  staticPage,
}) => {
  await page.goto(`${staticPage}?app=${encodeURIComponent(standIn.addressOf(standIn.apiKey))}&region=${standIn.apiKey}`);
  await expect(page.getByLabel('App name or address')).toHaveValue(standIn.endpoint);
  expect(page.url()).not.toContain(standIn.apiKey);
});

test('the key stays on the device only where the person asks for it', async ({ page, standIn, staticPage }) => {
  await page.goto(`${staticPage}?app=demo`);
  const kept = (): Promise<string> => page.evaluate(() => JSON.stringify(localStorage));
  await page.getByLabel('API key').fill(standIn.apiKey);
  expect(await kept()).not.toContain(standIn.apiKey);
  await page.getByLabel('Keep the key on this device').check();
  await page.reload();
  await expect(page.getByLabel('API key')).toHaveValue(standIn.apiKey);
  await page.goto(staticPage);
  await expect(page.getByLabel('App name or address')).toHaveValue('demo');
  await expect(page.getByLabel('API key')).toHaveValue(standIn.apiKey);
  // It belongs to one app.
  await page.goto(`${staticPage}?app=another`);
  await expect(page.getByLabel('API key')).toHaveValue('');
  await page.goto(`${staticPage}?app=demo.metered.live`);
  await expect(page.getByLabel('API key')).toHaveValue(standIn.apiKey);
  await page.getByText('App and key').click();
  await page.getByLabel('Keep the key on this device').uncheck();
  expect(await kept()).not.toContain(standIn.apiKey);
});
