import type { CDPSession, Page } from '@playwright/test';
import type { IceConnectivityElement } from '../src/element.js';
import { openElement } from './support/element.js';
import { expect, test } from './support/test.js';

declare global {
  interface Window {
    /** Listeners on the page and timers that are there now, of whoever. */
    countLeft: () => { listeners: number; timers: number };
  }
}

/** What a run may leave in the heap: far below what it would keep alive, above what the engine keeps for itself. */
const slackBytes = 500_000;

/** Counts the page's listeners and timers from now on. */
const watchPage = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const listeners = new Set<string>();
    // What is counted must not be kept alive by it.
    const ids = new WeakMap<object, number>();
    let known = 0;
    const nameOf = (type: string, listener: object): string => {
      if (!ids.has(listener)) ids.set(listener, known++);
      return `${type} ${ids.get(listener)}`;
    };
    const { addEventListener, removeEventListener, setTimeout, clearTimeout, setInterval, clearInterval } = window;
    window.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
      listeners.add(nameOf(type, listener));
      addEventListener.call(window, type, listener);
    };
    window.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
      listeners.delete(nameOf(type, listener));
      removeEventListener.call(window, type, listener);
    };
    const timers = new Set<number>();
    window.setTimeout = ((callback: () => void, delayMs: number) => {
      const timer: number = setTimeout.call(
        window,
        () => {
          timers.delete(timer);
          callback();
        },
        delayMs,
      ) as unknown as number;
      timers.add(timer);
      return timer;
    }) as unknown as typeof setTimeout;
    window.clearTimeout = ((timer: number) => {
      timers.delete(timer);
      clearTimeout.call(window, timer);
    }) as typeof clearTimeout;
    window.setInterval = ((callback: () => void, delayMs: number) => {
      const timer = setInterval.call(window, callback, delayMs) as unknown as number;
      timers.add(timer);
      return timer;
    }) as unknown as typeof setInterval;
    window.clearInterval = ((timer: number) => {
      timers.delete(timer);
      clearInterval.call(window, timer);
    }) as typeof clearInterval;
    window.countLeft = () => ({ listeners: listeners.size, timers: timers.size });
  });

const usedBytes = async (cdp: CDPSession): Promise<number> => {
  // The first run lets finalizers go, the second what they held.
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
};

/** How much larger the heap is after the second run of something than after the first, which warms up. */
const growthOf = async (page: Page, run: () => Promise<unknown>): Promise<number> => {
  const cdp = await page.context().newCDPSession(page);
  await run();
  const before = await usedBytes(cdp);
  await run();
  return (await usedBytes(cdp)) - before;
};

/** Resolves when the database could be deleted, and tells whether anything stood in the way. */
const deleteDatabase = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const deleting = indexedDB.deleteDatabase('ice-servers-loader');
        deleting.onblocked = () => resolve('blocked');
        deleting.onsuccess = () => resolve('deleted');
      }),
  );

/** How many objects with this prototype are in the heap. */
const countObjects = async (page: Page, prototype: string): Promise<number> => {
  const cdp = await page.context().newCDPSession(page);
  const { result } = await cdp.send('Runtime.evaluate', { expression: prototype });
  await cdp.send('HeapProfiler.collectGarbage');
  const { objects } = await cdp.send('Runtime.queryObjects', { prototypeObjectId: result.objectId! });
  const { result: count } = await cdp.send('Runtime.callFunctionOn', {
    objectId: objects.objectId!,
    functionDeclaration: 'function () { return this.length; }',
  });
  await cdp.detach();
  return count.value as number;
};

interface Counts {
  readonly nodes: number;
  readonly listeners: number;
}

/** The nodes and event listeners that the browser holds, also those that are outside the document. */
const countHeld = async (page: Page): Promise<Counts> => {
  const cdp = await page.context().newCDPSession(page);
  await usedBytes(cdp);
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  await cdp.detach();
  const valueOf = (name: string): number => metrics.find((one) => one.name === name)!.value;
  return { nodes: valueOf('Nodes'), listeners: valueOf('JSEventListeners') };
};

/** Starts a run in so many elements of both modes, one after the other, and removes each when the test of its servers begins. */
const runAndRemoveElements = (page: Page, given: { endpoint: string; apiKey: string }, count: number): Promise<void> =>
  page.evaluate(
    async ({ options, times }) => {
      for (let i = 0; i < times; i++) {
        const element: IceConnectivityElement = document.createElement('ice-connectivity');
        element.options = options;
        if (i % 2 === 1) element.setAttribute('mode', 'developer');
        element.addEventListener('ice-progress', ({ detail }) => detail.phase === 'servers' && element.remove());
        document.body.append(element);
        const { stopped } = await element.run();
        if (!stopped || element.isConnected) throw new Error('The run was not in progress when its element was removed.');
      }
    },
    { options: given, times: count },
  );

test('10,000 loads leave nothing in the heap, no timer, no listener and no open database', async ({ modulePage: page, standIn }) => {
  await watchPage(page);
  const growth = await growthOf(page, () =>
    page.evaluate(
      async (given) => {
        for (let i = 0; i < 10_000; i++) await window.api.loadRTCConfiguration(given);
      },
      { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
    ),
  );
  expect(growth).toBeLessThan(slackBytes);
  await expect.poll(() => page.evaluate(() => window.countLeft())).toEqual({ listeners: 0, timers: 0 });
  expect(await deleteDatabase(page)).toBe('deleted');
});

test('1,000 loaders that were made and disposed leave nothing in the heap, no timer, no listener and no open database', async ({
  modulePage: page,
  standIn,
}) => {
  await watchPage(page);
  const growth = await growthOf(page, () =>
    page.evaluate(
      async (given) => {
        for (let i = 0; i < 1000; i++) {
          const loader = window.api.createIceServersLoader({ ...given, autoRefresh: true });
          await loader.load();
          loader.dispose();
        }
      },
      { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
    ),
  );
  expect(growth).toBeLessThan(slackBytes);
  await expect.poll(() => page.evaluate(() => window.countLeft())).toEqual({ listeners: 0, timers: 0 });
  expect(await deleteDatabase(page)).toBe('deleted');
});

test('500 connections that were kept and closed are let go, with their listeners, the timer and the database', async ({
  modulePage: page,
  standIn,
}) => {
  await watchPage(page);
  await page.evaluate(
    (given) => {
      window.loader = window.api.createIceServersLoader(given);
    },
    { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
  );
  const growth = await growthOf(page, () =>
    page.evaluate(async () => {
      const configuration = await window.loader.load();
      for (let i = 0; i < 250; i++) {
        const connection = new RTCPeerConnection(configuration);
        window.api.keepFresh(connection, window.loader);
        connection.close();
      }
      // A look at the page is what lets closed ones go.
      window.dispatchEvent(new Event('visibilitychange'));
    }),
  );
  expect(growth).toBeLessThan(slackBytes);
  expect(await page.evaluate(() => window.countLeft())).toEqual({ listeners: 0, timers: 0 });
  expect(await countObjects(page, 'RTCPeerConnection.prototype')).toBe(0);
  expect(await deleteDatabase(page)).toBe('deleted');
});

test('200 connectivity elements that were removed during a run leave no element, connection, node, timer, listener or open database', async ({
  page,
  site,
  standIn,
}) => {
  await openElement(page, site, '');
  await watchPage(page);
  const options = { endpoint: standIn.endpoint, apiKey: standIn.apiKey };
  let held: Counts | undefined;
  const growth = await growthOf(page, async () => {
    await runAndRemoveElements(page, options, 100);
    held ??= await countHeld(page);
  });
  expect(growth).toBeLessThan(slackBytes);
  await expect.poll(() => page.evaluate(() => window.countLeft())).toEqual({ listeners: 0, timers: 0 });
  await expect.poll(() => countObjects(page, 'RTCPeerConnection.prototype')).toBe(0);
  await expect.poll(() => countObjects(page, "customElements.get('ice-connectivity').prototype")).toBe(0);
  await expect.poll(() => countHeld(page)).toEqual(held);
  expect(await deleteDatabase(page)).toBe('deleted');
});
