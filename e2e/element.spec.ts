import type { IceConnectivityElement } from '../src/element.js';
import { answerIn, elementOf, openElement, reportOf, runElement } from './support/element.js';
import { expect, test } from './support/test.js';

const anyKey = '0123456789abcdef0123456789abcdef0123';

test('one script tag and one press answer whether calls will work, with the quality in numbers', async ({
  page,
  site,
  standIn,
  browserName,
}) => {
  const element = await openElement(page, site, elementOf(standIn));
  await expect(answerIn(element).getByRole('heading')).toHaveText('Will calls work here?');
  const report = await runElement(element);
  await expect(answerIn(element).getByRole('heading')).toHaveText('Calls will work');
  await expect(answerIn(element)).toContainText(/Quality\s+Good\s+[\d.]+ ms delay, [\d.]+% loss, [\d.]+ ms jitter/);
  // Firefox does not take the certificate of the stand-in.
  expect(report).toMatchObject({
    outcome: 'good',
    verdict: browserName === 'firefox' ? 'tls-blocked' : 'ok',
    stopped: false,
    webrtc: 'available',
  });
  expect(report.results).toHaveLength(5);
  await expect(element.getByRole('region', { name: 'Routes tested' }).getByRole('listitem')).toHaveCount(4);
});

test('the report is an event, once for each run, and names time, page, version and load', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn, 'region="europe"'));
  await runElement(element);
  await runElement(element);
  const reports = await page.evaluate(() => window.reports);
  expect(reports.map(({ load }) => load.source)).toEqual(['network', 'memory']);
  expect(reports[0]).toMatchObject({
    format: 1,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/) as unknown as string,
    page: `${site.origin}/element`,
    region: 'europe',
    browser: expect.stringMatching(/^(Chrom|Headless|Firefox)/) as unknown as string,
    system: 'Linux',
  });
});

test('progress goes from load to servers to quality', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn));
  const phases = await element.evaluate(async (node) => {
    const seen = new Set<string>();
    const own = node as IceConnectivityElement;
    own.addEventListener('ice-progress', ({ detail }) => void seen.add(detail.phase));
    await own.run();
    return [...seen];
  });
  expect(phases).toEqual(['load', 'servers', 'quality']);
});

test('nothing of a key is in the document, before or after a run', async ({ page, site, standIn }) => {
  const { apiKey } = standIn;
  const element = await openElement(
    page,
    site,
    `${elementOf(standIn)}<ice-connectivity endpoint="${standIn.addressOf(apiKey)}"></ice-connectivity>`,
  );
  await expect(element.nth(1)).toHaveAttribute('endpoint', standIn.endpoint);
  for (const index of [0, 1]) expect((await runElement(element.nth(index))).verdict).toBeDefined();
  const everything = await page.evaluate(() => {
    const roots = [...document.querySelectorAll('ice-connectivity')].map(({ shadowRoot }) => shadowRoot!.innerHTML);
    return [document.documentElement.outerHTML, ...roots, JSON.stringify(window.reports), JSON.stringify(localStorage)].join('\n');
  });
  const servers = (await (await fetch(standIn.addressOf(apiKey))).json()) as { username?: string; credential?: string }[];
  const pair = servers.find(({ username }) => username);
  for (const secret of [apiKey, pair!.username!, pair!.credential!]) expect(everything).not.toContain(secret);
});

test('two elements on one page run beside each other, each with its own report', async ({ page, site, standIn }) => {
  const blocked = { endpoint: `${standIn.scenarios}/udp-blocked`, apiKey: standIn.apiKey };
  const element = await openElement(page, site, elementOf(standIn) + elementOf(blocked));
  const reports = await Promise.all([reportOf(element.nth(0)), reportOf(element.nth(1))]);
  expect(reports.map(({ outcome }) => outcome)).toEqual(['good', 'fair']);
});

test('a run that goes on is joined, and not started twice', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn));
  const isSame = await element.evaluate(async (node) => {
    const { run } = node as IceConnectivityElement;
    const [one, other] = await Promise.all([run.call(node), run.call(node)]);
    return one === other;
  });
  expect(isSame).toBe(true);
  expect(await page.evaluate(() => window.reports.length)).toBe(1);
});

test('an element that is removed in the middle of a run stops, and its run still resolves', async ({ page, site, standIn }) => {
  const dead = { endpoint: `${standIn.scenarios}/dead-server`, apiKey: standIn.apiKey };
  const element = await openElement(page, site, elementOf(dead));
  const report = await element.evaluate(async (node) => {
    const own = node as IceConnectivityElement;
    const running = own.run();
    await new Promise<void>((resolve) => own.addEventListener('ice-progress', ({ detail }) => detail.phase === 'servers' && resolve()));
    node.remove();
    return running;
  });
  expect(report).toMatchObject({ stopped: true, outcome: 'unknown', blocked: [] });
});

test('an element that is only moved goes on', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, `${elementOf(standIn)}<main></main>`);
  const report = await element.evaluate(async (node) => {
    const running = (node as IceConnectivityElement).run();
    document.querySelector('main')!.append(node);
    return running;
  });
  expect(report).toMatchObject({ stopped: false, outcome: 'good' });
});

test('Stop ends a test, says so, and keeps the keyboard on its button', async ({ page, site, standIn }) => {
  const dead = { endpoint: `${standIn.scenarios}/dead-server`, apiKey: standIn.apiKey };
  const element = await openElement(page, site, elementOf(dead));
  await element.getByRole('button', { name: 'Test my connection' }).focus();
  await page.keyboard.press('Enter');
  await expect(answerIn(element).getByRole('img', { name: /\d of 5 tested/ })).toBeVisible();
  await expect(answerIn(element)).toContainText(/at most \d+ s/);
  await page.keyboard.press('Enter');
  await expect(answerIn(element).getByRole('heading')).toHaveText('Test stopped');
  await expect(element.getByRole('button', { name: 'Test again' })).toBeFocused();
});

test('a double click starts a test, and does not stop it', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn));
  await element.getByRole('button').first().dblclick();
  expect((await reportOf(element)).stopped).toBe(false);
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

test('blocked UDP shows the message to the owner of the network, which can be copied', async ({ page, site, standIn }) => {
  const blocked = { endpoint: `${standIn.scenarios}/udp-blocked`, apiKey: standIn.apiKey };
  const element = await openElement(page, site, elementOf(blocked));
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void (document.title = text);
  });
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
  const unknown = { endpoint: `${standIn.scenarios}/unknown-name`, apiKey: standIn.apiKey };
  const element = await openElement(page, site, elementOf(unknown));
  await runElement(element);
  await expect(answerIn(element)).toContainText('The names of the call servers cannot be looked up.');
  await expect(element.getByRole('region', { name: 'For the owner of this network' })).toContainText('no-such-server.invalid');
});

test('an expired password is no fault of the network, and the next test loads new servers', async ({ page, site, standIn }) => {
  const expired = { endpoint: `${standIn.scenarios}/expired-password`, apiKey: standIn.apiKey };
  const element = await openElement(page, site, elementOf(expired));
  await runElement(element);
  await expect(answerIn(element)).toContainText('The call servers refuse this app’s password');
  await expect(element.getByRole('region', { name: 'For the owner of this network' })).toHaveCount(0);
  expect((await runElement(element)).load.source).toBe('network');
});

test('a slow network connects, and is never told as fine', async ({ page, site, standIn }) => {
  const slow = { endpoint: `${standIn.scenarios}/slow-network`, apiKey: standIn.apiKey };
  const element = await openElement(page, site, elementOf(slow));
  expect(await runElement(element)).toMatchObject({ outcome: 'fair', quality: { grade: 'fair' } });
  await expect(answerIn(element).getByRole('heading')).toHaveText('Calls may stutter');
});

test('the report can be sent: to the share sheet, else to the clipboard, else as text to select', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn));
  await runElement(element);
  const press = async (): Promise<void> => element.getByRole('button', { name: 'Send to support' }).click();
  const status = answerIn(element).locator('.said');
  await page.evaluate(() => {
    navigator.share = async ({ text } = {}) => void (document.title = text!);
  });
  await press();
  await expect(status).toHaveText('Shared. Please check that your message was sent.');
  await expect(page).toHaveTitle(/Connection test: Calls will work.*ice-servers-loader \d/s);
  await page.evaluate(() => {
    navigator.share = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await press();
  await expect(status).toContainText('does not allow copying');
  await expect(element.getByRole('textbox')).toHaveValue(/Connection test: Calls will work/);
});

test('what the page simulates is marked on the element, in the report and in its text', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn));
  await element.evaluate((node) => ((node as IceConnectivityElement).simulated = 'UDP blocked'));
  const report = await runElement(element);
  expect(report.simulated).toBe('SIMULATED: UDP blocked');
  await expect(answerIn(element)).toContainText('Simulated: UDP blocked');
  await expect(element.locator('.paper pre')).toContainText(/^SIMULATED: UDP blocked\nConnection test: /);
});

test('sentences can be in another language, in part, from right to left', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn), 'lang="ar" dir="rtl"');
  await element.evaluate((node) => {
    (node as IceConnectivityElement).strings = { 'answer.good': 'المكالمات ستعمل', 'button.start': 'اختبر اتصالي' };
  });
  await element.getByRole('button', { name: 'اختبر اتصالي' }).click();
  expect((await reportOf(element)).summary).toContain('المكالمات ستعمل');
  await expect(answerIn(element).getByRole('heading')).toHaveText('المكالمات ستعمل');
  const strings = await element.evaluate((node) => (node as IceConnectivityElement).strings);
  expect([strings['answer.good'], strings['answer.bad']]).toEqual(['المكالمات ستعمل', 'Calls will not connect']);
  const [icon, heading] = await Promise.all([
    answerIn(element).locator('h2 svg').boundingBox(),
    answerIn(element).locator('h2 span').boundingBox(),
  ]);
  expect(icon!.x).toBeGreaterThan(heading!.x);
});

test('autostart runs once, as soon as there are options to run with', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, '<ice-connectivity autostart></ice-connectivity>');
  await element.evaluate(
    (node, { endpoint, apiKey }) => {
      (node as IceConnectivityElement).options = { endpoint, apiKey: () => apiKey };
    },
    { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
  );
  await expect(element.getByRole('button', { name: 'Test again' })).toBeVisible({ timeout: 30_000 });
  expect(await page.evaluate(() => window.reports.map(({ outcome }) => outcome))).toEqual(['good']);
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
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void (document.title = text);
  });
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
    ['wrong-key', 'invalid-api-key', 'The key of this test was refused, or you are not signed in.'],
    ['wrong-app', 'not-found', 'This app or address does not exist.'],
    ['login-page', 'invalid-response', 'as in a hotel'],
    ['no-network', 'network', 'The list of call servers did not arrive.'],
  ] as const) {
    test(`"${trouble}" is told in words, and the report has the code`, async ({ page, site, standIn }) => {
      const element = await openElement(page, site, elementOf({ endpoint: `${standIn.scenarios}/${trouble}`, apiKey: standIn.apiKey }));
      expect(await runElement(element)).toMatchObject({ outcome: 'unknown', load: { error: code }, results: [] });
      await expect(answerIn(element)).toContainText(words);
    });
  }

  test('a page without an app name or a key is told so', async ({ page, site }) => {
    const element = await openElement(page, site, '<ice-connectivity></ice-connectivity>');
    expect((await runElement(element)).load.error).toBe('not-configured');
    await expect(answerIn(element)).toContainText('The app name or the key of this page is missing.');
  });

  test('another kind of key is reported, and never sent', async ({ page, site, standIn }) => {
    const element = await openElement(page, site, elementOf({ endpoint: standIn.endpoint, apiKey: standIn.secretKey }));
    expect((await runElement(element)).load.error).toBe('secret-key');
    await expect(answerIn(element)).toContainText('Ask whoever sent you here to replace it');
    expect(standIn.requests.count()).toBe(0);
  });
});
