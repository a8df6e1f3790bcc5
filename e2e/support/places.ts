import type { Page } from '@playwright/test';

/** What a page looked like in one run, from its first frame to the first after its end. */
export interface Seen {
  /** What stood in more than one place. */
  readonly moved: string[];
  /** By how many pixels the page was wider than the screen. */
  readonly overflow: number;
}

declare global {
  interface Window {
    seen: { tops: Map<string, Set<number>>; overflow: number };
  }
}

/** What a person may read or press while a run goes on. Cards that come below them when it ends are not among them. */
const parts = {
  page: ['header', '.bar', '.troubles', '.settings', '.result button'],
  element: [
    '.answer',
    '.headline',
    '.why',
    '.line',
    '.progress',
    '.answer .buttons',
    '.strip',
    '.plot',
    '.regions',
    '.regions li',
    '.tabs',
  ],
};

/** Notes from here on, in each frame while something is busy and at each step of a run, where everything stands on the screen, and how much of the page sticks out. */
export function watchPlaces(page: Page): Promise<void> {
  return page.evaluate(({ page: outer, element: inner }) => {
    const seen: Window['seen'] = { tops: new Map(), overflow: 0 };
    window.seen = seen;
    const root = document.querySelector('ice-connectivity')!.shadowRoot!;
    const isBusy = (): boolean => root.querySelector('[data-busy], ol[aria-busy=true]') !== null;
    const note = (scope: Document | ShadowRoot, selector: string): void => {
      for (const [index, part] of scope.querySelectorAll(selector).entries()) {
        if (part.getClientRects().length === 0) continue;
        const name = `${selector} ${index + 1}`;
        seen.tops.set(name, (seen.tops.get(name) ?? new Set()).add(Math.round(part.getBoundingClientRect().top)));
      }
    };
    const noteOverflow = (): void => {
      const { scrollWidth, clientWidth } = document.documentElement;
      seen.overflow = Math.max(seen.overflow, scrollWidth - clientWidth);
    };
    const noteAll = (): void => {
      noteOverflow();
      for (const selector of outer) note(document, selector);
      for (const selector of inner) note(root, selector);
    };
    let wasBusy = false;
    const look = (): void => {
      if (isBusy() || wasBusy) noteAll();
      else noteOverflow();
      wasBusy = isBusy();
      requestAnimationFrame(look);
    };
    look();
    // A run may be over between two frames. A page has heard an event before this microtask runs.
    for (const type of ['ice-progress', 'ice-report']) addEventListener(type, () => queueMicrotask(noteAll));
  }, parts);
}

/** Returns what was seen, once a frame after the end of the run is among it. */
export async function placesSeen(page: Page): Promise<Seen> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return page.evaluate(() => {
    if (![...window.seen.tops.keys()].some((name) => name.startsWith('.answer'))) throw new Error('No frame of a run was seen.');
    const moved = [...window.seen.tops].filter(([, tops]) => tops.size > 1);
    return { moved: moved.map(([name, tops]) => `${name}: ${[...tops].join(', ')}`), overflow: window.seen.overflow };
  });
}
