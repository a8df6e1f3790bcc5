import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Listeners on the page and timers that are there now, of whoever. */
    countLeft: () => { listeners: number; timers: number };
  }
}

/** Counts the page's listeners and timers from now on. */
export function watchPage(page: Page): Promise<void> {
  return page.evaluate(() => {
    const listeners = new Set<string>();
    const timers = new Set<number>();
    window.countLeft = () => ({ listeners: listeners.size, timers: timers.size });

    // What is counted must not be kept alive by it.
    const ids = new WeakMap<object, number>();
    let known = 0;
    const nameOf = (type: string, listener: object): string => {
      if (!ids.has(listener)) ids.set(listener, known++);
      return `${type} ${ids.get(listener)}`;
    };
    const { addEventListener, removeEventListener } = window;
    window.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
      listeners.add(nameOf(type, listener));
      addEventListener.call(window, type, listener);
    };
    window.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
      listeners.delete(nameOf(type, listener));
      removeEventListener.call(window, type, listener);
    };

    for (const name of ['setTimeout', 'setInterval'] as const) {
      const start = window[name] as (callback: () => void, delayMs: number) => number;
      const startAndCount: typeof start = (callback, delayMs) => {
        const call = (): void => {
          if (name === 'setTimeout') timers.delete(timer);
          callback();
        };
        const timer = start.call(window, call, delayMs);
        timers.add(timer);
        return timer;
      };
      Object.assign(window, { [name]: startAndCount });
    }
    for (const name of ['clearTimeout', 'clearInterval'] as const) {
      const clear = window[name] as (timer: number) => void;
      const clearAndCount: typeof clear = (timer) => {
        timers.delete(timer);
        clear.call(window, timer);
      };
      Object.assign(window, { [name]: clearAndCount });
    }
  });
}
