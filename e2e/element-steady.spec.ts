import { answerIn, elementOf, openElement, runElement, scenarioOf } from './support/element.js';
import { placesSeen, watchPlaces } from './support/places.js';
import { expect, test } from './support/test.js';

test.use({ allowedComplaints: /Failed to load resource|status of 4\d\d|Using (three|five) or more STUN|ICE failed/ });

for (const width of [320, 390, 768, 1280, 1440]) {
  test.describe(`at ${width} pixels`, () => {
    test.use({ viewport: { width, height: 844 } });
    test.skip(
      ({ browserName }) => browserName === 'firefox' && [768, 1440].includes(width),
      'Three widths are enough to see another engine.',
    );

    for (const scenario of ['no-trouble', 'udp-blocked', 'dead-server', 'unknown-name', 'wrong-key']) {
      test(`nothing of the element moves or sticks out in a run, not even at its ends: ${scenario}`, async ({ page, site, standIn }) => {
        const own = scenarioOf(standIn, scenario);
        const element = await openElement(page, site, elementOf(own));
        await watchPlaces(page);
        await runElement(element);
        await expect(answerIn(element).getByRole('heading')).toBeInViewport({ ratio: 1 });
        expect(await placesSeen(page)).toEqual({ moved: [], overflow: 0 });
      });
    }
  });
}

for (const width of [390, 1280]) {
  test.describe(`developer mode at ${width} pixels`, () => {
    test.use({ viewport: { width, height: 844 } });

    test('nothing of the element moves or sticks out in a run, not even at its ends: udp-blocked', async ({ page, site, standIn }) => {
      const blocked = { endpoint: `${standIn.scenarios}/udp-blocked`, apiKey: standIn.apiKey };
      const element = await openElement(page, site, elementOf(blocked, 'mode="developer"'));
      await watchPlaces(page);
      await runElement(element);
      await expect(answerIn(element).getByRole('heading')).toBeInViewport({ ratio: 1 });
      expect(await placesSeen(page)).toEqual({ moved: [], overflow: 0 });
    });
  });
}
