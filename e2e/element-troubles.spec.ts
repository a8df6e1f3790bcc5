import type { IceConnectivityElement } from '../src/element.js';
import { copyToTitle } from './support/clipboard.js';
import { answerIn, elementOf, openElement, reportOf, runElement, scenarioOf } from './support/element.js';
import { expect, test } from './support/test.js';
import { needCoturn } from './support/turn.js';

const anyKey = '0123456789abcdef0123456789abcdef0123';

test('blocked UDP shows the message to the owner of the network, which can be copied', async ({ page, site, standIn }) => {
  needCoturn();
  const blocked = scenarioOf(standIn, 'udp-blocked');
  const element = await openElement(page, site, elementOf(blocked));
  await copyToTitle(page);
  await runElement(element);
  await expect(answerIn(element).getByRole('heading')).toHaveText('Calls may stutter');
  const message = element.getByRole('region', { name: 'For the owner of this network' });
  await expect(message.getByRole('row').nth(1)).toContainText(/UDP\s+global\.relay\.localhost\s+\d+/);
  await message.getByRole('button', { name: 'Copy' }).click();
  await expect(message.getByRole('status')).toContainText('Copied');
  await expect(page).toHaveTitle(/Please also allow.*UDP global\.relay\.localhost/s);
  await expect(element.getByRole('region', { name: 'Routes tested' }).getByRole('listitem').first()).toContainText('No answer');
});

test('names that are not found are told as that', async ({ page, site, standIn }) => {
  const unknown = scenarioOf(standIn, 'unknown-name');
  const element = await openElement(page, site, elementOf(unknown));
  await runElement(element);
  await expect(answerIn(element)).toContainText('The names of the call servers cannot be looked up.');
  await expect(element.getByRole('region', { name: 'For the owner of this network' })).toContainText('no-such-server.invalid');
});

test('an expired password is no fault of the network, and the next test loads new servers', async ({ page, site, standIn }) => {
  const expired = scenarioOf(standIn, 'expired-password');
  const element = await openElement(page, site, elementOf(expired));
  await runElement(element);
  await expect(answerIn(element)).toContainText('The call servers refuse this app’s password');
  await expect(element.getByRole('region', { name: 'For the owner of this network' })).toHaveCount(0);
  expect((await runElement(element)).load.source).toBe('network');
});

test('a slow network connects, and is never told as fine', async ({ page, site, standIn }) => {
  const slow = scenarioOf(standIn, 'slow-network');
  const element = await openElement(page, site, elementOf(slow));
  expect(await runElement(element)).toMatchObject({ outcome: 'fair', quality: { grade: 'fair' } });
  await expect(answerIn(element).getByRole('heading')).toHaveText('Calls may stutter');
});

test('a wrong option rejects, and the element says that it is not set up', async ({ page, site }) => {
  const element = await openElement(page, site, `<ice-connectivity app-name="demo" api-key="${anyKey}"></ice-connectivity>`);
  const message = await element.evaluate((node) => {
    const own = node as IceConnectivityElement;
    own.options = { maxAge: -1 };
    return own.run().then(
      () => 'resolved',
      (error: unknown) => String(error),
    );
  });
  expect(message).toMatch(/^TypeError: .*maxAge must be/);
  await expect(answerIn(element).getByRole('heading')).toHaveText('This test is not set up correctly');
  expect(await page.evaluate(() => window.reports)).toEqual([]);
});

test('a browser without WebRTC says so, and its run resolves', async ({ page, site, standIn }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'RTCPeerConnection'));
  const element = await openElement(page, site, elementOf(standIn));
  await expect(answerIn(element).getByRole('heading')).toHaveText('This browser cannot make calls');
  expect(await reportOf(element)).toMatchObject({ webrtc: 'missing', outcome: 'unknown', results: [] });
});

test('a browser without WebRTC can still send its report to support', async ({ page, site, standIn }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'RTCPeerConnection'));
  const element = await openElement(page, site, elementOf(standIn));
  await copyToTitle(page);
  await element.getByRole('button', { name: 'Test my connection' }).click();
  await element.getByRole('button', { name: 'Send to support' }).click();
  await expect(page).toHaveTitle(/This browser cannot make calls.*WebRTC: missing/s);
});

test('an extension that breaks WebRTC is told as that', async ({ page, site, standIn }) => {
  await page.addInitScript(() => {
    window.RTCPeerConnection = function () {
      throw new Error('blocked');
    } as unknown as typeof RTCPeerConnection;
  });
  const element = await openElement(page, site, elementOf(standIn));
  expect(await runElement(element)).toMatchObject({ webrtc: 'blocked', outcome: 'unknown' });
  await expect(answerIn(element).getByRole('heading')).toHaveText('This browser blocks calls');
});

test.describe('when the servers cannot be loaded', () => {
  test.use({ allowedComplaints: /Failed to load resource|status of 4\d\d|Same Origin Policy|Using (three|five) or more STUN/ });

  for (const [trouble, code, words] of [
    ['wrong-key', 'invalid-api-key', 'The key for this test was refused, or you are not signed in.'],
    ['wrong-app', 'not-found', 'This app or address does not exist.'],
    ['login-page', 'invalid-response', 'as in a hotel'],
    ['no-network', 'network', 'The list of call servers did not arrive.'],
  ] as const) {
    test(`"${trouble}" is told in words, and the report has the code`, async ({ page, site, standIn }) => {
      const element = await openElement(page, site, elementOf(scenarioOf(standIn, trouble)));
      expect(await runElement(element)).toMatchObject({ outcome: 'unknown', load: { error: code }, results: [] });
      await expect(answerIn(element)).toContainText(words);
    });
  }

  test('a page without an app name or a key is told so', async ({ page, site }) => {
    const element = await openElement(page, site, '<ice-connectivity></ice-connectivity>');
    expect((await runElement(element)).load.error).toBe('not-configured');
    await expect(answerIn(element)).toContainText('The app name or the key is missing.');
  });

  test('another kind of key is reported, and never sent', async ({ page, site, standIn }) => {
    const element = await openElement(page, site, elementOf({ endpoint: standIn.endpoint, apiKey: standIn.secretKey }));
    expect((await runElement(element)).load.error).toBe('secret-key');
    await expect(answerIn(element)).toContainText('Ask whoever sent you here to replace it');
    expect(standIn.requests.count()).toBe(0);
  });
});
