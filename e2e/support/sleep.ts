import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Moves the page's clocks on, while its timers stand still: as after a sleep of the machine. */
    sleepFor: (ms: number) => void;
  }
}

/** Which of the page's clocks count a sleep: `performance.now()` does so on some systems alone. */
export type SleepingClock = 'wall clock alone' | 'both clocks';

/** Lets a page sleep by `window.sleepFor`. To be called before the page opens. */
export async function allowSleep(page: Page, clock: SleepingClock): Promise<void> {
  await page.addInitScript((countsMonotonic) => {
    let sleptMs = 0;
    const { now: wallNow } = Date;
    const monotonicNow = performance.now.bind(performance);
    Date.now = () => wallNow() + sleptMs;
    if (countsMonotonic) performance.now = () => monotonicNow() + sleptMs;
    window.sleepFor = (ms) => {
      sleptMs += ms;
    };
  }, clock === 'both clocks');
}
