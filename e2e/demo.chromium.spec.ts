import { execa, type ResultPromise } from 'execa';
import { expect, test } from './support/test.js';

test.describe.configure({ mode: 'serial' });

let demo: ResultPromise;
let address: string;

test.beforeAll(async () => {
  demo = execa('node', ['--import', 'tsx', 'demo/server/main.ts'], {
    env: { METERED_APP_NAME: '', METERED_API_KEY: '', METERED_SECRET_KEY: '' },
  });
  address = await new Promise((resolve, reject) => {
    let said = '';
    demo.stdout!.on('data', (text: Buffer) => {
      said += String(text);
      const found = /http:\/\/[\w.:]+\/?/.exec(said)?.[0];
      if (found) resolve(found);
    });
    demo.catch(reject);
  });
});

test.afterAll(async () => {
  demo.kill('SIGTERM');
  await demo.catch(() => {});
});

test('the demo loads through the package, and says where from', async ({ page }) => {
  await page.goto(address);
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(page.locator('[data-source]')).toHaveAttribute('data-source', 'network');
  await expect(page.getByRole('row')).toHaveCount(6);
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(page.locator('[data-source]')).toHaveAttribute('data-source', 'memory');
  await page.waitForFunction(() => Object.keys(localStorage).some((name) => name.startsWith('ice-servers-loader:')));
  await page.reload();
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(page.locator('[data-source]')).toHaveAttribute('data-source', 'indexeddb');
});

test('C-64: refresh asks again, and forget lets the next load ask', async ({ page }) => {
  await page.goto(address);
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.locator('[data-source]')).toHaveAttribute('data-source', 'network');
  await page.getByRole('button', { name: 'Forget' }).click();
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(page.locator('[data-source]')).toHaveAttribute('data-source', 'network');
});

test('the demo sends data through the TURN server and tells how long that takes', async ({ page }) => {
  await page.goto(address);
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await page.getByRole('button', { name: 'Connect through TURN' }).click();
  await expect(page.getByText('both ends relayed')).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText(/^[\d.]+ ms, the median/)).toBeVisible();
});

test.describe('with a wrong key', () => {
  test.use({ allowedComplaints: /Failed to load resource|Using (three|five) or more STUN|status/ });

  test('the demo says what to do', async ({ page }) => {
    await page.goto(address);
    await page.getByLabel('API key of the credential').fill('0123456789abcdef0123456789abcdef0123');
    await page.getByRole('button', { name: 'Load', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('API key refused');
  });
});

test('no secret is on the page or in its address', async ({ page }) => {
  await page.goto(address);
  const key = await page.getByLabel('API key of the credential').inputValue();
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(page.locator('[data-source]')).toBeVisible();
  expect(key).toMatch(/^[0-9a-f]{36}$/);
  expect(await page.locator('body').innerText()).not.toContain(key);
  expect(page.url()).not.toContain(key);
});

for (const width of [390, 1280]) {
  test(`nothing sticks out sideways at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(address);
    await page.getByRole('button', { name: 'Load', exact: true }).click();
    await expect(page.locator('[data-source]')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
