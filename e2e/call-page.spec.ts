import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/demo.js';

test.setTimeout(180_000);

test('C-60: a call with keepFresh outlives its passwords and loses nothing; without it, it dies; switched on again, it comes back', async ({
  page,
  demo,
}) => {
  await page.goto(`${demo}call.html`);
  const call = page.getByRole('region', { name: 'Call', exact: true });
  const figure = (name: string) => call.locator('.figure', { hasText: name }).getByRole('definition');
  const happened = page.getByRole('region', { name: 'What happened' });
  await expect(call.getByRole('heading')).toHaveText('No call yet');

  await call.getByRole('button', { name: 'Start a call' }).click();
  await expect(call.getByRole('heading')).toHaveText('The call is alive', { timeout: 30_000 });
  await expect(figure('Passwords so far')).toHaveText('3', { timeout: 60_000 });
  // As one end moves, the other gathers anew as well.
  await expect(figure('Moves to a new relay')).toHaveText('2', { timeout: 20_000 });
  await expect(call.getByRole('heading')).toHaveText('The call is alive');
  await expect(figure('Lost')).toHaveText('0');

  await call.getByRole('switch', { name: 'keepFresh' }).uncheck();
  await expect(call.getByRole('heading')).toHaveText('The call is dead', { timeout: 60_000 });
  await expect(happened).toContainText('the TURN server hung up');
  await expect(figure('Lost')).not.toHaveText('0');
  await expect(figure('Its password’s life')).toHaveText('over');

  await call.getByRole('switch', { name: 'keepFresh' }).check();
  await expect(call.getByRole('heading')).toHaveText('The call is alive', { timeout: 30_000 });
  await expect(happened).toContainText('The call is back.');
  // What came too late was lost all the same.
  await expect(figure('Lost')).not.toHaveText('0');
  const [, sinceSwitchedOn] = /^(.*?)keepFresh is on\./s.exec(await happened.innerText())!;
  expect(sinceSwitchedOn).toContain('One end moves to a new relay, so that the call comes back.');
  expect(sinceSwitchedOn!.split('The call is back.')[1]).not.toContain('while the call goes on');

  await call.getByRole('button', { name: 'End the call' }).click();
  await expect(call.getByRole('heading')).toHaveText('The call was ended');
});

test('the list of what happened shows whole lines alone, wherever they wrap', async ({ page, demo }) => {
  await page.goto(`${demo}call.html`);
  const list = page.getByRole('list', { name: 'What happened, the newest first' });
  const keepFresh = page.getByRole('switch', { name: 'keepFresh' });
  await page.getByRole('button', { name: 'Start a call' }).click();
  await expect(list).toContainText('The call began');
  for (let times = 0; times < 6; times += 1) {
    await keepFresh.uncheck();
    await keepFresh.check();
  }
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 1000 });
    const overflow = await list.evaluate((box) => {
      const bottom = box.getBoundingClientRect().bottom;
      const text = document.createRange();
      text.selectNodeContents(box);
      const lines = [...text.getClientRects()].map(({ top, bottom: end }) => ({ top, end }));
      return { rest: box.scrollHeight > box.clientHeight, cut: lines.filter(({ top, end }) => top < bottom && end > bottom) };
    });
    expect(overflow).toEqual({ rest: true, cut: [] });
  }
});

test('the page of the call has no serious fault of accessibility, and says where it has no server of its own', async ({
  page,
  demo,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'The markup is the same.');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${demo}call.html`);
    await expect(page.getByRole('button', { name: 'Start a call' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  }
  await page.route('**/demo-config.json', (route) => route.fulfill({ json: { mode: 'static', app: '', apiKey: '', notes: [] } }));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This page needs the demo’s own server' })).toBeVisible();
});
