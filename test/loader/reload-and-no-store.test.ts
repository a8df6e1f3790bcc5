import { describe, expect, it } from 'vitest';
import { delayed, httpError, unreachable } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import { failureOf, flush, hourMs, jumpClock, outcomeOf, secondMs, settle, startOfTime } from '../support/world.js';

describe('cache: "reload"', () => {
  it('asks the endpoint though a fresh answer is there', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    expect(userOf(await settle(loader.load({ cache: 'reload' })))).toBe('user-2');
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('keeps the new answer for the next page', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(secondMs);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
  });

  it('C-28: rejects where the network is down, and leaves the good entry in place', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'network' });
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('rejects in spite of a stale entry, which it does not ask for', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(2 * hourMs);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'network' });
  });

  it('rejects in spite of a fallback, which would hide the answer', async () => {
    const { loader } = openTab({ fallback: [{ urls: 'stun:stun.example.com' }] }, unreachable, unreachable, unreachable);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'network' });
  });

  it('while an unforced request is under way gets the answer of an endpoint that was really asked', async () => {
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
  it('asks the endpoint and keeps nothing', async () => {
    const { loader, anotherTab } = openTab();
    expect(userOf(await settle(loader.load({ cache: 'no-store' })))).toBe('user-1');
    await flush();
    expect(loader.peek()).toBeUndefined();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
  });

  it('leaves what was kept before as it is', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    expect(userOf(await settle(loader.load({ cache: 'no-store' })))).toBe('user-2');
    expect(userOf(loader.peek())).toBe('user-1');
  });

  it('tells in the status that the answer came from the network', async () => {
    const { loader } = openTab();
    await settle(loader.load({ cache: 'no-store' }));
    expect(loader.status).toMatchObject({ source: 'network', fetchedAt: startOfTime });
  });

  it('keeps the answer where a caller who shares it wants it kept', async () => {
    const { loader, endpoint } = openTab({}, delayed(secondMs));
    const both = Promise.all([loader.load({ cache: 'no-store' }), loader.load()]);
    await settle(both);
    expect(userOf(loader.peek())).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('rejects where the endpoint fails', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.next(httpError(400));
    expect(await failureOf(loader.load({ cache: 'no-store' }))).toMatchObject({ code: 'invalid-request' });
  });
});

describe('a reload under way', () => {
  it('does not keep another caller of the page from what storage holds', async () => {
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
