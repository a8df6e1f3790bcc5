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

  it.each([
    ['removed', (loader: EventTarget, listener: () => void) => loader.removeEventListener('refresh', listener)],
    ['ended by its signal', (_: EventTarget, __: () => void, controller: AbortController) => controller.abort()],
  ])('that is the last one and %s leaves no timer', async (_, end) => {
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

  it('with once leaves no timer after its call', async () => {
    const { loader } = openTab();
    loader.addEventListener('refresh', () => {}, { once: true });
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that is removed with once and added without it keeps the timer', async () => {
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

  it('is what starts a timer, and an error listener is not', async () => {
    const { loader } = openTab();
    errorsOf(loader);
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(0);
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
