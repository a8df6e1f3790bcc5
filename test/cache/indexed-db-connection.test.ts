import { forceCloseDatabase } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { openTab, userOf } from '../support/loaders.js';
import { deleteDatabase, watchIndexedDb } from '../support/storage.js';
import { advance, flush, jumpClock, secondMs, settle } from '../support/world.js';

describe('a connection to IndexedDB', () => {
  it('C-03: is closed when a load is over', async () => {
    const { opens, stillOpen } = watchIndexedDb();
    const { loader } = openTab();
    await settle(loader.load());
    await advance(secondMs);
    expect(opens).toHaveBeenCalled();
    expect(stillOpen.size).toBe(0);
  });

  it('C-03: may be closed by the browser: the next read and the next write still work', async () => {
    const { opens } = watchIndexedDb();
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    for (const { value } of opens.mock.results) forceCloseDatabase((value as IDBOpenDBRequest).result as never);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
    jumpClock(secondMs);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-12: does not block deleteDatabase in another tab, and this tab goes on working', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    expect(await deleteDatabase()).toBe('success');
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    jumpClock(secondMs);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });
});
