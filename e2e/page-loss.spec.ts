import type { Locator } from '@playwright/test';
import type { IceConnectivityElement } from '../src/element.js';
import { changeAnswers, elementIn, expect, runTest, test } from './support/demo.js';
import { elementOf, openElement, runElement } from './support/element.js';
import { startLossyProxy } from './support/lossy-proxy.js';
import { alarm, reassurance, reportTextIn, wordsIn } from './support/words.js';
import { needCoturn } from './support/turn.js';

/** So many runs of each, because a verdict that is wrong once in a while is wrong. */
const runs = 3;

/** Has all UDP to the TURN server go through a proxy. */
const turnOverUdp = /("turn:[\w.-]+):\d+"/g;
const through = (port: number): string => `$1:${port}"`;

const portOfDemo = async (demo: string): Promise<number> => {
  const { app, apiKey } = (await (await fetch(`${demo}demo-config.json`)).json()) as { app: string; apiKey: string };
  const servers = await (await fetch(`${app}?apiKey=${apiKey}`)).text();
  return Number(/"turn:[\w.-]+:(\d+)"/.exec(servers)![1]);
};

/** On a busy machine the delay is real. */
const expectNoFalseAlarm = async (element: Locator): Promise<void> => {
  const { verdict, quality } = (await element.evaluate((node) => (node as IceConnectivityElement).report))!;
  expect({ verdict, loss: quality?.loss }).toEqual({ verdict: 'ok', loss: 0 });
  expect(alarm.test(await wordsIn(element))).toBe(quality!.grade !== 'good');
};

for (const [loss, count] of [
  [0.05, runs],
  [0.35, 1],
] as const) {
  test(`with a loss of ${loss * 100}% no sentence of the page says that all is well`, async ({ page, demo }) => {
    needCoturn();
    await using proxy = await startLossyProxy(await portOfDemo(demo), { loss });
    await changeAnswers(page, turnOverUdp, through(proxy.port));
    await page.goto(demo);
    for (let run = 0; run < count; run += 1) {
      await runTest(page, run === 0 ? undefined : 'Test again');
      const element = elementIn(page);
      expect(await wordsIn(element)).not.toMatch(reassurance);
      expect(await wordsIn(element)).toContain('Calls may stutter');
      expect(await reportTextIn(element)).not.toMatch(reassurance);
    }
  });

  test(`with a loss of ${loss * 100}% no sentence of the element says that all is well`, async ({ page, site, standIn }) => {
    needCoturn();
    await using proxy = await startLossyProxy(standIn.turn.port, { loss });
    await changeAnswers(page, turnOverUdp, through(proxy.port));
    const element = await openElement(page, site, elementOf(standIn));
    for (let run = 0; run < count; run += 1) {
      expect(await runElement(element)).toMatchObject({ outcome: 'fair', quality: { grade: 'poor' } });
      expect(await wordsIn(element)).not.toMatch(reassurance);
      expect(await reportTextIn(element)).not.toMatch(reassurance);
    }
  });
}

test('without loss the page says otherwise only of a delay that it measured', async ({ page, demo }) => {
  needCoturn();
  await using proxy = await startLossyProxy(await portOfDemo(demo), {});
  await changeAnswers(page, turnOverUdp, through(proxy.port));
  await page.goto(demo);
  for (let run = 0; run < runs; run += 1) {
    await runTest(page, run === 0 ? undefined : 'Test again');
    await expectNoFalseAlarm(elementIn(page));
  }
});

test('without loss the element says otherwise only of a delay that it measured', async ({ page, site, standIn }) => {
  needCoturn();
  await using proxy = await startLossyProxy(standIn.turn.port, {});
  await changeAnswers(page, turnOverUdp, through(proxy.port));
  // Firefox does not take the certificate of the stand-in.
  const endpoint = `${standIn.scenarios}/no-trouble?tls=none`;
  const element = await openElement(page, site, elementOf({ endpoint, apiKey: standIn.apiKey }));
  for (let run = 0; run < runs; run += 1) {
    await runElement(element);
    await expectNoFalseAlarm(element);
  }
});

test('a report of a lossy run that comes by link does not say that all is well either', async ({ page, site, standIn }) => {
  needCoturn();
  await using proxy = await startLossyProxy(standIn.turn.port, { loss: 0.05 });
  await changeAnswers(page, turnOverUdp, through(proxy.port));
  const element = await openElement(page, site, elementOf(standIn));
  await runElement(element);
  await element.evaluate((node) => ((node as IceConnectivityElement).report = window.reports[0]));
  await expect(element.getByText('shared by link')).toBeVisible();
  expect(await wordsIn(element)).not.toMatch(reassurance);
});
