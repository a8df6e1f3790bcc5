import { execa } from 'execa';
import { startSite } from '../support/site.js';
import { expect, test } from '../support/test.js';
import { bundlers } from './bundle.js';
import { writeSamples } from './guide.js';
import { folderOf, write } from './installed.js';

const head = '<!doctype html><title>app</title><link rel="icon" href="data:,"><main></main>';

test("C-75: the guide's test of a page passes in Playwright", async ({ launchOptions }) => {
  const folder = await writeSamples('playwright', ['The code under test', 'Playwright'], { type: 'module' });
  await write(
    'app-tests',
    'playwright/main.js',
    `import { describeServers } from './src/ice-servers.js';
     document.querySelector('main').textContent = await describeServers();`,
  );
  await bundlers['esbuild']!('app-tests', 'playwright/main.js', 'playwright/out');
  const site = await startSite();
  const address = site.folder('/app/', folderOf('app-tests', 'playwright/out'));
  const baseURL = site.page('/', `${head}<script type="module" src="${address}app.js"></script>`);
  await write(
    'app-tests',
    'playwright/playwright.config.js',
    `export default { testDir: 'e2e', workers: 1, use: ${JSON.stringify({ baseURL, launchOptions })} };`,
  );
  const { exitCode, all } = await execa('npx', ['playwright', 'test'], { cwd: folder, all: true, reject: false, env: { NO_COLOR: '1' } });
  await site.stop();
  expect(exitCode, all).toBe(0);
});
