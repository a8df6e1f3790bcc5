import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from '@playwright/test';
import { chromiumLaunch } from '../test/set-up/chromium.js';
import { startDemoService } from './server/demo-service.js';
import { startPageServer } from './server/page-server.js';

// Takes the README's pictures of the connectivity page, after a test with the TURN server on this machine.

const folder = new URL('../docs/images/', import.meta.url);

const service = await startDemoService({});
const site = await startPageServer(service, 0);
const browser = await chromium.launch(chromiumLaunch);
try {
  mkdirSync(folder, { recursive: true });
  await takePicture(browser, 'light');
  await takePicture(browser, 'dark');
} finally {
  await browser.close();
  await site.stop();
  await service.stop();
}

async function takePicture(from: Browser, colorScheme: 'light' | 'dark'): Promise<void> {
  const page = await from.newPage({ viewport: { width: 1200, height: 840 }, colorScheme, locale: 'en-GB' });
  await page.goto(site.origin);
  const element = page.locator('ice-connectivity');
  await element.getByRole('button', { name: 'Test my connection' }).click();
  await element.getByRole('button', { name: 'Test again' }).waitFor();
  await element.getByRole('tab', { name: 'Code' }).click();
  await page.screenshot({ path: fileURLToPath(new URL(`connectivity-${colorScheme}.png`, folder)) });
  await page.close();
}
