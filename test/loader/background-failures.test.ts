import { describe, expect, it } from 'vitest';
import { FakeConnection } from '../support/connection.js';
import { good } from '../support/endpoint.js';
import { keep, mockRandom, openTab } from '../support/loaders.js';
import { advance, hourMs, jumpClock, minuteMs, settle } from '../support/world.js';

describe('a refresh in the background that fails without a cool-down', () => {
  it('is tried again once a minute at most, if an apiKey function returns a key of another kind', async () => {
    let calls = 0;
    const { loader } = openTab({
      autoRefresh: true,
      maxAge: 600,
      apiKey: () => {
        calls++;
        return calls === 1 ? '0123456789abcdef0123456789abcdef0123' : 'sk_live_1234';
      },
    });
    await settle(loader.load());
    await advance(20 * minuteMs);
    expect(calls).toBeGreaterThan(2);
    expect(calls).toBeLessThanOrEqual(20);
  });

  it('is tried again once a minute at most, if the fetch option returns no Response', async () => {
    let calls = 0;
    const { loader } = openTab({
      maxAge: 600,
      fetch: async (input, init) => {
        calls++;
        return calls === 1 ? good(init, 1) : (undefined as never);
      },
    });
    keep(new FakeConnection(await settle(loader.load())), loader);
    await advance(20 * minuteMs);
    expect(calls).toBeGreaterThan(2);
    expect(calls).toBeLessThanOrEqual(20);
  });
});

describe('C-39: a clock that is set back by a day', () => {
  it('stops no refresh: autoRefresh fills peek() again within a minute', async () => {
    mockRandom(0.5);
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    jumpClock(-24 * hourMs);
    expect(loader.peek()).toBeUndefined();
    await advance(2 * minuteMs);
    expect(loader.peek()).toBeDefined();
    expect(endpoint.requests).toHaveLength(2);
  });
});
