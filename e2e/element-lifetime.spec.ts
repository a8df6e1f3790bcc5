import type { IceConnectivityElement } from '../src/element.js';
import { answerIn, elementOf, openElement, reportOf, scenarioOf } from './support/element.js';
import { pressTwice } from './support/press-twice.js';
import { expect, test } from './support/test.js';
import { needCoturn, serverCount } from './support/turn.js';

test('two elements on one page run beside each other, each with its own report', async ({ page, site, standIn }) => {
  needCoturn();
  const blocked = scenarioOf(standIn, 'udp-blocked');
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
  const dead = scenarioOf(standIn, 'dead-server');
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
  const dead = scenarioOf(standIn, 'dead-server');
  const element = await openElement(page, site, elementOf(dead));
  await element.getByRole('button', { name: 'Test my connection' }).focus();
  await page.keyboard.press('Enter');
  await expect(answerIn(element).getByRole('img', { name: new RegExp(String.raw`\d of ${serverCount} tested`) })).toBeVisible();
  await expect(answerIn(element)).toContainText(/at most \d+ s/);
  await page.keyboard.press('Enter');
  await expect(answerIn(element).getByRole('heading')).toHaveText('Test stopped');
  await expect(element.getByRole('button', { name: 'Test again' })).toBeFocused();
});

test('a double click starts a test, and does not stop it', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(standIn));
  await pressTwice(element.getByRole('button').first());
  await page.waitForFunction(() => window.reports.length > 0);
  await expect(element.getByRole('button', { name: 'Test again' })).toBeVisible();
  expect(await page.evaluate(() => window.reports.map(({ stopped }) => stopped))).toEqual([false]);
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
