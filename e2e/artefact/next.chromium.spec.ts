import type { BrowserContext, WebSocketRoute } from '@playwright/test';
import { expect, test } from '../support/test.js';
import { buildNextApp, startNextApp, type NextApp } from './next-app.js';

test.describe.configure({ mode: 'serial' });

let app: NextApp | undefined;

test.beforeAll(async ({ sharedStandIn: { secretKey, origin } }) => {
  // A build takes half a minute, and more while other tests run.
  test.setTimeout(300_000);
  const { exitCode, all } = await buildNextApp();
  expect(exitCode, all).toBe(0);
  app = await startNextApp({ METERED_APP_NAME: 'demo', METERED_SECRET_KEY: secretKey, METERED_BASE_URL: origin });
});

test.afterAll(() => app?.stop());

test('two pages of a Next.js app make a relayed call with credentials of its route', async ({ context }) => {
  await relaySignaling(context);
  const [caller, callee] = [await context.newPage(), await context.newPage()];
  await caller.goto(`${app!.origin}/minted/room?role=caller`);
  await callee.goto(`${app!.origin}/minted/room`);
  await caller.getByRole('button').click();
  await expect(callee.locator('p')).toHaveText('Hello');
});

test('C-89: a page of a Next.js app that was built without an API key says so', async ({ page }) => {
  const logged = page.waitForEvent('console', (message) => message.text().includes('The loader is not configured. Set apiKey.'));
  await page.goto(`${app!.origin}/without-key/room`);
  await expect(page.locator('p')).toHaveText('Calls are not available at the moment.');
  await logged;
});

test('a Next.js server renders the component without a call', async ({ request }) => {
  const response = await request.get(`${app!.origin}/minted/room`);
  expect(await response.text()).toContain('<p>Connecting</p>');
});

/** A signaling server for two pages, which keeps the messages to a page that has not joined. */
async function relaySignaling(context: BrowserContext): Promise<void> {
  const sockets: WebSocketRoute[] = [];
  const waiting: (string | Buffer)[] = [];
  await context.routeWebSocket('wss://signaling.example.com/room', (socket) => {
    sockets.push(socket);
    socket.onMessage((message) => {
      const other = sockets.find((one) => one !== socket);
      if (other) other.send(message);
      else waiting.push(message);
    });
    if (sockets.length > 1) for (const message of waiting) socket.send(message);
  });
}
