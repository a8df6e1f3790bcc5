import type { IceConnectivityElement } from '../src/element.js';
import { answerIn, elementOf, openElement, runElement } from './support/element.js';
import { expect, test } from './support/test.js';
import { hasCoturn, serverCount } from './support/turn.js';

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
    verdict: browserName === 'firefox' && hasCoturn ? 'tls-blocked' : 'ok',
    stopped: false,
    webrtc: 'available',
  });
  expect(report.results).toHaveLength(serverCount);
  await expect(element.getByRole('region', { name: 'Routes tested' }).getByRole('listitem')).toHaveCount(hasCoturn ? 4 : 2);
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
  const report = await runElement(element, () => element.getByRole('button', { name: 'اختبر اتصالي' }).click());
  expect(report.summary).toContain('المكالمات ستعمل');
  await expect(answerIn(element).getByRole('heading')).toHaveText('المكالمات ستعمل');
  const strings = await element.evaluate((node) => (node as IceConnectivityElement).strings);
  expect([strings['answer.good'], strings['answer.bad']]).toEqual(['المكالمات ستعمل', 'Calls will not connect']);
  const [icon, heading] = await Promise.all([
    answerIn(element).locator('h2 svg').boundingBox(),
    answerIn(element).locator('h2 span').boundingBox(),
  ]);
  expect(icon!.x).toBeGreaterThan(heading!.x);
});

test('a language tag with an underscore, as a server may write it, is read as one with a hyphen', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn), 'lang="de_DE"');
  await runElement(element);
  await expect(answerIn(element)).toContainText(/Tested .*\d{2}\.\d{2}\.\d{4}/);
});

test('a language that the browser does not know, such as "C", is that of the browser', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn), 'lang="C"');
  await runElement(element);
  await expect(answerIn(element)).toContainText(/Tested \w+ \d+, \d{4}/);
});
