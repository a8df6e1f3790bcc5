import type { Locator, Page } from '@playwright/test';
import type { IceReport } from '../src/element.js';
import { chip, elementIn, expect, openTab, runTest, test, verdictIn, waysIn } from './support/demo.js';
import { pressTwice } from './support/press-twice.js';
import { reportTextIn } from './support/words.js';
import { needCoturn } from './support/turn.js';

const stopButton = (page: Page): Locator => verdictIn(page).getByRole('button', { name: 'Stop' });
const compareButton = (page: Page): Locator => regionsIn(page).getByRole('button').first();
const regionsIn = (page: Page): Locator => page.getByRole('region', { name: 'Regions' });

/** Starts a test that takes as long as a server's silence. */
const startLongTest = async (page: Page): Promise<void> => {
  await (await chip(page, 'Dead server')).click();
  await expect(verdictIn(page).getByRole('img', { name: /\d of \d tested/ })).toBeVisible();
};

/** Has no region answered, so that a comparison goes on until it is stopped. */
const holdRegions = (page: Page): Promise<unknown> => page.route(/[?&]region=/, () => undefined);

type Recorded = Pick<IceReport, 'stopped'>;

/** Records from here on how each run ends. */
const recordReports = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const recorded: Recorded[] = [];
    Object.assign(window, { recorded });
    addEventListener('ice-report', (event) => {
      const { stopped } = (event as CustomEvent<IceReport>).detail;
      recorded.push({ stopped });
    });
  });

const recordedReports = (page: Page): Promise<Recorded[]> => page.evaluate(() => (window as unknown as { recorded: Recorded[] }).recorded);

test('a test that is stopped says so on the page and in its report, and blames no network', async ({ demoPage }) => {
  await startLongTest(demoPage);
  await stopButton(demoPage).click();
  await expect(verdictIn(demoPage).getByRole('heading')).toHaveText('Test stopped');
  await expect(demoPage.getByRole('region', { name: 'For the owner of this network' })).toHaveCount(0);
  expect(await reportTextIn(elementIn(demoPage))).toContain('The test was stopped.');
  const report = JSON.parse(await (await openTab(demoPage, 'Report')).locator('pre').innerText()) as IceReport;
  expect(report).toMatchObject({ stopped: true, outcome: 'unknown', blocked: [] });
});

test('after Stop the buttons are as they were before', async ({ demoPage }) => {
  await startLongTest(demoPage);
  await expect(demoPage.getByRole('button', { name: 'Copy link to this result' })).toHaveAttribute('aria-disabled', 'true');
  await stopButton(demoPage).click();
  await expect(demoPage.getByRole('button', { name: 'Test again' })).not.toHaveAttribute('aria-disabled', 'true');
  await expect(demoPage.getByRole('button', { name: 'Copy link to this result' })).toHaveAttribute('aria-disabled', 'false');
  for (const button of await demoPage.locator('.chips button').all()) await expect(button).toHaveAttribute('aria-disabled', 'false');
  await expect(stopButton(demoPage)).toHaveCount(0);
});

test('what was tested before Stop keeps its result, the rest is told as stopped, and nothing counts otherwise', async ({ demoPage }) => {
  needCoturn();
  await (await chip(demoPage, 'UDP blocked')).click();
  // TCP is known soon, and UDP is not.
  await expect(verdictIn(demoPage).locator('[data-way=tcp][data-tone=good]')).toBeVisible();
  await stopButton(demoPage).click();
  await expect(verdictIn(demoPage)).toContainText('At least one route works, so calls can connect. The rest were not tested.');
  await expect(waysIn(demoPage).filter({ hasText: 'TCP relay' })).toContainText('Works');
  await expect(waysIn(demoPage).filter({ hasText: 'UDP relay' })).toContainText('Stopped');
  await expect(verdictIn(demoPage)).not.toContainText(/\d of \d/);
});

test('a test can be stopped while the servers are still loading', async ({ demoPage }) => {
  await demoPage.route('**/scenarios/**', () => undefined);
  await demoPage.route('**/api/v1/turn/credentials*', () => undefined);
  const held = demoPage.waitForRequest(/credentials|scenarios/);
  await demoPage.getByRole('button', { name: 'Test my connection' }).click();
  await held;
  await stopButton(demoPage).click();
  await expect(verdictIn(demoPage).getByRole('heading')).toHaveText('Test stopped');
  await expect(verdictIn(demoPage)).not.toContainText(/\bNo\b/);
  // Of no server is there anything to say.
  await expect(verdictIn(demoPage)).not.toContainText(/\d of \d/);
});

test('a double press starts one test, whichever button it is', async ({ demoPage }) => {
  await recordReports(demoPage);
  await demoPage.getByText('App and key').click();
  const buttons = [
    demoPage.getByRole('button', { name: 'Test my connection' }),
    await chip(demoPage, 'Slow network'),
    demoPage.getByRole('button', { name: 'Test with these settings' }),
  ];
  for (const [index, button] of buttons.entries()) {
    await pressTwice(button);
    await expect.poll(async () => (await recordedReports(demoPage)).length, { timeout: 30_000 }).toBeGreaterThan(index);
    await expect(stopButton(demoPage)).toHaveCount(0);
  }
  expect(await recordedReports(demoPage)).toEqual(buttons.map(() => ({ stopped: false })));
});

test('a button that is out of use does nothing', async ({ demoPage }) => {
  await recordReports(demoPage);
  await startLongTest(demoPage);
  // Playwright waits for a button that is not `aria-disabled`.
  await demoPage.getByRole('button', { name: 'Wrong API key' }).dispatchEvent('click');
  await compareButton(demoPage).dispatchEvent('click');
  await stopButton(demoPage).click();
  await expect(verdictIn(demoPage).getByRole('heading')).toHaveText('Test stopped');
  await expect(demoPage.getByRole('button', { name: 'Dead server' })).toHaveAttribute('aria-pressed', 'true');
  await expect(regionsIn(demoPage).getByRole('listitem')).toHaveCount(0);
  expect(await recordedReports(demoPage)).toEqual([{ stopped: true }]);
});

test('a comparison keeps the test’s button out of use, can be stopped, and keeps the keyboard', async ({ demoPage }) => {
  await holdRegions(demoPage);
  await compareButton(demoPage).focus();
  await demoPage.keyboard.press('Enter');
  await expect(regionsIn(demoPage).getByRole('listitem').first()).toContainText('measuring…');
  await expect(demoPage.getByRole('button', { name: 'Test my connection' })).toHaveAttribute('aria-disabled', 'true');
  await demoPage.keyboard.press('Enter');
  await expect(compareButton(demoPage)).toHaveText('Compare regions');
  await expect(compareButton(demoPage)).toBeFocused();
  await expect(demoPage.getByRole('button', { name: 'Test my connection' })).not.toHaveAttribute('aria-disabled', 'true');
});

for (const trouble of ['No problem', 'Unknown server name']) {
  test(`a test that is started from the page ends a comparison first: ${trouble}`, async ({ demoPage }) => {
    await holdRegions(demoPage);
    await compareButton(demoPage).click();
    await expect(regionsIn(demoPage).getByRole('listitem').first()).toContainText('measuring…');
    await (await chip(demoPage, trouble)).click();
    // Sooner than the requests of the comparison run out of time.
    await expect(regionsIn(demoPage)).not.toContainText('measuring…', { timeout: 2000 });
    await expect(compareButton(demoPage)).toHaveText('Compare regions');
  });
}

test('the keyboard stays where it is after a comparison, and after "Use" of a region, which the next test uses', async ({ demoPage }) => {
  await compareButton(demoPage).focus();
  await demoPage.keyboard.press('Enter');
  const use = regionsIn(demoPage).getByRole('button', { name: 'Use Asia' });
  await expect(use).toBeVisible({ timeout: 30_000 });
  await expect(compareButton(demoPage)).toBeFocused();
  await use.focus();
  await demoPage.keyboard.press('Enter');
  await expect(use).toHaveAttribute('aria-disabled', 'true');
  await expect(use).toBeFocused();
  await runTest(demoPage);
  await demoPage.getByText('App and key').click();
  await expect(demoPage.getByRole('combobox', { name: 'Region' })).toHaveValue('asia');
  expect(demoPage.url()).toContain('region=asia');
});

test('the form has the last word on the region, also after "Use"', async ({ demoPage }) => {
  await compareButton(demoPage).click();
  await regionsIn(demoPage).getByRole('button', { name: 'Use Asia' }).click({ timeout: 30_000 });
  await runTest(demoPage);
  await demoPage.getByText('App and key').click();
  await demoPage.getByRole('combobox', { name: 'Region' }).selectOption('default');
  await runTest(demoPage, 'Test with these settings');
  expect(await reportTextIn(elementIn(demoPage))).not.toContain('Region: asia');
});
