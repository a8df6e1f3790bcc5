import { startDemo } from './support/demo.js';
import { mirror } from './support/mirror.js';
import { expect, test } from './support/test.js';

test('the demo opens in a WebKit without WebRTC, loads, complains of nothing, and says in words what is missing', async ({
  page,
  browser,
}) => {
  const demo = await startDemo();
  const site = await mirror(demo.origin, 'recorder' in browser ? String(browser.recorder) : '');
  try {
    await page.goto(site.origin);
    await page.waitForFunction(() => [...document.querySelectorAll('button')].some(({ textContent }) => textContent.trim() === 'Load'));
    expect(await page.evaluate(() => 'RTCPeerConnection' in window)).toBe(false);
    await page.evaluate(() => [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Load')!.click());
    await page.waitForFunction(() => document.body.innerText.includes('turn:'));
    await page.waitForFunction(() => document.body.innerText.includes('WebRTC'));
  } finally {
    await site.stop();
    await demo.stop();
  }
});
