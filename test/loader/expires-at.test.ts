import { describe, expect, it } from 'vitest';
import { openTab } from '../support/loaders.js';
import { advance, failureOf, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, settle, startOfTime } from '../support/world.js';

describe('expiresAt', () => {
  it.each([
    ['a Date', new Date(startOfTime + 10 * minuteMs)],
    ['epoch milliseconds', startOfTime + 10 * minuteMs],
  ])('as %s is the status’s expiresAt', async (_, expiresAt) => {
    const { loader } = openTab({ expiresAt });
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + 10 * minuteMs);
  });

  it('in the past serves nothing, and causes at most one more request', async () => {
    const { loader, endpoint } = openTab({ expiresAt: startOfTime + 10 * minuteMs });
    await settle(loader.load());
    jumpClock(10 * minuteMs);
    for (let i = 0; i < 5; i++) {
      expect(await failureOf(loader.load())).toMatchObject({ name: 'IceServersError' });
      jumpClock(minuteMs);
    }
    expect(loader.peek()).toBeUndefined();
    expect(endpoint.requests.length).toBeLessThanOrEqual(2);
  });

  it('in the past serves nothing from storage either', async () => {
    const { loader, anotherTab } = openTab({ expiresAt: startOfTime + 10 * minuteMs });
    await settle(loader.load());
    jumpClock(11 * minuteMs);
    expect(await failureOf(anotherTab().load({ cache: 'only-if-cached' }))).toMatchObject({ name: 'IceServersError' });
  });

  it('does not change if the app changes its Date later', async () => {
    const expiresAt = new Date(startOfTime + 10 * minuteMs);
    const { loader } = openTab({ expiresAt });
    expiresAt.setTime(0);
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + 10 * minuteMs);
  });

  it('in the past rejects a load with a message that says so, without a request', async () => {
    const { loader, endpoint } = openTab({ expiresAt: Date.now() + minuteMs });
    jumpClock(2 * minuteMs);
    const error = await failureOf(loader.load());
    expect(error).toMatchObject({ code: 'invalid-api-key', retryable: false });
    expect((error as Error).message).toMatch(/expiresAt has passed/);
    expect(endpoint.requests).toHaveLength(0);
  });

  it('C-40: in a moment causes no loop of requests', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true, expiresAt: startOfTime + 10 * secondMs });
    await settle(loader.load());
    await advance(5 * minuteMs);
    for (let i = 0; i < 20; i++) await outcomeOf(loader.load());
    expect(endpoint.requests.length).toBeLessThanOrEqual(15);
  });

  it('C-40: in the past causes no loop of requests', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true, expiresAt: startOfTime - hourMs });
    for (let i = 0; i < 20; i++) await failureOf(loader.load());
    await advance(5 * minuteMs);
    expect(endpoint.requests.length).toBeLessThanOrEqual(1);
  });
});
