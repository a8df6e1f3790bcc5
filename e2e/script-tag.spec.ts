import type { Page } from '@playwright/test';
import { expect, test } from './support/test.js';
import { serverCount } from './support/turn.js';

const script = '/dist/ice-servers-loader.iife.js';
const head = '<!doctype html><title>script tag</title><link rel="icon" href="data:,">';

/** Records what the tag announces, from before it runs. */
const listeners = `<script>
  window.heard = [];
  for (const name of ['ready', 'error']) document.addEventListener('iceservers:' + name, ({ detail }) => heard.push([name, detail.source ?? detail.code ?? detail.name]));
  window.addEventListener('unhandledrejection', () => heard.push(['unhandledrejection']));
</script>`;

const lastMessage = 'the last message';

/** Returns what the console has heard so far. */
function listenToConsole(page: Page): () => readonly string[] {
  const messages: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  return () => messages;
}

/** Writes to the console, and waits until that has arrived: whatever was said before has arrived too. */
async function sayLast(page: Page, messages: () => readonly string[]): Promise<void> {
  await page.evaluate(async (text) => {
    // In WebKit each message is a request of its own, and a later one may overtake it.
    await window.complaintsSent;
    console.warn(text);
  }, lastMessage);
  await expect.poll(messages).toContain(lastMessage);
}

declare global {
  interface Window {
    heard: unknown[][];
    complaintsSent?: Promise<unknown>;
  }
}

test('with data-* it loads while the page parses, and gives ready and loader', async ({ page, site, standIn }) => {
  const tag = `<script src="${script}" data-endpoint="${standIn.endpoint}" data-api-key="${standIn.apiKey}" data-region="europe" data-foreign="x"></script>`;
  await page.goto(site.page('/tag', `${head}${listeners}${tag}`));
  const [count, source] = await page.evaluate(async () => {
    const { iceServers } = await window.IceServers.ready!;
    return [iceServers!.length, window.IceServers.loader!.status!.source];
  });
  expect([count, source]).toEqual([serverCount, 'network']);
  expect(standIn.requests.records).toMatchObject([{ region: 'europe' }]);
  expect(await page.evaluate(() => window.heard)).toEqual([['ready', 'network']]);
});

test('without data-* it is the namespace and a version, and asks nobody', async ({ page, site, standIn }) => {
  await page.goto(site.page('/bare', `${head}<script src="${script}"></script>`));
  const names = await page.evaluate(() => Object.keys(window.IceServers).sort());
  expect(names).toEqual(
    [
      'IceServersError',
      'createIceServersLoader',
      'isIceServersError',
      'keepFresh',
      'loadRTCConfiguration',
      'regions',
      'staticIceServers',
      'version',
    ].sort(),
  );
  expect(standIn.requests.records).toEqual([]);
});

test('without data-* it loads when it is asked to', async ({ page, site, standIn }) => {
  await page.goto(site.page('/asked', `${head}<script src="${script}"></script>`));
  const count = await page.evaluate(async (options) => (await window.IceServers.loadRTCConfiguration(options)).iceServers.length, {
    endpoint: standIn.endpoint,
    apiKey: standIn.apiKey,
  });
  expect(count).toBe(serverCount);
});

test('a misspelt data-* is told in its own spelling', async ({ page, site }) => {
  await page.goto(site.page('/misspelt', `${head}<script src="${script}" data-app-name="demo" data-apikey="a"></script>`));
  const message = await page.evaluate(() => window.IceServers.ready!.catch(String));
  expect(message).toBe('TypeError: ice-servers-loader: data-apikey must be spelled data-api-key.');
});

test('a wrong data-* rejects ready and throws nothing', async ({ page, site }) => {
  await page.goto(
    site.page('/wrong', `${head}${listeners}<script src="${script}" data-app-name="demo" data-api-key="a" data-max-age="soon"></script>`),
  );
  const message = await page.evaluate(() => window.IceServers.ready!.catch(String));
  expect(message).toContain('maxAge');
  expect(await page.evaluate(() => window.heard)).toEqual([['error', 'TypeError']]);
});

test('a ready that nobody takes warns once, and is no unhandled rejection', async ({ page, site }) => {
  const messages = listenToConsole(page);
  await page.goto(site.page('/unawaited', `${head}${listeners}<script src="${script}" data-app-name="demo"></script>`));
  await expect.poll(messages).not.toHaveLength(0);
  await sayLast(page, messages);
  expect(messages()).toEqual([expect.stringContaining('apiKey'), lastMessage]);
  expect(await page.evaluate(() => window.heard)).toEqual([['error', 'not-configured']]);
});

test('of two copies the first one stays, and the second warns', async ({ page, site }) => {
  const messages = listenToConsole(page);
  await page.goto(
    site.page(
      '/twice',
      `${head}<script src="${script}"></script><script>window.first = IceServers;</script><script src="${script}"></script>`,
    ),
  );
  expect(await page.evaluate(() => window.IceServers === (window as unknown as { first: unknown }).first)).toBe(true);
  await sayLast(page, messages);
  expect(messages()).toEqual([expect.any(String), lastMessage]);
});
