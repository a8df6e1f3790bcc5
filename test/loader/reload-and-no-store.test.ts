import { describe, expect, it } from 'vitest';
import { delayed, httpError, unreachable } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import { failureOf, flush, hourMs, jumpClock, outcomeOf, secondMs, settle, startOfTime } from '../support/world.js';

describe('cache: "reload"', () => {
  it('sends a request even if there is a fresh entry', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    expect(userOf(await settle(loader.load({ cache: 'reload' })))).toBe('user-2');
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('caches the new answer for the next page', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(secondMs);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
  });

  it('C-28: rejects if the network is down, and keeps the fresh entry', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'network' });
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('rejects if the request fails, even if there is a stale entry', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(2 * hourMs);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'network' });
  });

  it('rejects if the request fails, even if there is a fallback', async () => {
    const { loader } = openTab({ fallback: [{ urls: 'stun:stun.example.com' }] }, unreachable, unreachable, unreachable);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'network' });
  });

  it('gets a new answer even if it joins an ordinary load', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    const second = anotherTab();
    const [unforced, forced] = [second.load(), second.load({ cache: 'reload' })];
    expect(userOf(await settle(forced))).toBe('user-2');
    expect(userOf(await settle(unforced))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });
});

describe('cache: "no-store"', () => {
  it('sends a request and caches nothing', async () => {
    const { loader, anotherTab } = openTab();
    expect(userOf(await settle(loader.load({ cache: 'no-store' })))).toBe('user-1');
    await flush();
    expect(loader.peek()).toBeUndefined();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
  });

  it('keeps the entry of an earlier load', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    expect(userOf(await settle(loader.load({ cache: 'no-store' })))).toBe('user-2');
    expect(userOf(loader.peek())).toBe('user-1');
  });

  it('says in the status that the answer came from the network', async () => {
    const { loader } = openTab();
    await settle(loader.load({ cache: 'no-store' }));
    expect(loader.status).toMatchObject({ source: 'network', fetchedAt: startOfTime });
  });

  it('caches the answer if it is shared with an ordinary load', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    const both = Promise.all([loader.load({ cache: 'no-store' }), loader.load()]);
    await settle(both);
    expect(userOf(loader.peek())).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('rejects if the request fails', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.next(httpError(400));
    expect(await failureOf(loader.load({ cache: 'no-store' }))).toMatchObject({ code: 'invalid-request' });
  });
});

describe('a pending reload', () => {
  it('does not keep another caller from the stored entry', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    endpoint.always(delayed(5 * secondMs));
    const page = anotherTab();
    const reloading = page.load({ cache: 'reload' });
    const { value, ms } = await outcomeOf(page.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(0);
    expect(userOf(await settle(reloading))).toBe('user-2');
  });
});
