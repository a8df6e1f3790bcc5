import type { Page } from '@playwright/test';
import type { StandIn } from '../../demo/server/stand-in.js';
import type { Site } from '../support/site.js';
import { expect, test } from '../support/test.js';
import { packageIn } from './installed.js';

/** Opens a page with the script tag, and goes on to another one, whose body Turbo swaps in and whose tag it runs. Returns what the console says. */
async function visitTwoPages(page: Page, site: Site, standIn: StandIn, regions: readonly [string, string]): Promise<string[]> {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  const turbo = `${site.folder('/turbo/', 'node_modules/@hotwired/turbo/dist')}turbo.es2017-umd.js`;
  const file = `${site.folder('/script-file/', packageIn('ky-1', 'dist'))}ice-servers-loader.iife.js`;
  const pageWith = (region: string, content: string): string => `<!doctype html>
    <head><title>Turbo</title><link rel="icon" href="data:,"><script src="${turbo}"></script></head>
    <body>${content}<script src="${file}" onload="window.runs = (window.runs ?? 0) + 1"
      data-endpoint="${standIn.endpoint}" data-api-key="${standIn.apiKey}" data-region="${region}"></script></body>`;
  site.page('/turbo-second', pageWith(regions[1], '<h1>second page</h1>'));
  await page.goto(site.page('/turbo-first', pageWith(regions[0], '<a href="/turbo-second">go on</a>')));
  await page.evaluate('window.first = IceServers');
  await page.getByText('go on').click();
  await expect(page.getByText('second page')).toBeVisible();
  await page.waitForFunction('window.runs === 2');
  return said;
}

test('C-81: the same script tag in the body of the next page gives no warning', async ({ page, site, standIn }) => {
  expect(await visitTwoPages(page, site, standIn, ['europe', 'europe'])).toEqual([]);
});

test('C-81: a script tag with other options in the body of the next page warns', async ({ page, site, standIn }) => {
  expect(await visitTwoPages(page, site, standIn, ['europe', 'asia'])).toEqual([expect.stringContaining('loaded twice')]);
});

test('C-81: the next page goes on with the first copy and its servers', async ({ page, site, standIn }) => {
  await visitTwoPages(page, site, standIn, ['europe', 'europe']);
  expect(await page.evaluate('window.first === IceServers')).toBe(true);
  await page.evaluate(() => window.IceServers.loader!.load());
  expect(standIn.requests.count()).toBe(1);
});
