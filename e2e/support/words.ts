import type { Locator } from '@playwright/test';

/** Returns what an element `<ice-connectivity>` shows: its cards, not what is folded away. */
export function wordsIn(element: Locator): Promise<string> {
  return element.evaluate(({ shadowRoot }) => shadowRoot!.querySelector<HTMLElement>('.screen')!.innerText);
}

/** Returns the text of the report, which is on paper and in a message to support. */
export function reportTextIn(element: Locator): Promise<string> {
  return element.evaluate(({ shadowRoot }) => shadowRoot!.querySelector('.paper pre')!.textContent);
}

/** What only a person may read whose calls are fine. */
export const reassurance = /all is well|will work|is fine|\bgood\b|nothing to do/i;

/** What only a person may read whose calls are not. */
export const alarm = /stutter|slow|unsteady|break up|poor|\bfair\b|\blost\b|will not|may not|no answer|closed/i;
