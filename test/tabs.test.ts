import { describe, expect, it } from 'vitest';
import { refusal, unreachable } from './support/endpoint.js';
import { fixChance, openTab, refreshesOf, userOf } from './support/loaders.js';
import { stubPage } from './support/page.js';
import { advance, arrival, failureOf, hourMs, jump, minuteMs, secondMs, turns } from './support/world.js';

describe('a tab that finds the answer of another one', () => {
  it('fires no refresh event for the first servers it has', async () => {
    const { loader, anotherTab } = openTab();
    await arrival(loader.load());
    await turns();
    const second = anotherTab();
    const refreshes = refreshesOf(second);
    await arrival(second.load());
    expect(second.status).toMatchObject({ source: 'indexeddb' });
    expect(refreshes).toEqual([]);
  });

  it('is over its own failure of before', async () => {
    const { loader, anotherTab, endpoint } = openTab({ maxAge: 120 }, refusal(404));
    await failureOf(loader.load());
    await turns();
    jump(secondMs);
    await arrival(anotherTab().load({ cache: 'reload' }));
    await turns();
    expect(userOf(await arrival(loader.load()))).toBe('user-2');
    jump(130 * secondMs);
    expect(userOf(await arrival(loader.load()))).toBe('user-3');
    expect(endpoint.requests).toHaveLength(3);
  });

  it('C-22: and the failure beside it leaves the endpoint alone until the cool-down ends', async () => {
    const { loader, anotherTab, endpoint } = openTab();
    await arrival(loader.load());
    await turns();
    jump(hourMs + minuteMs);
    endpoint.always(refusal(429));
    await arrival(loader.load());
    await turns();
    const second = anotherTab();
    expect(userOf(await arrival(second.load()))).toBe('user-1');
    expect(second.status).toMatchObject({ source: 'stale' });
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-39: counts its age on, whatever becomes of the wall clock', async () => {
    fixChance(0);
    const { loader, anotherTab } = openTab();
    await arrival(loader.load());
    await advance(25 * minuteMs);
    const second = anotherTab();
    await arrival(second.load());
    jump(-20 * minuteMs);
    await advance(36 * minuteMs);
    expect(second.peek()).toBeUndefined();
  });
});

describe('what a tab does', () => {
  it('when it is online again leaves the answer in storage to the others', async () => {
    const page = stubPage();
    const { loader, anotherTab, endpoint } = openTab();
    await arrival(loader.load());
    endpoint.always(unreachable);
    await failureOf(loader.load({ cache: 'reload' }));
    await turns();
    page.fire('online');
    await turns();
    expect(userOf(await arrival(anotherTab().load({ cache: 'only-if-cached' })))).toBe('user-1');
  });

  it('C-63: to invalidate drops the answer for the others as well, also while the endpoint limits the rate', async () => {
    const { loader, anotherTab, endpoint } = openTab();
    await arrival(loader.load());
    endpoint.always(refusal(429));
    await failureOf(loader.load({ cache: 'reload' }));
    await arrival(loader.invalidate());
    expect(await failureOf(anotherTab().load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
  });
});

describe('a wall clock', () => {
  it('C-39: set back to the very moment of the request makes nothing young', async () => {
    const { loader } = openTab({ storage: 'memory' });
    await arrival(loader.load());
    const { fetchedAt } = loader.status!;
    await advance(2 * hourMs);
    jump(fetchedAt - Date.now());
    expect(loader.peek()).toBeUndefined();
  });
});
