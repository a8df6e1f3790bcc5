import type { Browser } from '@playwright/test';
import { hearComplaints, type Complaint } from './complaints.js';
import { startDriver } from './driver.js';
import { Session, WebKitPage } from './page.js';

/** A WebKit that looks to the fixtures like Playwright's browsers, so that one spec runs in all three engines. */
export interface WebKitBrowser extends Browser {
  readonly recorder: string;
}

export const startWebKit = async (): Promise<WebKitBrowser> => {
  const driver = await startDriver();
  const complaints = await hearComplaints();

  const newContext = async () => {
    const session = new Session(await driver.openSession());
    const pages: WebKitPage[] = [];
    const listeners: ((complaint: Complaint) => void)[] = [];
    const tell = (complaint: Complaint): void => {
      for (const listener of listeners) listener(complaint);
    };
    complaints.heard.on('complaint', tell);
    const on = (name: string, listener: (message: { type: () => string; text: () => string }) => void): void => {
      if (name === 'console') listeners.push(({ type, text }) => listener({ type: () => type, text: () => text }));
    };
    return {
      on,
      newPage: async () => {
        if (pages.length) await session.driver.switchTo().newWindow('tab');
        const page = Object.assign(new WebKitPage(session, await session.driver.getWindowHandle()), { on });
        pages.push(page);
        return page;
      },
      close: async () => {
        await Promise.all(pages.map((page) => page.settled()));
        complaints.heard.off('complaint', tell);
        await session.driver.quit();
      },
    };
  };

  return {
    recorder: complaints.recorder,
    newContext,
    close: async () => {
      complaints.stop();
      await driver.stop();
    },
  } as unknown as WebKitBrowser;
};
