import { scenarioTitles } from '../demo/server/scenarios.js';
import { elementIn, expect, simulate, test, verdictIn } from './support/demo.js';
import { placesSeen, watchPlaces } from './support/places.js';
import { needCoturn } from './support/turn.js';

test.use({ allowedComplaints: /Failed to load resource|status of 4\d\d|Same Origin Policy|Using (three|five) or more STUN|ICE failed/ });

for (const width of [320, 390, 1280]) {
  test.describe(`at ${width} pixels`, () => {
    test.use({ viewport: { width, height: 844 } });

    for (const trouble of ['No problem', ...Object.values(scenarioTitles)]) {
      test(`nothing moves and nothing sticks out in a run, and its answer is in view: ${trouble}`, async ({ demoPage }) => {
        needCoturn();
        await demoPage.getByText('Simulate a problem').click();
        await watchPlaces(demoPage);
        await simulate(demoPage, trouble);
        await expect(verdictIn(demoPage).getByRole('heading')).toBeInViewport({ ratio: 1 });
        expect(await placesSeen(demoPage)).toEqual({ moved: [], widest: width });
      });
    }

    test('nothing moves while regions are compared, and nothing sticks out', async ({ demoPage }) => {
      await demoPage.getByRole('button', { name: 'Compare regions' }).click();
      await watchPlaces(demoPage);
      await expect(elementIn(demoPage).getByRole('button', { name: /^Use / })).toHaveCount(6, { timeout: 30_000 });
      expect(await placesSeen(demoPage)).toEqual({ moved: [], widest: width });
    });
  });
}
