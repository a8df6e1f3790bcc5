import { expect, test as base, type Page } from '@playwright/test';
import { startStandIn, type StandIn } from '../../demo/server/stand-in.js';
import type * as Api from '../../src/index.js';
import { startSite, type Site } from './site.js';
import { startWebKit } from './webkit/browser.js';

declare global {
  interface Window {
    api: typeof Api;
    loader: Api.IceServersLoader;
    IceServers: typeof Api & { version: string; loader?: Api.IceServersLoader; ready?: Promise<RTCConfiguration> };
  }
}

export interface Workers {
  /** Playwright's browser of the project, or a WebKit that answers to the same calls. */
  readonly engine: 'playwright' | 'webkit';
  readonly sharedStandIn: StandIn;
  readonly site: Site;
}

interface Fixtures {
  /** The stand-in for Metered and its TURN server, without faults, its request log empty. */
  readonly standIn: StandIn;
  /** An open page that has the built module in `window.api`. */
  readonly modulePage: Page;
  /** What the console may complain of; the browser itself reports each HTTP failure. */
  readonly allowedComplaints: RegExp;
}

export const test = base.extend<Fixtures, Workers>({
  engine: ['playwright', { option: true, scope: 'worker' }],
  browser: [
    async ({ engine, playwright, browserName }, use) => {
      const browser = engine === 'webkit' ? await startWebKit() : await playwright[browserName].launch();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  sharedStandIn: [
    async ({}, use) => {
      const standIn = await startStandIn();
      await use(standIn);
      await standIn.stop();
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ browser }, use) => {
      const site = await startSite('recorder' in browser ? String(browser.recorder) : '');
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
  standIn: async ({ sharedStandIn }, use) => {
    sharedStandIn.faults.clear();
    sharedStandIn.requests.clear();
    await use(sharedStandIn);
  },
  // Firefox counts URLs, and Metered sends five.
  allowedComplaints: [/Using (three|five) or more STUN|ICE failed, see about:webrtc/, { option: true }],
  context: async ({ browser, allowedComplaints }, use) => {
    const context = await browser.newContext();
    const complaints: string[] = [];
    const hear = (text: string): void => {
      if (!allowedComplaints.test(text)) complaints.push(text);
    };
    context.on('weberror', (error) => hear(error.error().message));
    context.on('console', (message) => {
      if (message.type() === 'error') hear(message.text());
    });
    await use(context);
    await context.close();
    expect(complaints).toEqual([]);
  },
  modulePage: async ({ page, site }, use) => {
    await openModule(page, site);
    await use(page);
  },
});

/** Opens the page that has the built module, and waits until it is there. */
export const openModule = async (page: Page, site: Site): Promise<void> => {
  await page.goto(`${site.origin}/module`);
  await page.waitForFunction(() => 'api' in window);
};

export { expect };
