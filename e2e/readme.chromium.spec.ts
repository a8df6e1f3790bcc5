import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { readmeSnippets } from '../test/package/snippets.js';
import { importMap } from './support/site.js';
import { expect, test } from './support/test.js';
import { serverCount } from './support/turn.js';

const head = '<!doctype html><title>snippet</title><link rel="icon" href="data:,">';

const file = 'ice-servers-loader.iife.js';

/** A block as a page: a whole one stays what it is, but for the icon, which no page of the README has, and the place of the file. */
const pageOf = (code: string): string =>
  (code.startsWith('<!doctype html>') ? code.replace('<!doctype html>', head) : head + code).replace(
    `src="${file}"`,
    `src="/dist/${file}"`,
  );

/** What the page for those who are new to TURN shows. */
const relayed = /A relay candidate was found\..*This came through the TURN server\./s;

/** The blocks that need no more than the package; recipes with other libraries run in tests of their own. */
const own = readmeSnippets().filter(
  ({ language, code }) =>
    language === 'html' ||
    (language === 'ts' && [...code.matchAll(/from '([^']+)'/g)].every(([, name]) => name!.startsWith('ice-servers-loader'))),
);

test.beforeEach(async ({ context, standIn }) => {
  // The address that the README names, answered by the stand-in: only the key is put in the place of the README's.
  await context.route('https://*.metered.live/**', async (route) => {
    const asked = new URL(route.request().url());
    const region = asked.searchParams.get('region') ?? undefined;
    const response = await route.fetch({ url: standIn.addressOf(standIn.apiKey, region) });
    await route.fulfill({ response });
  });
});

for (const { where, language, code } of own) {
  test(`the ${language} block at ${where} runs, and nothing complains`, async ({ page, site }) => {
    if (code.includes('<ice-connectivity')) {
      await page.goto(site.page('/snippet', `${head}${code.replace('"element.js"', '"/dist/element.js"')}`));
      await expect(page.locator('ice-connectivity').getByRole('button').first()).toBeVisible();
      return;
    }
    if (language === 'html') {
      await page.goto(site.page('/snippet', pageOf(code)));
      if (code.includes('data-app-name'))
        expect(await page.evaluate(async () => (await window.IceServers.ready!).iceServers!.length)).toBe(serverCount);
      else await expect(page.locator('body')).toContainText(relayed, { timeout: 30_000 });
      return;
    }
    const { code: script } = await transform(`${code}\ndocument.title = 'ran';`, { loader: 'ts', format: 'esm' });
    const map = importMap.replace('"ky"', '"ice-servers-loader/connectivity":"/dist/connectivity.js","ky"');
    await page.goto(site.page('/snippet', `${head}${map}<script type="module">${script}</script>`));
    await expect(page).toHaveTitle('ran');
  });
}

const { code: firstPage } = own.find(({ code }) => code.startsWith('<!doctype html>'))!;

test('the page for those who are new to TURN does without a web server', async ({ page }, testInfo) => {
  const pathOf = (name: string): string => testInfo.outputPath(name);
  mkdirSync(testInfo.outputDir, { recursive: true });
  copyFileSync(`dist/${file}`, pathOf(file));
  writeFileSync(pathOf('index.html'), firstPage);
  await page.goto(pathToFileURL(pathOf('index.html')).href);
  await expect(page.locator('body')).toContainText(relayed, { timeout: 30_000 });
});

test('the page for those who are new to TURN shows what an error says', async ({ page, site, standIn }) => {
  standIn.faults.set({ body: 'html' });
  await page.goto(site.page('/refused', pageOf(firstPage)));
  await expect(page.locator('body')).toContainText('whether this network shows a login page.');
});
