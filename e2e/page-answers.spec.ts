import { copyToTitle } from './support/clipboard.js';
import { elementIn, expect, openTab, runTest, test, verdictIn } from './support/demo.js';

test('of what was copied, only the last is told', async ({ demoPage }) => {
  await copyToTitle(demoPage);
  await runTest(demoPage);
  const ofResult = demoPage.getByText('The result is copied.');
  const ofLink = demoPage.getByText('The link is copied.');
  await demoPage.getByRole('button', { name: 'Send to support' }).click();
  await expect(ofResult).toBeVisible();
  await demoPage.getByRole('button', { name: 'Copy link to this result' }).click();
  await expect(ofLink).toBeVisible();
  await expect(ofResult).toHaveCount(0);
  await demoPage.getByRole('button', { name: 'Send to support' }).click();
  await expect(ofResult).toBeVisible();
  await expect(ofLink).toHaveCount(0);
});

test('the buttons keep their places when one of them says what it did', async ({ demoPage }) => {
  await copyToTitle(demoPage);
  await runTest(demoPage);
  const link = demoPage.getByRole('button', { name: 'Copy link to this result' });
  // Playwright may scroll to what it presses.
  const placeInPage = (): Promise<number> => link.evaluate((node) => Math.round(node.getBoundingClientRect().top + scrollY));
  const before = await placeInPage();
  await demoPage.getByRole('button', { name: 'Send to support' }).click();
  await expect(verdictIn(demoPage)).toContainText('The result is copied.');
  expect(await placeInPage()).toBe(before);
});

test('a region that is chosen in the comparison stands in the form too', async ({ demoPage }) => {
  await demoPage.getByRole('button', { name: 'Compare regions' }).click();
  await demoPage.getByRole('button', { name: 'Use Asia' }).click({ timeout: 30_000 });
  await demoPage.getByText('App and key').click();
  await expect(demoPage.getByRole('combobox', { name: 'Region' })).toHaveValue('asia');
});

test('a region that is chosen in the form while a test runs is used by the next', async ({ demoPage }) => {
  await demoPage.getByText('App and key').click();
  await demoPage.getByRole('button', { name: 'Test my connection' }).click();
  await expect(demoPage.getByRole('button', { name: 'Stop' }).first()).toBeVisible();
  await demoPage.getByRole('combobox', { name: 'Region' }).selectOption('india');
  await demoPage.getByRole('button', { name: 'Test with these settings' }).click();
  await expect
    .poll(() => elementIn(demoPage).evaluate((element: HTMLElementTagNameMap['ice-connectivity']) => element.report?.region), {
      timeout: 30_000,
    })
    .toBe('india');
  await expect(demoPage.getByRole('combobox', { name: 'Region' })).toHaveValue('india');
});

test('the log says nothing of a deletion once servers were loaded again', async ({ demoPage }) => {
  const log = await openTab(demoPage, 'Log');
  await log.getByRole('button', { name: 'Delete from this device' }).click();
  await expect(log).toContainText('Deleted.');
  await log.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(log.getByRole('row')).toHaveCount(2);
  await expect(log).not.toContainText('Deleted.');
});
