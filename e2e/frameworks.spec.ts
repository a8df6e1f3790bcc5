import { openRecipe, openWithoutKey, pathsIn } from './support/recipes.js';
import { expect, test } from './support/test.js';

for (const [name, entry] of [
  ['React in StrictMode', 'react.tsx'],
  ['Vue', 'vue.ts'],
  ['Svelte', 'svelte.ts'],
  ['Angular', 'angular-call.ts'],
] as const) {
  test(`${name} makes a relayed call with one request`, async ({ page, site, standIn }) => {
    await openRecipe(page, site, standIn, entry);
    await page.getByRole('button').first().click();
    await expect(page.locator('p').last()).toHaveText('Hello');
    await page.getByRole('button').last().click();
    await expect(page.locator('p').first()).toHaveText('Hello');
    expect(await pathsIn(page)).toEqual(Array(2).fill(expect.stringMatching(/^relay to (relay|prflx)$/)));
    expect(standIn.requests.count()).toBe(1);
  });

  test(`${name} closes its connections when it unmounts`, async ({ page, site, standIn }) => {
    await openRecipe(page, site, standIn, entry);
    await expect(page.getByRole('button').last()).toBeEnabled({ timeout: 30_000 });
    await page.evaluate(() => window.unmount());
    await expect(page.getByRole('button')).toHaveCount(0);
    expect(await page.evaluate(() => window.connections.map(({ connectionState }) => connectionState))).toEqual(['closed', 'closed']);
  });

  test(`${name} ends its request if it unmounts before the response`, async ({ page, site }) => {
    const requested = page.waitForRequest('https://demo.metered.live/**');
    await openRecipe(page, site, 'no answer', entry);
    await requested;
    await page.evaluate(() => window.unmount());
    await page.waitForFunction(() => window.signals.length === 1 && window.signals[0]!.aborted);
  });

  test(`${name} tells the user that there are no calls if there is no key`, async ({ page, site }) => {
    await openWithoutKey(page, site, entry);
    await expect(page.locator('p')).toHaveText(Array(2).fill('Calls are not available at the moment.'));
  });

  test(`${name} tells the developer what is not configured if there is no key`, async ({ page, site }) => {
    // Over WebDriver BiDi, Firefox reports an error without its message.
    await page.addInitScript(() => {
      const { warn } = console;
      console.warn = (...values: unknown[]) => warn(...values.map(String));
    });
    const logged = page.waitForEvent('console', (message) => message.text().includes('The loader is not configured. Set apiKey.'));
    await openWithoutKey(page, site, entry);
    await logged;
  });

  test.describe(`if the other end of ${name} closes the call`, () => {
    test.use({
      // The other end is closed from outside, without a word to its own code. Over WebDriver BiDi, Firefox reports its error without the message.
      allowedComplaints: async ({ browserName }, use) =>
        use(
          browserName === 'firefox'
            ? /[Pp]eer connection is closed|^Error$|Using (three|five) or more STUN|ICE failed, see about:webrtc/
            : /[Pp]eer connection is closed/,
        ),
    });

    test('the user is told', async ({ page, site, standIn }) => {
      await openRecipe(page, site, standIn, entry);
      await expect(page.getByRole('button').last()).toBeEnabled({ timeout: 30_000 });
      // The page shows the caller first.
      await page.evaluate(() => {
        const isCallee = ({ connectionState, localDescription }: RTCPeerConnection): boolean =>
          connectionState === 'connected' && localDescription!.type === 'answer';
        window.connections.find(isCallee)!.close();
      });
      await expect(page.locator('p').first()).toHaveText('The call has ended.');
    });
  });
}

test.describe('after a failure that may pass', () => {
  test.use({ allowedComplaints: /Failed to load resource|Using (three|five) or more STUN|ICE failed, see about:webrtc/ });

  test('React makes the call when the user tries again', async ({ page, site, standIn }) => {
    standIn.faults.set({ status: 500 });
    await openRecipe(page, site, standIn, 'react.tsx');
    await expect(page.locator('p')).toHaveText(Array(2).fill('The call could not start.'));
    standIn.faults.clear();
    await page.getByRole('button', { name: 'Try again' }).last().click();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('button', { name: 'Say hello' }).last()).toBeEnabled({ timeout: 30_000 });
  });
});

test('C-94: an Angular app with a call becomes stable', async ({ page, site, standIn }) => {
  await openRecipe(page, site, standIn, 'angular-call.ts');
  await expect(page.getByRole('button').last()).toBeEnabled({ timeout: 30_000 });
  await page.evaluate(() => window.whenStable());
});

test.describe('an Angular app', () => {
  test.beforeEach(async ({ page, site, standIn }) => {
    // What follows a Web Lock is outside the zone by itself: zone.js does not know them, and not every page has them.
    await page.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
    await openRecipe(page, site, standIn, 'angular.ts');
    await expect(page.locator('main')).toHaveText('loaded');
  });

  test('C-94: becomes stable if autoRefresh runs outside its zone', async ({ page }) => {
    await page.evaluate(() => window.angular.whenStable());
  });

  test('C-94: becomes stable if keepFresh runs outside its zone', async ({ page }) => {
    await page.evaluate(() => window.angular.keepFresh());
    await page.evaluate(() => window.angular.whenStable());
  });

  test('C-94: waits for the timer of autoRefresh inside its zone', async ({ page }) => {
    await page.evaluate(() => window.angular.loadInside());
    await page.waitForFunction(() => window.angular.hasTimers());
  });
});
