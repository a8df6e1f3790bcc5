import type { Page } from '@playwright/test';
import { inTurns, spreadOf, type Spreads } from '../samples.js';
import type { Stage } from '../stage.js';

/** How long the endpoint takes to answer a request. */
export const endpointMs = 60;

/** Milliseconds that one `load` takes in a page. */
const timeLoad = (page: Page, address: string): Promise<number> =>
  page.evaluate(async (given) => {
    const startedAt = performance.now();
    await window.load(given);
    return performance.now() - startedAt;
  }, address);

/** Microseconds. */
export const memoryHit = ({ withPage, address }: Stage, rounds: number): Promise<Spreads> =>
  withPage('memory', async (page) => {
    const results = await page.evaluate(([given, count]) => window.measureMemory(given, count), [address, rounds] as const);
    return Object.fromEntries(Object.entries(results).map(([name, taken]) => [name, spreadOf(taken)]));
  });

/** Milliseconds of the first `load` of a page whose origin has an answer in storage. */
export const warmLoad = async (stage: Stage, names: readonly string[], rounds: number): Promise<Spreads> => {
  await stage.warm(names);
  return inTurns(names, rounds, (name) => stage.withPage(name, (page) => timeLoad(page, stage.address)));
};

/** Milliseconds of the first `load` of a page whose origin has nothing in storage. */
export const coldLoad = async (stage: Stage, names: readonly string[], rounds: number): Promise<Spreads> => {
  stage.standIn.faults.set({ delayMs: endpointMs });
  return inTurns(names, rounds, async (name) => {
    await stage.clear();
    return stage.withPage(name, (page) => timeLoad(page, stage.address));
  });
};

/** Milliseconds from the start of the navigation to the first relay candidate, for a page whose origin has an answer in storage. */
export const firstRelay = async (stage: Stage, names: readonly string[], rounds: number): Promise<Spreads> => {
  await stage.warm(names);
  stage.standIn.faults.set({ delayMs: endpointMs });
  return inTurns(names, rounds, (name) =>
    stage.withPage(`${name}/relay`, (page) => page.evaluate(() => (window as unknown as { firstRelay: Promise<number> }).firstRelay)),
  );
};

/** How long a page waits for the click, with the servers in memory. */
const beforeClickMs = 1000;

/** Milliseconds from the click until the first relay candidate, without and with a connection that has gathered in its pool. */
export const afterClick = (stage: Stage, rounds: number): Promise<Spreads> =>
  inTurns(['ordinary', 'pool'], rounds, (name) =>
    stage.withPage('loader', (page) =>
      page.evaluate(
        async ({ address, isPooled, waitMs }) => {
          const configuration = await window.load(address);
          const waiting = isPooled ? new RTCPeerConnection({ ...configuration, iceCandidatePoolSize: 1 }) : undefined;
          await new Promise((resolve) => setTimeout(resolve, waitMs));
          const clickedAt = performance.now();
          const connection = waiting ?? new RTCPeerConnection(await window.load(address));
          connection.createDataChannel('bench');
          const found = new Promise<number>((resolve) => {
            connection.addEventListener('icecandidate', ({ candidate }) => {
              if (candidate?.type === 'relay') resolve(performance.now());
            });
          });
          await connection.setLocalDescription();
          const foundAt = await found;
          connection.close();
          return foundAt - clickedAt;
        },
        { address: stage.address, isPooled: name === 'pool', waitMs: beforeClickMs },
      ),
    ),
  );

/** Milliseconds of the main thread, for a warm `load` alone, or with its script, which the browser has in its cache. */
export const mainThread = async (stage: Stage, names: readonly string[], rounds: number, withScript: boolean): Promise<Spreads> => {
  await stage.warm(names);
  return inTurns(names, rounds, (name) =>
    stage.withPage(withScript ? '' : name, async (page, cdp) => {
      const settle = () => page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
      const busyMs = async (): Promise<number> => {
        await settle();
        const { metrics } = await cdp.send('Performance.getMetrics');
        return metrics.find((one) => one.name === 'TaskDuration')!.value * 1000;
      };
      await cdp.send('Performance.enable');
      const before = await busyMs();
      await page.evaluate(
        async ({ script, address }) => {
          if (script) await import(script);
          await window.load(address);
        },
        { script: withScript && `/${name}.js`, address: stage.address },
      );
      return (await busyMs()) - before;
    }),
  );
};
