import type { Page } from '@playwright/test';

interface LayoutShift extends PerformanceEntry {
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly previousRect: DOMRect; readonly currentRect: DOMRect }[];
}

/** Notes from here on what moves up or down by itself, and how wide the page is. A word that takes the place of a longer one may begin elsewhere. */
export async function watchLayout(page: Page): Promise<void> {
  await page.evaluate(() => {
    const layout = { shifts: [] as string[], widest: 0 };
    Object.assign(window, { layout });
    new PerformanceObserver((list) => {
      for (const { hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
        const moved = hadRecentInput ? [] : sources.filter(({ previousRect, currentRect }) => previousRect.top !== currentRect.top);
        layout.shifts.push(...moved.map(({ previousRect, currentRect }) => JSON.stringify([previousRect, currentRect])));
      }
    }).observe({ type: 'layout-shift' });
    const look = (): void => {
      layout.widest = Math.max(layout.widest, document.documentElement.scrollWidth);
      requestAnimationFrame(look);
    };
    look();
  });
}

export function layoutOf(page: Page): Promise<{ shifts: string[]; widest: number }> {
  return page.evaluate(() => (window as unknown as { layout: { shifts: string[]; widest: number } }).layout);
}
