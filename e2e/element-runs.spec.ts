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

test('a listener of the first ice-progress joins the run that has just started', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(scenarioOf(standIn, 'wrong-key')));
  const isSame = await element.evaluate(async (node) => {
    const one = node as IceConnectivityElement;
    const joined = new Promise((resolve) => {
      one.addEventListener('ice-progress', () => resolve(one.run()), { once: true });
    });
    return (await one.run()) === (await joined);
  });
  expect(isSame).toBe(true);
});

test('a run after a stop is a new one', async ({ page, site, standIn }) => {
  standIn.faults.set({ delayMs: 500 });
  const element = await openElement(page, site, elementOf(standIn));
  const stopped = await element.evaluate(async (node) => {
    const one = node as IceConnectivityElement;
    const first = one.run();
    one.stop();
    return (await Promise.all([first, one.run()])).map((report) => report.stopped);
  });
  expect(stopped).toEqual([true, false]);
});

test('a run after a stop does not start if the element is removed first', async ({ page, site, standIn }) => {
  standIn.faults.set({ delayMs: 500 });
  const element = await openElement(page, site, elementOf(standIn));
  const isSame = await element.evaluate(async (node) => {
    const one = node as IceConnectivityElement;
    const first = one.run();
    one.stop();
    const second = one.run();
    one.remove();
    return (await first) === (await second);
  });
  expect(isSame).toBe(true);
});

test('a report that is set just before a run is replaced by that of the run, which is no other device’s', async ({
  page,
  site,
  standIn,
}) => {
  const element = await openElement(page, site, elementOf(scenarioOf(standIn, 'wrong-key')));
  await element.evaluate(async (node) => {
    const one = node as IceConnectivityElement;
    const earlier = await one.run();
    one.report = { ...earlier, time: '2026-03-02T09:41:00+00:00' };
    await one.run();
  });
  await expect(answerIn(element)).toContainText('Tested');
  await expect(answerIn(element)).not.toContainText('shared by link');
});

test('what is no report is refused, and the shown one stays', async ({ page, site, standIn }) => {
  const element = await openElement(page, site, elementOf(scenarioOf(standIn, 'wrong-key')));
  await runElement(element);
  const refused = await element.evaluate((node) =>
    ['', 0, {}, 'x', { format: 1 }, { format: 1, results: [], load: {} }].map((report) => {
      try {
        (node as { report?: unknown }).report = report;
        return 'accepted';
      } catch (error) {
        return (error as Error).name;
      }
    }),
  );
  expect(refused).toEqual(Array(6).fill('TypeError'));
  await expect(answerIn(element).getByRole('heading')).toHaveText('The test could not start');
});
