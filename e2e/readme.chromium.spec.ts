import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { transform } from 'esbuild';
import { documentationSnippets, readRecipe, recipeFiles, type Snippet } from '../test/package/snippets.js';
import { serveApp } from './support/app-server.js';
import { answerCdn, documentedPolicy } from './support/cdn.js';
import { importMap, type Site } from './support/site.js';
import { expect, test } from './support/test.js';
import { serverCount } from './support/turn.js';

const head = '<!doctype html><title>snippet</title><link rel="icon" href="data:,">';

/** The page that is relayed shows both when it has been. */
const relayed = /A relay candidate was found\..*This came through the TURN server\./s;

/** The blocks that need no more than the package and a route; recipes run in tests of their own. */
const recipes = new Set(recipeFiles().map(readRecipe));
const own = documentationSnippets().filter(
  ({ language, code }) => language === 'html' || (language === 'ts' && importsOnlyUs(code) && !recipes.has(code)),
);

test.beforeEach(async ({ context, site, standIn }) => {
  serveApp(site, standIn);
  await answerCdn(context);
  // The address that the pages name, answered by the stand-in, with its own key in the place of the one that the pages show.
  await context.route('https://demo.metered.live/**', async (route) => {
    const { searchParams } = new URL(route.request().url());
    const asked = searchParams.get('apiKey') ?? '';
    const apiKey = asked.startsWith('0123456789abcdef') ? standIn.apiKey : asked;
    const response = await route.fetch({ url: standIn.addressOf(apiKey, searchParams.get('region') ?? undefined) });
    await route.fulfill({ response });
  });
});

for (const snippet of own) {
  test(`the ${snippet.language} block at ${snippet.where} runs, and nothing complains`, async ({ page, site }) => {
    if (snippet.language === 'html') await runHtml(page, site, snippet);
    else await runModule(page, site, snippet);
  });
}

const firstPage = own.find(({ code }) => code.startsWith('<!doctype html>') && code.includes('iceTransportPolicy'))!.code;

test('the page for those who are new to TURN does without a web server', async ({ page }, testInfo) => {
  const path = testInfo.outputPath('index.html');
  mkdirSync(testInfo.outputDir, { recursive: true });
  copyFileSync('dist/ice-servers-loader.iife.js', testInfo.outputPath('ice-servers-loader.iife.js'));
  writeFileSync(path, firstPage);
  await page.goto(pathToFileURL(path).href);
  await expect(page.locator('body')).toContainText(relayed, { timeout: 30_000 });
});

test('the page for those who are new to TURN shows what an error says', async ({ page, site, standIn }) => {
  standIn.faults.set({ body: 'html' });
  await openHtml(page, site, firstPage);
  await expect(page.locator('body')).toContainText('whether this network shows a login page.');
});

function importsOnlyUs(code: string): boolean {
  const isComplete = !/^declare /m.test(code);
  return isComplete && [...code.matchAll(/(?:from|import) '([^']+)'/g)].every(([, name]) => name!.startsWith('ice-servers-loader'));
}

async function runHtml(page: Page, site: Site, { code }: Snippet): Promise<void> {
  await openHtml(page, site, code);
  if (code.includes('<ice-connectivity')) await expect(page.locator('ice-connectivity').getByRole('button').first()).toBeVisible();
  if (/\sdata-(?:app-name|endpoint)=/.test(code))
    expect(await page.evaluate(async () => (await window.IceServers.ready!).iceServers!.length)).toBe(serverCount);
  if (code.includes('iceTransportPolicy')) await expect(page.locator('body')).toContainText(relayed, { timeout: 30_000 });
  if (code.includes('ice-servers-loader.iife.js')) expect(await page.evaluate(() => typeof window.IceServers.version)).toBe('string');
}

/** Opens a block as a page, with the built files beside it. A tag with a digest runs under the policy that docs/script-tag.md names. */
async function openHtml(page: Page, site: Site, code: string): Promise<void> {
  site.folder('/docs/', 'dist');
  const html = code.startsWith('<!doctype html>') ? code.replace('<!doctype html>', head) : head + code;
  const headers = code.includes('integrity=') ? { 'content-security-policy': documentedPolicy(html) } : {};
  await page.goto(site.page('/docs/page', html, headers));
}

async function runModule(page: Page, site: Site, { code }: Snippet): Promise<void> {
  const { code: script } = await transform(`${code}\ndocument.title = 'ran';`, { loader: 'ts', format: 'esm' });
  const subpaths = ['connectivity', 'element'].map((name) => `"ice-servers-loader/${name}":"/dist/${name}.js",`).join('');
  const map = importMap.replace('"ky"', `${subpaths}"ky"`);
  await recordConnections(page);
  await page.goto(site.page('/snippet', `${head}${map}<script type="module">${script}</script>`));
  await expect(page).toHaveTitle('ran');
  // A block that negotiates has both ends of a call.
  if (code.includes('onnegotiationneeded')) {
    await page.waitForFunction(() => window.connections.every(({ connectionState }) => connectionState === 'connected'));
    expect(await page.evaluate(() => window.connections.length)).toBe(2);
  }
}

async function recordConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.connections = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        window.connections.push(this);
      }
    };
  });
}
