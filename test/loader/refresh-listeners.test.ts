import { describe, expect, it, vi } from 'vitest';
import { errorsOf, openTab, refreshesOf } from '../support/loaders.js';
import { stubPage } from '../support/page.js';
import { flush, settle } from '../support/world.js';

describe('a refresh listener', () => {
  it('may be an object, be called once, or end with a signal', async () => {
    const { loader } = openTab();
    const calls: string[] = [];
    const controller = new AbortController();
    loader.addEventListener('refresh', { handleEvent: () => void calls.push('object') });
    loader.addEventListener('refresh', () => void calls.push('once'), { once: true });
    loader.addEventListener('refresh', () => void calls.push('signal'), { signal: controller.signal });
    await settle(loader.load({ cache: 'reload' }));
    controller.abort();
    await settle(loader.load({ cache: 'reload' }));
    expect(calls).toEqual(['object', 'once', 'signal', 'object']);
  });

  it('starts no timer and listens to no event of the page: only autoRefresh and keepFresh refresh ahead of the expiry', async () => {
    const page = stubPage();
    const { loader } = openTab();
    refreshesOf(loader);
    errorsOf(loader);
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(0);
    expect(page.listenedTypes).toEqual([]);
  });

  it('that is added after dispose starts no timer', async () => {
    const page = stubPage();
    const { loader } = openTab();
    await settle(loader.load());
    loader.dispose();
    refreshesOf(loader);
    expect(vi.getTimerCount()).toBe(0);
    expect(page.listenedTypes).toEqual([]);
  });
});
