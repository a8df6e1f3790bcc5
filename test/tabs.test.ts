import { describe, expect, it } from 'vitest';
import { httpError, unreachable } from './support/endpoint.js';
import { mockRandom, openTab, refreshesOf, userOf } from './support/loaders.js';
import { stubPage } from './support/page.js';
import { advance, settle, failureOf, hourMs, jumpClock, minuteMs, secondMs, flush } from './support/world.js';

describe('a tab that finds the answer of another one', () => {
  it('fires no refresh event for the first servers it has', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    const second = anotherTab();
    const refreshes = refreshesOf(second);
    await settle(second.load());
    expect(second.status).toMatchObject({ source: 'indexeddb' });
    expect(refreshes).toEqual([]);
  });

  it('is over its own failure of before', async () => {
    const { loader, anotherTab, endpoint } = openTab({ maxAge: 120 }, httpError(404));
    await failureOf(loader.load());
    await flush();
    jumpClock(secondMs);
    await settle(anotherTab().load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    jumpClock(130 * secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-3');
    expect(endpoint.requests).toHaveLength(3);
  });

  it('C-22: and the failure beside it leaves the endpoint alone until the cool-down ends', async () => {
    const { loader, anotherTab, endpoint } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(hourMs + minuteMs);
    endpoint.always(httpError(429));
    await settle(loader.load());
    await flush();
    const second = anotherTab();
    expect(userOf(await settle(second.load()))).toBe('user-1');
    expect(second.status).toMatchObject({ source: 'stale' });
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-39: counts its age on, whatever becomes of the wall clock', async () => {
    mockRandom(0);
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await advance(25 * minuteMs);
    const second = anotherTab();
    await settle(second.load());
    jumpClock(-20 * minuteMs);
    await advance(36 * minuteMs);
    expect(second.peek()).toBeUndefined();
  });
});

describe('what a tab does', () => {
  it('when it is online again leaves the answer in storage to the others', async () => {
    const page = stubPage();
    const { loader, anotherTab, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    await failureOf(loader.load({ cache: 'reload' }));
    await flush();
    page.fire('online');
    await flush();
    expect(userOf(await settle(anotherTab().load({ cache: 'only-if-cached' })))).toBe('user-1');
  });

  it('C-63: to invalidate drops the answer for the others as well, also while the endpoint limits the rate', async () => {
    const { loader, anotherTab, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(httpError(429));
    await failureOf(loader.load({ cache: 'reload' }));
    await settle(loader.invalidate());
    expect(await failureOf(anotherTab().load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
  });
});

describe('a wall clock', () => {
  it('C-39: set back to the very moment of the request makes nothing young', async () => {
    const { loader } = openTab({ storage: 'memory' });
    await settle(loader.load());
    const { fetchedAt } = loader.status!;
    await advance(2 * hourMs);
    jumpClock(fetchedAt - Date.now());
    expect(loader.peek()).toBeUndefined();
  });
});
