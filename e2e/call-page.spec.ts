import type { JSHandle, Locator, Page } from '@playwright/test';
import { violationsIn } from './support/axe.js';
import { expect, test } from './support/demo.js';

test.setTimeout(180_000);

const startButton = (page: Page): Locator => page.getByRole('button', { name: /^Start/ });
const stopButton = (page: Page): Locator => page.getByRole('button', { name: 'Stop' });
const summary = (page: Page): Locator => page.getByRole('status');
const events = (page: Page): Locator => page.getByRole('region', { name: 'What happened' }).getByRole('listitem');
const lane = (page: Page, name: 'With keepFresh' | 'Without keepFresh'): Locator => page.getByRole('region', { name, exact: true });
const condition = (page: Page, name: 'With keepFresh' | 'Without keepFresh'): Locator => lane(page, name).locator('.condition');
const figure = (page: Page, name: 'With keepFresh' | 'Without keepFresh', title: string): Locator =>
  lane(page, name).locator('.figure', { hasText: title }).getByRole('definition');

interface Shown {
  readonly condition: string;
  readonly answered: string;
}

/** Records from here on what a call shows, each time it changes. */
function watchChanges(one: Locator): Promise<JSHandle<Shown[]>> {
  return one.evaluateHandle((node) => {
    const shown: Shown[] = [];
    const textOf = (selector: string): string => node.querySelector(selector)!.textContent.trim();
    const note = (): void => void shown.push({ condition: textOf('.condition'), answered: textOf('.figure dd') });
    new MutationObserver(note).observe(node, { childList: true, subtree: true, characterData: true });
    return shown;
  });
}

async function openCallPage(page: Page, demo: string): Promise<void> {
  await page.goto(`${demo}call.html`);
  await expect(startButton(page)).toBeVisible();
}

async function expectBothAlive(page: Page): Promise<void> {
  await expect(condition(page, 'With keepFresh')).toHaveText('Alive', { timeout: 30_000 });
  await expect(condition(page, 'Without keepFresh')).toHaveText('Alive');
}

test('C-60: of two calls with the same credential, the one with keepFresh loses nothing in a minute, and the other dies with the credential', async ({
  page,
  demo,
}) => {
  await openCallPage(page, demo);
  await startButton(page).click();
  await expectBothAlive(page);
  await expect(summary(page)).toHaveText('Both calls are alive. Their credential expires after 20 seconds.');

  await expect(condition(page, 'Without keepFresh')).toHaveText('Dead', { timeout: 40_000 });
  await expect(condition(page, 'With keepFresh')).toHaveText('Alive');
  await expect(summary(page)).toContainText('The call without keepFresh is dead: the TURN server dropped it when its credential expired.');
  await expect(figure(page, 'Without keepFresh', 'Credential')).toHaveText('expired');
  await expect(figure(page, 'With keepFresh', 'Credential')).toHaveText(/left/);
  await expect(figure(page, 'Without keepFresh', 'Lost')).not.toHaveText('0');

  await expect(summary(page)).toContainText(/With keepFresh, no message was lost .* the call dropped after 2\d s/, { timeout: 60_000 });
  await expect(figure(page, 'With keepFresh', 'Lost')).toHaveText('0');
  const happened = (await events(page).allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
  expect(happened.filter((text) => text.includes('A new credential has arrived.')).length).toBeGreaterThanOrEqual(2);
  expect(
    happened.filter((text) => text.includes('Without keepFresh, messages are no longer answered: its credential has expired')),
  ).toHaveLength(1);
  expect(happened.filter((text) => text.includes('With keepFresh, messages are no longer answered'))).toEqual([]);
  await expect(
    page.getByRole('img', { name: /^Round trip of both calls\. With keepFresh: nothing lost\. Without keepFresh: \d+ messages lost\.$/ }),
  ).toBeVisible();
});

test('a double click on Start does not end the calls; they stop by Stop, and start again', async ({ page, demo }) => {
  await openCallPage(page, demo);
  await startButton(page).dblclick();
  await expectBothAlive(page);
  await startButton(page).click({ force: true });
  await expectBothAlive(page);

  await stopButton(page).click();
  await expect(summary(page)).toContainText('Stopped after');
  const changes = await watchChanges(lane(page, 'With keepFresh'));
  await startButton(page).click();
  // The figures are those of the new calls.
  await expect.poll(() => changes.evaluate(([first]) => first)).toEqual({ condition: 'Connecting', answered: '0' });
  await expectBothAlive(page);
  await expect(figure(page, 'With keepFresh', 'Lost')).toHaveText('0');
});

test('the keyboard starts and stops the calls, and the focus stays where it is', async ({ page, demo }) => {
  await openCallPage(page, demo);
  await startButton(page).focus();
  await page.keyboard.press('Enter');
  await expectBothAlive(page);
  await expect(startButton(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(stopButton(page)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(summary(page)).toContainText('Stopped after');
  await expect(stopButton(page)).toBeFocused();
});

test('a page that is busy for three seconds blames neither call', async ({ page, demo }) => {
  await openCallPage(page, demo);
  await startButton(page).click();
  await expectBothAlive(page);
  await page.evaluate(() => {
    const end = performance.now() + 3000;
    while (performance.now() < end);
  });
  await expect(events(page).filter({ hasText: 'This page was paused for' })).toHaveCount(1);
  await expectBothAlive(page);
  await expect(events(page).filter({ hasText: 'no longer answered' })).toHaveCount(0);
  for (const name of ['With keepFresh', 'Without keepFresh'] as const) await expect(figure(page, name, 'Lost')).toHaveText('0');
});

test('a call that is silent while its credential lives is not called dead', async ({ page, demo }) => {
  await page.addInitScript(() => {
    const { send } = RTCDataChannel.prototype as unknown as { send: (text: string) => void };
    let isMute = false;
    Object.assign(window, { mute: () => (isMute = true) });
    RTCDataChannel.prototype.send = function (this: RTCDataChannel, text: unknown) {
      if (!isMute) send.call(this, String(text));
    };
  });
  await openCallPage(page, demo);
  await startButton(page).click();
  await expectBothAlive(page);
  await page.evaluate(() => (window as unknown as { mute: () => void }).mute());
  for (const name of ['With keepFresh', 'Without keepFresh'] as const) {
    await expect(condition(page, name)).toHaveText('No answers');
    await expect(events(page).filter({ hasText: `${name}, messages are no longer answered: its credential is still valid` })).toHaveCount(
      1,
    );
  }
});

test('nothing sticks out sideways, before and during the calls', async ({ page, demo }) => {
  await openCallPage(page, demo);
  const expectNoOverflow = async (): Promise<void> => {
    for (const width of [320, 390, 768, 1024, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  };
  await expectNoOverflow();
  await startButton(page).click();
  await expectBothAlive(page);
  await expectNoOverflow();
});

test('a checker of accessibility finds nothing, before and during the calls, in light and dark', async ({ page, demo, browserName }) => {
  test.skip(browserName === 'firefox', 'The markup is the same.');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await openCallPage(page, demo);
    expect(await violationsIn(page)).toEqual([]);
    await startButton(page).click();
    await expectBothAlive(page);
    expect(await violationsIn(page)).toEqual([]);
  }
});

test('the status, which screen readers say aloud, does not change while nothing happens', async ({ page, demo }) => {
  await openCallPage(page, demo);
  await startButton(page).click();
  await expectBothAlive(page);
  await page.evaluate(() => {
    const status = document.querySelector('[role=status]')!;
    Object.assign(window, { changes: 0 });
    new MutationObserver(() => ((window as unknown as { changes: number }).changes += 1)).observe(status, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  const answered = Number(await figure(page, 'With keepFresh', 'Answered').innerText());
  await expect.poll(async () => Number(await figure(page, 'With keepFresh', 'Answered').innerText())).toBeGreaterThan(answered + 75);
  expect(await page.evaluate(() => (window as unknown as { changes: number }).changes)).toBe(0);
});

test('a page without a server that mints keys says how to get one', async ({ page, demo }) => {
  await page.route('**/demo-config.json', (route) => route.fulfill({ json: { mode: 'static', app: '', apiKey: '', notes: [] } }));
  await page.goto(`${demo}call.html`);
  await expect(page.getByRole('heading', { name: 'This page needs the demo’s own server' })).toBeVisible();
});
