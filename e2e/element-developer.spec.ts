import type { Locator } from '@playwright/test';
import { copyToTitle } from './support/clipboard.js';
import { elementOf, openElement, runElement } from './support/element.js';
import { untilStored } from './support/stored.js';
import { expect, test } from './support/test.js';
import { serverCount } from './support/turn.js';

const developer = 'mode="developer"';

const panelOf = async (element: Locator, tab: string): Promise<Locator> => {
  await element.getByRole('tab', { name: tab }).click();
  return element.getByRole('tabpanel', { name: tab });
};

test('customer mode has nothing for developers, and keeps nothing on the device', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn));
  await runElement(element);
  await expect(element.getByRole('tab')).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem('ice-connectivity:runs'))).toBeNull();
});

test('each packet of the test call is drawn, over bands that stay as they are', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn, developer));
  const strip = element.getByRole('region', { name: 'Quality of a call' });
  await expect(strip).toContainText('400 ms');
  const { quality } = await runElement(element);
  await expect(strip).toContainText(`${quality!.packets} packets through ${quality!.url}`);
  const dots = await strip.locator('path').nth(1).getAttribute('d');
  expect(dots!.match(/M/g)).toHaveLength(quality!.packets);
  await expect(strip.getByRole('img', { name: /Good.*delay/ })).toBeVisible();
});

test('the configuration is shown with its secrets masked', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn, developer));
  const panel = await panelOf(element, 'Configuration');
  await expect(panel).toContainText('No servers are loaded.');
  await runElement(element);
  await expect(panel).toContainText(/"iceServers".*"username": "••••••".*"credential": "••••••"/s);
  const servers = (await (await fetch(standIn.addressOf(standIn.apiKey))).json()) as { username?: string; credential?: string }[];
  const shown = await element.evaluate(({ shadowRoot }) => shadowRoot!.innerHTML);
  for (const secret of [standIn.apiKey, ...servers.flatMap(({ username, credential }) => [username, credential])]) {
    if (secret) expect(shown).not.toContain(secret);
  }
});

test('the code has the region at hand and can be copied', async ({ page, site }) => {
  const element = await openElement(page, site, `<ice-connectivity app-name="demo" region="asia" ${developer}></ice-connectivity>`);
  await copyToTitle(page);
  const panel = await panelOf(element, 'Code');
  await panel.getByRole('button', { name: 'Copy' }).first().click();
  await expect(page).toHaveTitle(/appName: 'demo', apiKey: 'YOUR_API_KEY', region: 'asia'/);
  await expect(panel.getByRole('status').first()).toContainText('Copied');
});

test('the log tells a load from the network, from memory and from storage', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn, developer));
  await runElement(element);
  const panel = await panelOf(element, 'Log');
  const newest = panel.getByRole('row').nth(1);
  await expect(newest).toContainText(new RegExp(String.raw`network\s+[\d.]+ m?s\s+${serverCount}`));
  await panel.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(newest).toContainText(/memory\s+[\d.]+ ms/);
  await untilStored(page);
  await panel.getByRole('button', { name: 'Load as a new page' }).click();
  await expect(newest).toContainText('IndexedDB');
  await panel.getByRole('button', { name: 'Load from the service' }).click();
  await expect(newest).toContainText('network');
  expect(standIn.requests.count()).toBe(2);
});

test('the report is there as JSON, to copy and to download, the same as the event has', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn, developer));
  const report = await runElement(element);
  const panel = await panelOf(element, 'Report');
  expect(JSON.parse(await panel.locator('pre').innerText())).toEqual(JSON.parse(JSON.stringify(report)));
  const link = panel.getByRole('link', { name: 'Download JSON' });
  await expect(link).toHaveAttribute('download', `connectivity-${report.time.slice(0, 19).replaceAll(':', '-')}.json`);
  const [, data] = (await link.getAttribute('href'))!.split(',');
  expect(JSON.parse(decodeURIComponent(data!))).toMatchObject({ format: 1, verdict: report.verdict });
});

test('earlier runs stay on the device, and tell what changed', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn, developer));
  await runElement(element);
  await element.evaluate((node, endpoint) => node.setAttribute('endpoint', endpoint), `${standIn.scenarios}/udp-blocked`);
  await runElement(element);
  await page.reload();
  const runs = (await panelOf(element, 'Earlier runs')).getByRole('listitem');
  await expect(runs).toHaveCount(2);
  await expect(runs.first()).toContainText('UDP relay: works → fails');
  expect(await page.evaluate(() => localStorage.getItem('ice-connectivity:runs'))).not.toContain(standIn.apiKey);
});

test('regions are compared as dots on one scale, ties as ties, and one can be used', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn, developer));
  const regions = element.getByRole('region', { name: 'Regions' });
  await regions.getByRole('button', { name: 'Compare regions' }).click();
  const use = regions.getByRole('button', { name: /^Use / });
  await expect(use).toHaveCount(6, { timeout: 30_000 });
  await expect(regions).toContainText(/Scale: 0 to \d/);
  await expect(
    regions
      .getByRole('listitem')
      .first()
      .getByRole('img', { name: /^[\d.]+ ms, [\d.]+ ms, [\d.]+ ms/ }),
  ).toBeVisible();
  await regions.getByRole('button', { name: 'Use Asia' }).click();
  await expect(element).toHaveAttribute('region', 'asia');
  await expect(regions).toContainText('The next test will use Asia.');
  const report = await runElement(element);
  expect([report.region, report.regions.length]).toEqual(['asia', 6]);
});

test('a comparison can be stopped, and does not run beside a test', async ({ page, site, standIn }) => {
  standIn.faults.set({ delayMs: 20_000 });
  const element = await openElement(page, site, elementOf(standIn, developer));
  const regions = element.getByRole('region', { name: 'Regions' });
  const button = regions.getByRole('button').first();
  await button.click();
  await expect(regions.getByRole('listitem').first()).toContainText('measuring…');
  await expect(element.getByRole('button', { name: 'Test my connection' })).toHaveAttribute('aria-disabled', 'true');
  await button.click();
  await expect(button).toHaveText('Compare regions');
  await expect(regions.getByRole('listitem').first()).toContainText('Stopped');
});

test('the keyboard alone moves through the tabs', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn, developer));
  await element.getByRole('tab', { name: 'Configuration' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(element.getByRole('tab', { name: 'Code' })).toBeFocused();
  await expect(element.getByRole('tabpanel', { name: 'Code' })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(element.getByRole('tab', { name: 'Earlier runs' })).toBeFocused();
});
