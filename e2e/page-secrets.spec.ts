import { runTest } from './support/demo.js';
import { copyResultLink, resultIn } from './support/result-link.js';
import { expect, fillAndRun, test } from './support/static-page.js';

test('a link to a result has app, region and the report, and neither the key nor a password', async ({ page, standIn, staticPage }) => {
  await page.goto(`${staticPage}?app=${standIn.endpoint}&region=asia`);
  await fillAndRun(page, standIn.apiKey);
  const link = await copyResultLink(page);
  const servers = (await (await fetch(standIn.addressOf(standIn.apiKey))).json()) as { username?: string; credential?: string }[];
  const result = resultIn(link);
  expect(Object.fromEntries(new URL(link).searchParams)).toEqual({ app: standIn.endpoint, region: 'asia' });
  expect(JSON.parse(result)).toMatchObject({ app: standIn.endpoint, region: 'asia', outcome: 'good' });
  for (const secret of [standIn.apiKey, ...servers.flatMap(({ username, credential }) => [username, credential])]) {
    if (secret) expect(link + result).not.toContain(secret);
  }
});

test('of a dashboard address that is typed, the key goes to its field, and app and region to the address of the page', async ({
  page,
  standIn,
  staticPage,
}) => {
  await page.goto(staticPage);
  await page.getByLabel('App name or address').fill(standIn.addressOf(standIn.apiKey, 'asia'));
  await page.getByLabel('API key').focus();
  await expect(page.getByLabel('App name or address')).toHaveValue(standIn.endpoint);
  await expect(page.getByLabel('API key')).toHaveValue(standIn.apiKey);
  await runTest(page);
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ app: standIn.endpoint, region: 'asia' });
});

test('a dashboard address that is sent at once, by Enter, leaves its key nowhere either', async ({ page, standIn, staticPage }) => {
  await page.goto(staticPage);
  await page.getByLabel('App name or address').fill(standIn.addressOf(standIn.apiKey));
  await page.getByLabel('App name or address').press('Enter');
  await expect(page.getByRole('button', { name: 'Test again' })).toBeVisible({ timeout: 30_000 });
  const link = await copyResultLink(page);
  expect(link + resultIn(link) + page.url()).not.toContain(standIn.apiKey);
});

for (const kind of ['apiKey', 'secretKey'] as const) {
  test(`a key in the place of the app is told as that, and goes nowhere: ${kind}`, async ({ page, standIn, staticPage }) => {
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    const secret = standIn[kind];
    await page.goto(staticPage);
    await page.getByLabel('App name or address').fill(secret);
    await page.getByLabel('API key').fill(standIn.apiKey);
    await page.getByRole('button', { name: 'Test my connection' }).click();
    await expect(page.getByRole('alert')).toContainText('This is a key, not an app name.');
    const kept = await page.evaluate(() => JSON.stringify(localStorage) + location.href);
    expect([...requested, kept].join('\n').toLowerCase()).not.toContain(secret.toLowerCase());
  });
}

test('neither link nor report repeats a password in an address', async ({ page, standIn, staticPage }) => {
  const password = 'open-sesame-71c4';
  await page.goto(staticPage);
  await page.getByLabel('App name or address').fill(standIn.endpoint.replace('//', `//someone:${password}@`));
  await page.getByLabel('API key').fill(standIn.apiKey);
  await page.getByRole('button', { name: 'Test my connection' }).click();
  await expect(page.locator('ice-connectivity').getByRole('heading', { level: 2 })).toBeVisible();
  expect(page.url()).not.toContain(password);
  expect(await page.evaluate(() => document.querySelector('ice-connectivity')!.shadowRoot!.innerHTML)).not.toContain(password);
});

test('the key is typed unseen, and no form of the browser keeps it', async ({ page, staticPage }) => {
  await page.goto(staticPage);
  const key = page.getByLabel('API key');
  await expect(key).toHaveAttribute('type', 'password');
  await expect(key).toHaveAttribute('autocomplete', 'off');
  expect(await page.locator('form [name]').count()).toBe(0);
});

test('an app by its name needs a key, and an own endpoint needs none', async ({ page, standIn, staticPage }) => {
  await page.goto(staticPage);
  const key = page.getByLabel('API key');
  await page.getByLabel('App name or address').fill('demo');
  await page.getByRole('button', { name: 'Test my connection' }).click();
  await expect(key).toBeFocused();
  const endpoint = `${standIn.origin}/own-route`;
  await page.route(endpoint, async (route) => route.fulfill({ response: await route.fetch({ url: standIn.addressOf(standIn.apiKey) }) }));
  await page.getByLabel('App name or address').fill(endpoint);
  await runTest(page);
  await expect(page.getByRole('heading', { name: 'Calls will work' })).toBeVisible();
});
