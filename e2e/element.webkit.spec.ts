import { elementOf } from './support/element.js';
import { expect, test } from './support/test.js';

test('in a WebKit without WebRTC the element says so, loads the servers, and its run resolves', async ({ page, site, standIn }) => {
  const html = `<!doctype html><title>element</title><link rel="icon" href="data:,">${elementOf(standIn)}
<script type="module" src="/dist/element.js"></script>`;
  await page.goto(site.page('/element-webkit', html));
  await page.waitForFunction(() =>
    document.querySelector('ice-connectivity')?.shadowRoot?.querySelector('h2')?.textContent.includes('This browser cannot make calls'),
  );
  const report = await page.evaluate(() => document.querySelector('ice-connectivity')!.run());
  expect(report).toMatchObject({ webrtc: 'missing', outcome: 'unknown', results: [], load: { source: 'network' }, system: 'Linux' });
  expect(await page.evaluate(() => document.querySelector('ice-connectivity')!.hasAttribute('api-key'))).toBe(false);
});
