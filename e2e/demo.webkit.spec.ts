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
    await page.waitForFunction(() =>
      document.querySelector('ice-connectivity')?.shadowRoot?.querySelector('h2')?.textContent.includes('This browser cannot make calls'),
    );
    expect(await page.evaluate(() => 'RTCPeerConnection' in window)).toBe(false);
    const { webrtc, load } = await page.evaluate(() => document.querySelector('ice-connectivity')!.run());
    expect({ webrtc, source: load.source }).toEqual({ webrtc: 'missing', source: 'network' });
  } finally {
    await site.stop();
    await demo.stop();
  }
});
