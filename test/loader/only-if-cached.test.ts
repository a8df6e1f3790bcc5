import { describe, expect, it } from 'vitest';
import { delayed } from '../support/endpoint.js';
import { mockRandom, openTab, userOf } from '../support/loaders.js';
import { advance, failureOf, hourMs, jumpClock, secondMs, settle } from '../support/world.js';

describe('cache: "only-if-cached"', () => {
  it('resolves with the entry in memory', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    expect(userOf(await settle(loader.load({ cache: 'only-if-cached' })))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('resolves with the entry in storage', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    const second = anotherTab();
    expect(userOf(await settle(second.load({ cache: 'only-if-cached' })))).toBe('user-1');
    expect(second.status?.source).toBe('indexeddb');
  });

  it('rejects with not-cached if there is no entry, without a request', async () => {
    const { loader, endpoint } = openTab();
    expect(await failureOf(loader.load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached', retryable: false });
    expect(endpoint.requests).toEqual([]);
  });

  it('rejects with not-cached if the entry is past maxAge', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    jumpClock(hourMs);
    expect(await failureOf(loader.load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
  });

  it('never sends a request, even past the refresh time', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(0.8 * hourMs);
    await settle(loader.load({ cache: 'only-if-cached' }));
    await advance(secondMs);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('does not wait for a pending request', async () => {
    const { loader } = openTab({}, delayed(5 * secondMs));
    const slow = loader.load();
    expect(await failureOf(loader.load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
    await settle(slow);
  });
});
