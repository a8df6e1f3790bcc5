import * as fc from 'fast-check';
import { bodies } from '../test/support/bodies.js';
import { expect, openModule, test } from './support/test.js';

const seed = 20_260_601;
const count = 2400;
/** Chromium counts closed connections until they are collected, and allows 500. */
const batchSize = 400;

test('C-57: whatever body comes, load gives a configuration that the constructor takes, or invalid-response', async ({
  browserName,
  page,
  site,
}) => {
  const texts = fc.sample(bodies, { seed, numRuns: count }).map((body) => JSON.stringify(body));
  const outcomes: Record<string, number> = {};
  await openModule(page, site);
  for (let from = 0; from < count; from += batchSize) {
    const found = await page.evaluate(
      (batch) =>
        Promise.all(
          batch.map(async (text) => {
            const loader = window.api.createIceServersLoader({
              endpoint: 'http://any.test/',
              apiKey: 'any',
              storage: 'memory',
              fetch: async () => new Response(text),
            });
            let configuration: RTCConfiguration;
            try {
              configuration = await loader.load();
            } catch (error) {
              return String((error as { code?: string }).code);
            }
            try {
              new RTCPeerConnection(configuration).close();
              return 'taken';
            } catch (error) {
              return `${String(error)} for ${JSON.stringify(configuration.iceServers)}`;
            }
          }),
        ),
      texts.slice(from, from + batchSize),
    );
    if (browserName === 'chromium') await page.requestGC();
    for (const outcome of found) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  expect(Object.keys(outcomes).sort()).toEqual(['invalid-response', 'taken']);
  // Else the sample would show nothing.
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(count / 10);
});
