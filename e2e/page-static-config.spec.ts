import type { Page } from '@playwright/test';
import type { StandIn } from '../demo/server/stand-in.js';
import { elementIn, runTest, verdictIn } from './support/demo.js';
import { expect, fillAndRun, test } from './support/static-page.js';

const presetBy = (page: Page, config: object): Promise<unknown> => page.route('**/config.json', (route) => route.fulfill({ json: config }));

/** An endpoint of the app's own, which holds the key itself. */
const routeOwnEndpoint = async (page: Page, standIn: StandIn): Promise<string> => {
  const endpoint = `${standIn.origin}/own-route`;
  await page.route(`${endpoint}*`, async (route) => {
    const region = new URL(route.request().url()).searchParams.get('region') ?? undefined;
    await route.fulfill({ response: await route.fetch({ url: standIn.addressOf(standIn.apiKey, region) }) });
  });
  return endpoint;
};

test('config.json presets app and region, and the person only has to type a key', async ({ page, standIn, staticPage }) => {
  await presetBy(page, { app: 'demo', region: 'asia' });
  await page.route('https://demo.metered.live/**', async (route) =>
    route.fulfill({ response: await route.fetch({ url: standIn.endpoint + new URL(route.request().url()).search }) }),
  );
  await page.goto(staticPage);
  await expect(page.getByLabel('App name or address')).toHaveValue('demo');
  await fillAndRun(page, standIn.apiKey);
  expect(await elementIn(page).evaluate((node) => (node as HTMLElementTagNameMap['ice-connectivity']).report?.region)).toBe('asia');
});

test('a link may name another region than config.json', async ({ page, staticPage }) => {
  await presetBy(page, { app: 'demo', region: 'asia' });
  await page.goto(`${staticPage}?region=europe`);
  await expect(page.getByRole('combobox', { name: 'Region' })).toHaveValue('europe');
});

test('an endpoint that config.json presets is tested with one press, and the form is closed', async ({ page, standIn, staticPage }) => {
  await presetBy(page, { endpoint: await routeOwnEndpoint(page, standIn) });
  await page.goto(staticPage);
  await expect(page.getByLabel('API key')).toBeHidden();
  await runTest(page);
  await expect(verdictIn(page).getByRole('heading')).toHaveText('Calls will work');
});

test('where the form is hidden, a link cannot have another app tested', async ({ page, standIn, staticPage }) => {
  const endpoint = await routeOwnEndpoint(page, standIn);
  await presetBy(page, { endpoint, region: 'asia', form: false });
  await page.goto(`${staticPage}?app=another`);
  await runTest(page);
  const report = await elementIn(page).evaluate((node) => (node as HTMLElementTagNameMap['ice-connectivity']).report);
  expect(report).toMatchObject({ app: endpoint, region: 'asia', outcome: 'good' });
});

test('config.json is no place for a key, and its value is not repeated', async ({ page, standIn, staticPage }) => {
  await presetBy(page, { app: 'demo', apiKey: standIn.apiKey });
  await page.goto(staticPage);
  await expect(page.getByText('config.json has an unknown field.')).toBeVisible();
  await expect(page.locator('body')).not.toContainText(standIn.apiKey);
});

test('a link to a result opens the same result for support', async ({ page, browser, standIn, staticPage }) => {
  await page.goto(`${staticPage}?app=${standIn.scenarios}/dead-server&region=asia`);
  await fillAndRun(page, standIn.apiKey);
  await page.getByRole('button', { name: 'Copy link to this result' }).click();
  await expect(page).toHaveURL(/#result=/);
  const shown = async (one: Page): Promise<string[]> => {
    const answer = verdictIn(one);
    const cards = ['For the owner of this network', 'Routes tested'].map((name) => one.getByRole('region', { name }));
    const parts = [answer.locator('.headline'), answer.locator('.lines'), ...cards];
    const words = await Promise.all(parts.map((part) => part.innerText()));
    const facts = await one
      .getByRole('region', { name: /^(This|The tested) device$/ })
      .locator('dl')
      .innerText();
    return [...words, facts];
  };
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(verdictIn(other)).toContainText('shared by link');
  expect(await shown(other)).toEqual(await shown(page));
  await context.close();
});

for (const endpoint of ['javascript:alert(1)', 'https://calls.example/ice?token=0123456789abcdef0123456789abcdef0123']) {
  test(`an endpoint in config.json that cannot be public is told in words: ${endpoint.slice(0, 10)}`, async ({ page, staticPage }) => {
    await presetBy(page, { endpoint, form: false });
    await page.goto(staticPage);
    await expect(page.getByText('endpoint must be a full http(s) address with a path and without a key')).toBeVisible();
  });
}

test('a config.json that never arrives is not waited for', async ({ page, staticPage }) => {
  await page.route('**/config.json', () => undefined);
  await page.goto(staticPage);
  await expect(page.getByLabel('App name or address')).toBeVisible({ timeout: 15_000 });
});

test('a key that was kept for another app is not used by a page whose form is hidden', async ({ page, standIn, staticPage }) => {
  const endpoint = await routeOwnEndpoint(page, standIn);
  await presetBy(page, { endpoint, form: false });
  await page.goto(staticPage);
  const kept = 'f'.repeat(36);
  await page.evaluate((apiKey) => localStorage.setItem('connectivity-page:key', JSON.stringify({ app: 'other', apiKey })), kept);
  await page.reload();
  const requested: string[] = [];
  page.on('request', (request) => requested.push(JSON.stringify([request.url(), request.headers(), request.postData()])));
  await runTest(page);
  await expect(page.getByText(`The call servers are requested from ${new URL(endpoint).host}.`)).toBeVisible();
  expect(requested.filter((request) => request.includes(endpoint))).toHaveLength(1);
  expect(requested.filter((request) => request.includes(kept))).toEqual([]);
});

test('a key that is typed as the app is not kept', async ({ page, staticPage }) => {
  await page.goto(staticPage);
  await page.getByLabel(/Keep the key/).check();
  await page.getByLabel('App name or address').fill('f'.repeat(36));
  await page.getByLabel('API key').fill('e'.repeat(36));
  expect(await page.evaluate(() => localStorage.getItem('connectivity-page:key') ?? '')).not.toContain('f'.repeat(36));
});

test('a key that is typed into the field of the app leaves nothing of itself in this browser', async ({ page, standIn, staticPage }) => {
  await page.goto(staticPage);
  await page.getByLabel('API key').fill('e'.repeat(36));
  await page.getByLabel(/Keep the key/).check();
  await page.getByLabel('App name or address').pressSequentially(standIn.apiKey);
  await page.getByRole('button', { name: 'Test my connection' }).click();
  await expect(page.getByRole('alert')).toContainText('This is a key, not an app name.');
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(standIn.apiKey.slice(0, 8));
});

test('a field that is left half-way through a key keeps nothing of the key once it is complete', async ({ page, standIn, staticPage }) => {
  const app = page.getByLabel('App name or address');
  await page.goto(staticPage);
  await page.getByLabel('API key').fill('e'.repeat(36));
  await page.getByLabel(/Keep the key/).check();
  await app.pressSequentially(standIn.apiKey.slice(0, 20));
  await app.blur();
  await app.press('End');
  await app.pressSequentially(standIn.apiKey.slice(20));
  await app.blur();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(standIn.apiKey.slice(0, 8));
});

async function keepKeyOfDemo(page: Page, staticPage: string): Promise<void> {
  await page.goto(staticPage);
  await page.getByLabel(/Keep the key/).check();
  await page.getByLabel('App name or address').pressSequentially('demo');
  await page.getByLabel('API key').pressSequentially('e'.repeat(36));
  await page.getByLabel('API key').blur();
}

test('app and key are kept once their fields are left', async ({ page, staticPage }) => {
  await keepKeyOfDemo(page, staticPage);
  await page.reload();
  await expect(page.getByLabel('API key')).toHaveValue('e'.repeat(36));
  await expect(page.getByLabel('App name or address')).toHaveValue('demo');
});

test('a kept key outlives a visit by a link for another app', async ({ page, staticPage }) => {
  await keepKeyOfDemo(page, staticPage);
  await page.goto(`${staticPage}?app=another`);
  await expect(page.getByLabel('API key')).toHaveValue('');
  await page.getByLabel('API key').focus();
  await page.getByLabel('API key').blur();
  await page.goto(staticPage);
  await expect(page.getByLabel('API key')).toHaveValue('e'.repeat(36));
});
