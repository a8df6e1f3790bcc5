import type { IceReport } from '../src/element.js';
import { elementIn, verdictIn } from './support/demo.js';
import { reports } from './support/reports.js';
import { expect, resultLink, test } from './support/customer-page.js';
import { reportTextIn } from './support/words.js';

const good = reports.good!;

for (const [name, damaged] of [
  ['nothing', null],
  ['a list', []],
  ['no results', { ...good, results: undefined }],
  ['a result that is empty', { ...good, results: [{}] }],
  ['a result of an unknown kind', { ...good, results: [{ ...good.results[0], status: 'unheard-of' }] }],
  ['a time that is text', { ...good, results: [{ ...good.results[0], elapsed: 'long' }] }],
  ['a quality without numbers', { ...good, quality: {} }],
  ['a region without samples', { ...good, regions: [{ region: 'europe', status: 'ok' }] }],
  ['a template in the place of the app', { ...good, app: { _$litType$: 1, strings: ['<b>app</b>'], values: [] } }],
] as const) {
  test(`a link to what is no report is told in words, and the page stays as it is: ${name}`, async ({ page, customerPage }) => {
    await page.goto(customerPage + resultLink(damaged as unknown as IceReport));
    await expect(page.getByRole('alert')).toContainText('the link is incomplete or damaged');
    await expect(verdictIn(page).getByRole('heading')).toHaveText('Will calls work here?');
  });
}

test('a link of a newer version of the page is told as that', async ({ page, customerPage }) => {
  await page.goto(customerPage + resultLink({ ...good, format: 2 } as unknown as IceReport));
  await expect(page.getByRole('alert')).toContainText('newer version of this page');
});

test('a link that contradicts its own results is shown as they say', async ({ page, customerPage }) => {
  const forged = { ...good, outcome: 'bad', summary: 'Call 555 0100.', blocked: [{ protocol: 'UDP', host: 'forged.example', ports: [1] }] };
  await page.goto(customerPage + resultLink(forged as IceReport));
  await expect(verdictIn(page).getByRole('heading')).toHaveText('Calls will work');
  expect(await reportTextIn(elementIn(page))).toContain('Connection test: Calls will work.');
  await expect(page.locator('body')).not.toContainText(/555|forged/);
});
