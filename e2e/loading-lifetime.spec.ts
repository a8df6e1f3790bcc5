import type { Page } from '@playwright/test';
import { expect, openModule, test } from './support/test.js';

const path = '/api/v1/turn/credentials';

declare global {
  interface Window {
    /** The timers that run, and the listeners on the window. */
    running: { readonly timers: Set<number>; listeners: number };
  }
}

/** Counts what the page's scripts leave running. */
const watchPage = (page: Page) =>
  page.addInitScript(() => {
    const timers = new Set<number>();
    window.running = { timers, listeners: 0 };
    const { setTimeout: set, clearTimeout: clear, addEventListener: add, removeEventListener: remove } = window;
    const heard = new Set<unknown>();
    const count = (): void => void (window.running.listeners = heard.size);
    Object.assign(window, {
      setTimeout: (callback: () => void, ms: number) => {
        const timer = set(() => {
          timers.delete(timer);
          callback();
        }, ms);
        timers.add(timer);
        return timer;
      },
      clearTimeout: (timer: number) => {
        timers.delete(timer);
        clear(timer);
      },
      addEventListener: (type: string, listener: EventListener, options?: AddEventListenerOptions) => {
        // Playwright has listeners of its own.
        if (/online|pageshow|visibility/.test(type)) heard.add(listener);
        count();
        add.call(window, type, listener, options);
      },
      removeEventListener: (type: string, listener: EventListener) => {
        heard.delete(listener);
        count();
        remove.call(window, type, listener);
      },
    });
  });

/** Timers, listeners, locks held or wanted: what is left once all that was disposed of is over. */
const leftIn = (page: Page) =>
  page.evaluate(async () => {
    const { held, pending } = await navigator.locks.query();
    return { timers: window.running.timers.size, listeners: window.running.listeners, locks: held!.length + pending!.length };
  });

const nothing = { timers: 0, listeners: 0, locks: 0 };

test.beforeEach(async ({ page, site }) => {
  await watchPage(page);
  await openModule(page, site);
});

test('C-34: constructed, refreshing by itself and disposed of five times, as StrictMode and hot reload do, leaves nothing, and the sixth loads', async ({
  page,
  standIn,
}) => {
  const source = await page.evaluate(
    async (given) => {
      const attempts = [];
      for (let i = 0; i < 5; i++) {
        const loader = window.api.createIceServersLoader({ ...given, autoRefresh: true });
        attempts.push(loader.load().catch((error: Error) => error.name));
        loader.dispose();
      }
      if ((await Promise.all(attempts)).some((name) => name !== 'AbortError')) throw new Error('A load outlived dispose.');
      window.loader = window.api.createIceServersLoader(given);
      await window.loader.load();
      return window.loader.status!.source;
    },
    { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
  );
  expect(source).toBe('network');
  expect(standIn.requests.count({ path })).toBe(1);
  await expect.poll(() => leftIn(page)).toEqual(nothing);
});

test.describe('C-35: dispose', () => {
  // The browser tells of each 500.
  test.use({ allowedComplaints: /Failed to load resource|status/ });

  for (const { phase, fault } of [
    { phase: 'while the endpoint is silent', fault: { hang: true } },
    { phase: 'between two tries', fault: { status: 500 } },
  ]) {
    test(`${phase} rejects whoever waits, and leaves nothing`, async ({ page, standIn }) => {
      standIn.faults.set(fault);
      await page.evaluate(
        (given) => {
          window.loader = window.api.createIceServersLoader({ ...given, autoRefresh: true });
          const loading = window.loader.load().catch((error: Error) => error.name);
          Object.assign(window, { loading });
        },
        { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
      );
      await expect.poll(() => standIn.requests.count({ path })).toBeGreaterThan(0);
      const name = await page.evaluate(() => {
        window.loader.dispose();
        return (window as unknown as { loading: Promise<string> }).loading;
      });
      // A busy machine may be past the last try.
      expect(['AbortError', ...(fault.status ? ['IceServersError'] : [])]).toContain(name);
      await expect.poll(() => leftIn(page)).toEqual(nothing);
    });
  }

  test('while another tab has the lock rejects at once, and leaves the lock alone', async ({ context, page, site, standIn }) => {
    const options = { endpoint: standIn.endpoint, apiKey: standIn.apiKey };
    const other = await context.newPage();
    await openModule(other, site);
    standIn.faults.set({ hang: true });
    await other.evaluate(
      (given) =>
        void window.api
          .createIceServersLoader({ ...given, timeout: 60_000 })
          .load()
          .catch(() => {}),
      options,
    );
    await expect.poll(() => standIn.requests.count({ path })).toBe(1);
    await page.evaluate((given) => {
      window.loader = window.api.createIceServersLoader(given);
      Object.assign(window, { loading: window.loader.load().catch((error: Error) => error.name) });
    }, options);
    await expect.poll(() => page.evaluate(async () => (await navigator.locks.query()).pending!.length)).toBe(1);
    const name = await page.evaluate(() => {
      window.loader.dispose();
      return (window as unknown as { loading: Promise<string> }).loading;
    });
    expect(name).toBe('AbortError');
    await expect.poll(() => leftIn(page)).toEqual({ timers: 0, listeners: 0, locks: 1 });
    expect(standIn.requests.count({ path })).toBe(1);
  });
});
