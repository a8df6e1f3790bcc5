import { describe, expect, it } from 'vitest';
import { delayed, httpError } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import { advance, hourMs, jumpClock, secondMs, settle, startOfTime } from '../support/world.js';

describe('a slow answer', () => {
  it('C-41: has an age from the start of its request', async () => {
    const { loader } = openTab({}, delayed(8 * secondMs));
    await settle(loader.load());
    expect(loader.status).toMatchObject({ fetchedAt: startOfTime, expiresAt: startOfTime + hourMs });
    jumpClock(hourMs - 8 * secondMs - 1);
    expect(loader.peek()).toBeDefined();
    jumpClock(1);
    expect(loader.peek()).toBeUndefined();
  });

  it('C-41: has an age from the start of its attempt or earlier, never later', async () => {
    const { loader } = openTab({}, delayed(2 * secondMs, httpError(500)), delayed(2 * secondMs));
    await settle(loader.load());
    expect(loader.status!.fetchedAt).toBeLessThanOrEqual(startOfTime + 3 * secondMs);
  });

  it('C-41: that has expired when it comes is returned once, and is not fresh afterwards', async () => {
    const { loader, endpoint } = openTab({ maxAge: 5 }, delayed(8 * secondMs), delayed(8 * secondMs));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(loader.peek()).toBeUndefined();
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-41: has an age by the monotonic clock if the wall clock was set back meanwhile', async () => {
    const { loader } = openTab({ maxAge: 60 }, delayed(8 * secondMs));
    const loading = loader.load();
    await advance(4 * secondMs);
    jumpClock(-2 * secondMs);
    await settle(loading);
    await advance(52 * secondMs);
    expect(loader.peek()).toBeUndefined();
  });
});
