import type { CDPSession, Page } from '@playwright/test';

export interface HeldCounts {
  readonly nodes: number;
  readonly listeners: number;
}

/** How much larger the heap is after the second run of something than after the first, which warms up. */
export async function growthOf(page: Page, run: () => Promise<unknown>): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await run();
  const before = await usedBytes(cdp);
  await run();
  return (await usedBytes(cdp)) - before;
}

/** How many objects with this prototype are in the heap. */
export async function countObjects(page: Page, prototype: string): Promise<number> {
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
}

/** The nodes and event listeners that the browser holds, also those that are outside the document. */
export async function countHeld(page: Page): Promise<HeldCounts> {
  const cdp = await page.context().newCDPSession(page);
  await usedBytes(cdp);
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  await cdp.detach();
  const valueOf = (name: string): number => metrics.find((one) => one.name === name)!.value;
  return { nodes: valueOf('Nodes'), listeners: valueOf('JSEventListeners') };
}

async function usedBytes(cdp: CDPSession): Promise<number> {
  // The first run lets finalizers go, the second what they held.
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
}
