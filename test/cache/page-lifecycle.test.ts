import { describe, expect, it, vi } from 'vitest';
import { openTab, userOf } from '../support/loaders.js';
import { stubPage } from '../support/page.js';
import { watchIndexedDb } from '../support/storage.js';
import { advance, flush, hourMs, jumpClock, minuteMs, secondMs, settle } from '../support/world.js';

describe('a page that leaves and comes back', () => {
  it('C-13: may enter the back-forward cache: there is no open database, no channel and no unload listener', async () => {
    const page = stubPage();
    const channel = vi.fn();
    vi.stubGlobal('BroadcastChannel', channel);
    const { stillOpen } = watchIndexedDb();
    const { loader } = openTab({ autoRefresh: true });
    await settle(loader.load());
    await advance(secondMs);
    expect(stillOpen.size).toBe(0);
    expect(channel).not.toHaveBeenCalled();
    expect(page.listenedTypes).not.toContain('unload');
    expect(page.listenedTypes).not.toContain('beforeunload');
  });

  it.each(['visibilitychange', 'pagehide'])('C-14: finishes a pending write after %s, and storage works afterwards', async (type) => {
    const page = stubPage();
    const { loader, endpoint, anotherTab } = openTab({ autoRefresh: true });
    await settle(loader.load());
    page.fire(type, { persisted: true });
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    jumpClock(secondMs);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-67: sends one request for a load after pagehide and a pageshow past the expiry', async () => {
    const page = stubPage();
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    page.fire('pagehide', { persisted: true });
    jumpClock(8 * hourMs);
    page.fire('pageshow', { persisted: true });
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    await advance(minuteMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-67: has new servers after a pageshow past the expiry without any load, if it refreshes automatically', async () => {
    const page = stubPage();
    const { loader } = openTab({ autoRefresh: true });
    await settle(loader.load());
    jumpClock(8 * hourMs);
    page.fire('pageshow', { persisted: true });
    await flush();
    expect(userOf(loader.peek())).toBe('user-2');
  });
});
