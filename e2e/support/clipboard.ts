import type { Page } from '@playwright/test';

/** Has what the page copies in the title of the page: the clipboard of the machine is not a test's to change. */
export function copyToTitle(page: Page): Promise<void> {
  return page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void (document.title = text);
  });
}
