import type { Locator } from '@playwright/test';

/** A double click. The mouse would miss a button that moves away from under it. */
export function pressTwice(button: Locator): Promise<void> {
  return button.evaluate((node) => {
    for (const detail of [1, 2]) node.dispatchEvent(new MouseEvent('click', { detail, bubbles: true, composed: true, cancelable: true }));
  });
}
