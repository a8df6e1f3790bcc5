import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build, preview } from 'vite';
import { expect, rowsIn, runTest, test as base, verdictIn } from './support/demo.js';

const configFile = fileURLToPath(new URL('../demo/vite.config.ts', import.meta.url));

const test = base.extend<object, { staticPage: string }>({
  staticPage: [
    async ({}, use) => {
      const root = await mkdtemp(join(tmpdir(), 'static-page-'));
      await build({ configFile, mode: 'static', logLevel: 'warn', build: { outDir: join(root, 'any/folder'), emptyOutDir: true } });
      const server = await preview({
        root,
        configFile: false,
        appType: 'mpa',
        logLevel: 'error',
        build: { outDir: '.' },
        preview: { host: '127.0.0.1', port: 5300 },
      });
      const { port } = server.httpServer.address() as { port: number };
      await use(`http://127.0.0.1:${port}/any/folder/`);
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

test('the static build works from any folder, with app and region from the link and the key from the person', async ({
  page,
  standIn,
  staticPage,
}) => {
  await page.goto(`${staticPage}?${new URLSearchParams({ app: standIn.endpoint, region: 'europe' })}`);
  await expect(page.getByLabel('App name or address')).toHaveValue(standIn.endpoint);
  await expect(page.getByRole('combobox', { name: 'Region' })).toHaveValue('europe');
  await expect(page.getByRole('heading', { name: 'See what a problem looks like' })).toHaveCount(0);
  await page.getByLabel('API key').fill(standIn.apiKey);
  await runTest(page);
  await expect(rowsIn(page).nth(1)).toContainText('Works');
  await expect(verdictIn(page)).toContainText('work');
  expect(standIn.requests.records).toHaveLength(1);
});

test('the page weighs less than 100 kB', async ({ page, staticPage }) => {
  const bodies: Promise<Buffer>[] = [];
  page.on('response', (response) => bodies.push(response.body()));
  await page.goto(`${staticPage}?app=demo`);
  await expect(page.getByLabel('App name or address')).toHaveValue('demo');
  const sizes = (await Promise.all(bodies)).map((body) => brotliCompressSync(body).length);
  expect(sizes.length).toBeGreaterThanOrEqual(3);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
});

test('a key in the address is taken out of it, and not used', async ({ page, standIn, staticPage }) => {
  await page.goto(`${staticPage}?app=demo&apiKey=${standIn.apiKey}#${standIn.apiKey}`);
  await expect(page.getByLabel('App name or address')).toHaveValue('demo');
  await expect(page.getByLabel('API key')).toHaveValue('');
  expect(page.url()).toBe(`${staticPage}?app=demo`);
});

test('the link to this page has app and region, and no key', async ({ page, standIn, staticPage }) => {
  await page.goto(staticPage);
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void (document.title = text);
  });
  await page.getByLabel('App name or address').fill(standIn.addressOf(standIn.apiKey, 'asia'));
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Copied: the link')).toBeVisible();
  const link = new URL(await page.title());
  expect(Object.fromEntries(link.searchParams)).toEqual({ app: standIn.endpoint, region: 'asia' });
  expect(link.href).not.toContain(standIn.apiKey);
});

test('neither this page’s address nor its link repeats a secret that came in the place of the app', async ({
  page,
  standIn,
  staticPage,
}) => {
  await page.goto(`${staticPage}?app=${encodeURIComponent(standIn.addressOf(standIn.apiKey))}&region=${standIn.apiKey}`);
  await expect(page.getByLabel('App name or address')).toHaveValue(standIn.endpoint);
  expect(page.url()).not.toContain(standIn.apiKey);
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void (document.title = text);
  });
  for (const secret of [standIn.apiKey, standIn.secretKey, `http://someone:${standIn.apiKey.slice(0, 20)}@127.0.0.1/x`]) {
    await page.getByLabel('App name or address').fill(secret);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect(page).toHaveTitle(/^http/);
    expect(await page.title()).not.toContain(standIn.apiKey.slice(0, 20));
    expect(await page.title()).not.toContain(standIn.secretKey.slice(0, 20));
    await page.evaluate(() => (document.title = ''));
  }
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
  await page.getByLabel('Keep the key on this device').uncheck();
  expect(await kept()).not.toContain(standIn.apiKey);
});
