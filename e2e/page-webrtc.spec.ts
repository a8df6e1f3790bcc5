import { elementIn, expect, openTab, runTest, test, verdictIn, waysIn } from './support/demo.js';
import { reportTextIn } from './support/words.js';
import { serverCount } from './support/turn.js';

/** What may break WebRTC in a browser. Each runs in the page, before its scripts. */
const breakages: Readonly<Record<string, () => void>> = {
  'an extension whose RTCPeerConnection throws': () => {
    window.RTCPeerConnection = function () {
      throw new Error('blocked');
    } as unknown as typeof RTCPeerConnection;
  },
  // As uBlock Origin does: https://github.com/gorhill/uBlock/wiki/Resources-Library#nowebrtcjs-
  'a content blocker whose RTCPeerConnection does nothing': () => {
    const stub = function stub(): void {};
    stub.prototype = { close() {}, createDataChannel() {}, createOffer() {}, setRemoteDescription() {} };
    window.RTCPeerConnection = stub as unknown as typeof RTCPeerConnection;
  },
  'a policy that forbids each call of RTCPeerConnection': () => {
    const forbid = (): never => {
      throw new DOMException('', 'NotAllowedError');
    };
    Object.assign(RTCPeerConnection.prototype, { createDataChannel: forbid, createOffer: forbid, setLocalDescription: forbid });
  },
};

for (const [breakage, breakWebRtc] of Object.entries(breakages)) {
  test(`${breakage} is told as something in the browser, and passwords are not mentioned`, async ({ page, demo }) => {
    await page.addInitScript(breakWebRtc);
    await page.goto(demo);
    await runTest(page);
    await expect(verdictIn(page)).toContainText('This browser blocks calls');
    await expect(verdictIn(page)).toContainText('An extension or a policy blocks WebRTC. Turn off the extension, or use another browser.');
    const routes = (await waysIn(page).allTextContents()).join('\n');
    // The path of Get Credential has one of the words.
    const report = (await reportTextIn(elementIn(page))).replace(/App: .*/, '');
    const everything = [await verdictIn(page).innerText(), routes, report].join('\n');
    expect(everything).not.toMatch(/password|username|credential|refuse/i);
    await expect(page.getByRole('region', { name: 'For the owner of this network' })).toHaveCount(0);
  });

  test(`nothing is known of calls then: ${breakage}`, async ({ page, demo }) => {
    await page.addInitScript(breakWebRtc);
    await page.goto(demo);
    await runTest(page);
    await expect(verdictIn(page).getByRole('definition')).toHaveText(['–', '–', '–']);
    expect(await reportTextIn(elementIn(page))).toMatch(/Connects: –\nQuality: –\nStrict networks: –\n/);
  });
}

test('without WebRTC the page says so, tests nothing, and still loads and lists the servers', async ({ page, demo }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'RTCPeerConnection'));
  await page.goto(demo);
  await expect(verdictIn(page)).toContainText('This browser cannot make calls');
  await expect(page.getByRole('button', { name: 'Compare regions' })).toHaveAttribute('aria-disabled', 'true');
  const log = await openTab(page, 'Log');
  await log.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(log.getByRole('row').nth(1).getByRole('cell').last()).toHaveText(String(serverCount));
  await expect(verdictIn(page)).toContainText('This browser cannot make calls');
});
