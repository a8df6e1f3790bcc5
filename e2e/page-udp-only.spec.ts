import { expect, runTest, startDemo, test, verdictIn, waysIn } from './support/demo.js';

const advice = /serves UDP only\. For TCP and TLS, install coturn \(apt-get install coturn, or brew install coturn\)/;

test('without coturn the demo works over UDP, and its terminal and its page say how to get TCP and TLS', async ({ page }) => {
  const { origin, said, stop } = await startDemo({ TURN_SERVER: 'node-turn' });
  try {
    expect(said).toMatch(advice);
    await page.goto(origin);
    await expect(page.getByText(advice)).toBeVisible();
    await runTest(page);
    await expect(verdictIn(page).getByRole('heading')).toHaveText('Calls will work');
    await expect(waysIn(page)).toHaveCount(2);
    await expect(waysIn(page).first()).toContainText(/UDP relay.*Works/s);
  } finally {
    await stop();
  }
});
