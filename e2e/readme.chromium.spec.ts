import { transform } from 'esbuild';
import { readmeSnippets } from '../test/package/snippets.js';
import { importMap } from './support/site.js';
import { expect, test } from './support/test.js';

const head = '<!doctype html><title>snippet</title><link rel="icon" href="data:,">';

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
    if (language === 'html') {
      await page.goto(
        site.page('/snippet', head + code.replaceAll('src="ice-servers-loader.iife.js"', 'src="/dist/ice-servers-loader.iife.js"')),
      );
      expect(await page.evaluate(async () => (await window.IceServers.ready!).iceServers!.length)).toBe(5);
      return;
    }
    const { code: script } = await transform(`${code}\ndocument.title = 'ran';`, { loader: 'ts', format: 'esm' });
    const map = importMap.replace('"ky"', '"ice-servers-loader/connectivity":"/dist/connectivity.js","ky"');
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(site.page('/snippet', `${head}${map}<script type="module">${script}</script>`));
    await expect(page).toHaveTitle('ran');
    if (code.includes('createDataChannel'))
      await expect.poll(() => said, { timeout: 30_000 }).toContainEqual(expect.stringContaining('came through'));
  });
}
