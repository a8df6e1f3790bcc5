import type { Page } from '@playwright/test';
import type { StandIn } from '../demo/server/stand-in.js';
import { openRecipe, pathsIn, signedIn } from './support/recipes.js';
import type { Site } from './support/site.js';
import { expect, test } from './support/test.js';

const noTrouble = { user: undefined as string | undefined, refusesServers: false, keepsSessions: false, serverRequests: 0 };
const server = { ...noTrouble };

const unauthorized = (): Response => new Response(null, { status: 401 });

function endSession(): Response {
  if (server.keepsSessions) return new Response(null, { status: 500 });
  server.user = undefined;
  return new Response(null, { status: 204 });
}

test.use({ allowedComplaints: /Failed to load resource|Using (three|five) or more STUN|ICE failed, see about:webrtc/ });

test.beforeEach(({ site, standIn }) => {
  Object.assign(server, noTrouble);
  site.route('/api/session', ({ method }) => {
    if (method === 'POST') server.user = 'user-42';
    if (method === 'DELETE') return endSession();
    return server.user ? Response.json({ id: server.user }) : unauthorized();
  });
  site.route('/api/ice-servers', async () => {
    server.serverRequests++;
    if (!server.user || server.refusesServers) return unauthorized();
    const iceServers: unknown = await (await fetch(standIn.addressOf(standIn.apiKey))).json();
    return Response.json({ iceServers, ttl: 3600 });
  });
});

const button = (page: Page, name: string) => page.getByRole('button', { name });

test('a signed-in user makes a relayed call with one request', async ({ page, site, standIn }) => {
  await openRecipe(page, site, standIn, 'app.tsx', signedIn);
  await button(page, 'Sign in').click();
  await button(page, 'Say hello').click();
  await expect(page.locator('p')).toHaveText('Hello');
  expect(await pathsIn(page)).toEqual(Array(2).fill(expect.stringMatching(/^relay to (relay|prflx)$/)));
  expect(server.serverRequests).toBe(1);
});

test('a user who returns makes a call without a request', async ({ page, site, standIn }) => {
  await openRecipe(page, site, standIn, 'app.tsx', signedIn);
  await button(page, 'Sign in').click();
  await expect(button(page, 'Say hello')).toBeEnabled();
  await page.reload();
  await expect(button(page, 'Say hello')).toBeEnabled();
  expect(server.serverRequests).toBe(1);
});

test('a user whose session has expired makes a call right after signing in', async ({ page, site, standIn }) => {
  server.refusesServers = true;
  await openRecipe(page, site, standIn, 'app.tsx', signedIn);
  await button(page, 'Sign in').click();
  await expect(page.locator('p')).toHaveText('Calls are not available at the moment.');
  server.user = undefined;
  server.refusesServers = false;
  await page.reload();
  await button(page, 'Sign in').click();
  await expect(button(page, 'Say hello')).toBeEnabled();
});

test('signing out deletes the stored servers', async ({ page, site, standIn }) => {
  await signInUntilStored(page, site, standIn);
  await button(page, 'Sign out').click();
  await expect.poll(() => storedEntries(page)).toBe(0);
});

test('signing out deletes the stored servers even if the server fails', async ({ page, site, standIn }) => {
  server.keepsSessions = true;
  await signInUntilStored(page, site, standIn);
  await button(page, 'Sign out').click();
  await expect.poll(() => storedEntries(page)).toBe(0);
});

test('signing out deletes the stored servers even if the network fails', async ({ page, site, standIn }) => {
  await signInUntilStored(page, site, standIn);
  await page.route('**/api/session', (route) => route.abort());
  await button(page, 'Sign out').click();
  await expect.poll(() => storedEntries(page)).toBe(0);
});

test('servers that another tab loads while a user signs out are deleted as well', async ({ context, page, site, standIn }) => {
  const other = await context.newPage();
  await signInUntilStored(page, site, standIn);
  let finish: (() => void) | undefined;
  await page.route('**/api/session', async (route) => {
    await new Promise<void>((resolve) => (finish = resolve));
    await route.continue();
  });
  await button(page, 'Sign out').click();
  await expect.poll(() => finish).toBeDefined();
  await openRecipe(other, site, standIn, 'app.tsx', signedIn);
  await expect(button(other, 'Say hello')).toBeEnabled();
  finish!();
  await expect(button(other, 'Sign in')).toBeVisible();
  await expect.poll(() => storedEntries(page)).toBe(0);
});

test('signing out in one tab signs out the other', async ({ context, page, site, standIn }) => {
  const other = await context.newPage();
  await openRecipe(page, site, standIn, 'app.tsx', signedIn);
  await button(page, 'Sign in').click();
  await openRecipe(other, site, standIn, 'app.tsx', signedIn);
  await expect(button(other, 'Say hello')).toBeEnabled();
  await button(page, 'Sign out').click();
  await expect(button(other, 'Sign in')).toBeVisible();
});

async function signInUntilStored(page: Page, site: Site, standIn: StandIn): Promise<void> {
  await openRecipe(page, site, standIn, 'app.tsx', signedIn);
  await button(page, 'Sign in').click();
  await expect.poll(() => storedEntries(page)).toBe(1);
}

function storedEntries(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('ice-servers-loader');
        opening.onerror = () => reject(opening.error!);
        // The loader has not created it yet.
        opening.onupgradeneeded = () => {
          resolve(0);
          opening.transaction!.abort();
        };
        opening.onsuccess = () => {
          const [name] = opening.result.objectStoreNames;
          const counting = opening.result.transaction(name!).objectStore(name!).count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );
}
