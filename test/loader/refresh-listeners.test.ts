import { describe, expect, it, vi } from 'vitest';
import { errorsOf, openTab, refreshesOf } from '../support/loaders.js';
import { stubPage } from '../support/page.js';
import { flush, settle } from '../support/world.js';

describe('a refresh listener', () => {
  it('may be heard by an object, once, and until a signal says otherwise', async () => {
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

  it.each([
    ['removed', (loader: EventTarget, listener: () => void) => loader.removeEventListener('refresh', listener)],
    ['gone with its signal', (_: EventTarget, __: () => void, controller: AbortController) => controller.abort()],
  ])('with the last listener %s, no timer is left', async (_, end) => {
    const { loader } = openTab();
    const listener = vi.fn();
    const controller = new AbortController();
    loader.addEventListener('refresh', listener, { signal: controller.signal });
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(1);
    end(loader, listener, controller);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('with a listener for once that was called, no timer is left', async () => {
    const { loader } = openTab();
    loader.addEventListener('refresh', () => {}, { once: true });
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('with a listener for once that was taken away and put back for good, the timer stays', async () => {
    const { loader } = openTab();
    const listener = vi.fn();
    loader.addEventListener('refresh', listener, { once: true });
    loader.removeEventListener('refresh', listener);
    loader.addEventListener('refresh', listener);
    await settle(loader.load());
    await flush();
    expect(listener).toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(1);
  });

  it('a listener for errors alone starts no timer', async () => {
    const { loader } = openTab();
    errorsOf(loader);
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('starts no timer for a listener that comes later', async () => {
    const page = stubPage();
    const { loader } = openTab();
    await settle(loader.load());
    loader.dispose();
    refreshesOf(loader);
    expect(vi.getTimerCount()).toBe(0);
    expect(page.listenedTypes).toEqual([]);
  });
});
