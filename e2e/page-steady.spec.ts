import { scenarioTitles } from '../demo/server/scenarios.js';
import { elementIn, expect, simulate, test, verdictIn } from './support/demo.js';
import { placesSeen, watchPlaces } from './support/places.js';
import { needCoturn } from './support/turn.js';

test.use({ allowedComplaints: /Failed to load resource|status of 4\d\d|Same Origin Policy|Using (three|five) or more STUN|ICE failed/ });

const everyTrouble = ['No problem', ...Object.values(scenarioTitles)];
/** With the shortest and the longest words. */
const someTroubles = ['No problem', scenarioTitles['wrong-app'], scenarioTitles['udp-blocked']];

for (const [width, troubles] of [
  [320, someTroubles],
  [360, someTroubles],
  [390, everyTrouble],
  [1280, everyTrouble],
] as const) {
  test.describe(`at ${width} pixels`, () => {
    test.use({ viewport: { width, height: 844 } });
    test.skip(({ browserName }) => browserName === 'firefox' && width !== 390, 'One width is enough to see another engine.');

    for (const trouble of troubles) {
      test(`nothing moves and nothing sticks out in a run, and its answer is in view: ${trouble}`, async ({ demoPage }) => {
        needCoturn();
        await demoPage.getByText('Simulate a problem').click();
        await watchPlaces(demoPage);
        await simulate(demoPage, trouble);
        await expect(verdictIn(demoPage).getByRole('heading')).toBeInViewport({ ratio: 1 });
        expect(await placesSeen(demoPage)).toEqual({ moved: [], overflow: 0 });
      });
    }

    test('nothing moves while regions are compared, and nothing sticks out', async ({ demoPage }) => {
      const compare = demoPage.getByRole('button', { name: 'Compare regions' });
      await compare.waitFor();
      await watchPlaces(demoPage);
      await compare.click();
      await expect(elementIn(demoPage).getByRole('button', { name: /^Use / })).toHaveCount(6, { timeout: 30_000 });
      expect(await placesSeen(demoPage)).toEqual({ moved: [], overflow: 0 });
    });
  });
}
