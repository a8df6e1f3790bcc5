import type { CompareRegionsOptions, RegionResult } from '../src/connectivity.js';
import type { Page } from '@playwright/test';
import { expect, test } from './support/connectivity.js';

const compareIn = (
  page: Page,
  options: { endpoint: string; apiKey: string },
  settings: CompareRegionsOptions,
): Promise<{ results: RegionResult[]; told: RegionResult[]; made: number; open: number }> =>
  page.evaluate(
    async ({ given, wanted }) => {
      window.made = [];
      const told: RegionResult[] = [];
      const results = await window.connectivity.compareRegions(given, { ...wanted, onResult: (result) => told.push(result) });
      return {
        results,
        told,
        made: window.made.length,
        open: window.made.filter(({ signalingState }) => signalingState !== 'closed').length,
      };
    },
    { given: options, wanted: settings },
  );

test('regions come nearest first, and data goes through the winner', async ({ connectivityPage, standIn }) => {
  const { endpoint, apiKey } = standIn;
  const { results, told, made, open } = await compareIn(connectivityPage, { endpoint, apiKey }, { regions: ['europe', 'asia', 'oceania'] });
  expect(results.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
  expect(results.map(({ region }) => region).sort()).toEqual(['asia', 'europe', 'oceania']);
  const rtts = results.map(({ rtt }) => rtt!);
  expect(rtts).toEqual([...rtts].sort((a, b) => a - b));
  for (const { url, samples } of results) {
    expect(url).toMatch(/^turn:[\w-]+\.relay\.localhost:\d+$/);
    expect(samples).toHaveLength(3);
  }
  expect(results.map(({ relay }) => !!relay)).toEqual([true, false, false]);
  expect(told).toHaveLength(4);
  expect([made, open]).toEqual([3 * 3 + 2, 0]);
  expect(JSON.stringify(results)).not.toContain(apiKey);
});

test('a region is asked for once, and not again where its servers are cached', async ({ connectivityPage, standIn }) => {
  const { endpoint, apiKey } = standIn;
  for (const expected of [2, 2]) {
    await compareIn(connectivityPage, { endpoint, apiKey }, { regions: ['europe', 'asia'], samples: 1 });
    expect(standIn.requests.records).toHaveLength(expected);
  }
});

test('an abort resolves with what was measured, and the rest aborted', async ({ connectivityPage, standIn }) => {
  const { endpoint, apiKey } = standIn;
  const outcome = await connectivityPage.evaluate(
    async (given) => {
      window.made = [];
      const controller = new AbortController();
      const results = await window.connectivity.compareRegions(given, { signal: controller.signal, onResult: () => controller.abort() });
      const open = window.made.filter(({ signalingState }) => signalingState !== 'closed').length;
      return { count: results.length, statuses: results.map(({ status }) => status), open };
    },
    { endpoint, apiKey },
  );
  expect(outcome.count).toBe(22);
  expect(outcome.statuses[0]).toBe('ok');
  expect(outcome.statuses.at(-1)).toBe('aborted');
  expect(outcome.open).toBe(0);
});

test('a wrong option rejects before anything is asked for', async ({ connectivityPage, standIn }) => {
  const reason = await connectivityPage.evaluate(
    (endpoint) => window.connectivity.compareRegions({ endpoint, apiKey: 7 } as never).catch((error: unknown) => String(error)),
    standIn.endpoint,
  );
  expect(reason).toMatch(/^TypeError: .*apiKey/);
  expect(standIn.requests.records).toHaveLength(0);
});

test.describe(() => {
  test.use({ allowedComplaints: /status of 4\d\d/ });

  test('a wrong key is told by its code, and the regions after it are not asked for', async ({ connectivityPage, standIn }) => {
    const { endpoint } = standIn;
    const apiKey = '0123456789abcdef0123456789abcdef0123';
    const { results, made } = await compareIn(connectivityPage, { endpoint, apiKey }, {});
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['invalid-api-key']));
    expect(results).toHaveLength(22);
    expect(results[0]).toEqual({ region: results[0]!.region, samples: [], status: 'invalid-api-key' });
    expect(standIn.requests.records.length).toBeLessThanOrEqual(6);
    expect(made).toBe(0);
  });
});

test('regions that share a server which does not relay are refuted together', async ({ connectivityPage, standIn }) => {
  const { endpoint, apiKey } = standIn;
  const statuses = await connectivityPage.evaluate(
    async ({ given, url }) => {
      const fetch = async (): Promise<Response> => Response.json([{ urls: url, username: 'nobody', credential: 'wrong' }]);
      // One more than there are confirmations.
      const regions = ['europe', 'asia', 'africa', 'north_america'];
      const results = await window.connectivity.compareRegions({ ...given, fetch }, { regions });
      return results.map(({ status }) => status);
    },
    { given: { endpoint, apiKey }, url: `turn:127.0.0.1:${standIn.turn.port}` },
  );
  expect([statuses.length, ...new Set(statuses)]).toEqual([4, 'unauthorized']);
});

test('an abort while the nearest is confirmed keeps what was measured', async ({ connectivityPage, standIn }) => {
  const { endpoint, apiKey } = standIn;
  const results = await connectivityPage.evaluate(
    async (given) => {
      const controller = new AbortController();
      window.made = [];
      const push = window.made.push.bind(window.made);
      window.made.push = (connection) => {
        // Only the confirmation may use nothing but the relay.
        if (connection.getConfiguration().iceTransportPolicy === 'relay') queueMicrotask(() => controller.abort());
        return push(connection);
      };
      return window.connectivity.compareRegions(given, { regions: ['europe', 'asia'], signal: controller.signal });
    },
    { endpoint, apiKey },
  );
  expect(results.map(({ status, rtt }) => [status, typeof rtt])).toEqual([
    ['ok', 'number'],
    ['ok', 'number'],
  ]);
});

test('no listener of a region that could not be loaded is left', async ({ connectivityPage }) => {
  const left = await connectivityPage.evaluate(async () => {
    const live = new Set<unknown>();
    const { addEventListener: add, removeEventListener: remove } = window;
    window.addEventListener = (...given: unknown[]) => {
      live.add(given[1]);
      add.apply(window, given as Parameters<typeof add>);
    };
    window.removeEventListener = (...given: unknown[]) => {
      live.delete(given[1]);
      remove.apply(window, given as Parameters<typeof remove>);
    };
    await window.connectivity.compareRegions(
      { appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123', fetch: () => Promise.reject(new TypeError('no')) },
      { regions: ['europe'] },
    );
    Object.assign(window, { addEventListener: add, removeEventListener: remove });
    return live.size;
  });
  expect(left).toBe(0);
});

test('after a 429 the regions in the cache are still measured', async ({ connectivityPage, standIn }) => {
  const { endpoint, apiKey } = standIn;
  await compareIn(connectivityPage, { endpoint, apiKey }, { regions: ['asia'], samples: 1 });
  const results = await connectivityPage.evaluate(
    async (given) => {
      const limited = async (): Promise<Response> => new Response('', { status: 429 });
      // More than are loaded at once come before the one in the cache.
      const regions = [...Array.from({ length: 6 }, (_, index) => `new-${index}`), 'asia'];
      return window.connectivity.compareRegions({ ...given, fetch: limited }, { regions, samples: 1 });
    },
    { endpoint, apiKey },
  );
  expect(results.map(({ region, status }) => [region, status])).toContainEqual(['asia', 'ok']);
});
