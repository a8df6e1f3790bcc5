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
    await page.waitForFunction(() => document.body.innerText.includes('This browser has no WebRTC'));
    expect(await page.evaluate(() => 'RTCPeerConnection' in window)).toBe(false);
    await page.evaluate(() =>
      [...document.querySelectorAll('button')].find(({ innerText }) => innerText.trim() === 'Load the servers')!.click(),
    );
    await page.waitForFunction(() => document.body.innerText.includes('5 addresses'));
  } finally {
    await site.stop();
    await demo.stop();
  }
});
