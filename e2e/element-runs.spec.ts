import type { IceConnectivityElement } from '../src/element.js';
import { answerIn, elementOf, openElement, runElement, scenarioOf } from './support/element.js';
import { expect, test } from './support/test.js';

test.use({ allowedComplaints: /Failed to load resource|status of 401|Same Origin Policy/ });

test('a listener of ice-report can start the next run', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(scenarioOf(standIn, 'wrong-key')));
  const isAnother = await element.evaluate(async (node) => {
    const one = node as IceConnectivityElement;
    const next = new Promise((resolve) => {
      one.addEventListener('ice-report', () => resolve(one.run()), { once: true });
    });
    const first = await one.run();
    return (await next) !== first;
  });
  expect(isAnother).toBe(true);
});

test('what is no report is refused, and the shown one stays', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(scenarioOf(standIn, 'wrong-key')));
  await runElement(element);
  const refused = await element.evaluate((node) =>
    [{}, 'x', { format: 1 }, { format: 1, results: [], load: {} }].map((report) => {
      try {
        (node as { report?: unknown }).report = report;
        return 'accepted';
      } catch (error) {
        return (error as Error).name;
      }
    }),
  );
  expect(refused).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError']);
  await expect(answerIn(element).getByRole('heading')).toHaveText('The test could not start');
});
