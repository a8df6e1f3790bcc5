import { inflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { copyToTitle } from './clipboard.js';
import { expect } from './test.js';

/** Has the page make the link to its result. */
export async function copyResultLink(page: Page): Promise<string> {
  await copyToTitle(page);
  await page.getByRole('button', { name: 'Copy link to this result' }).click();
  await expect(page).toHaveTitle(/#result=/);
  return page.title();
}

/** What a link to a result holds. */
export function resultIn(link: string): string {
  return String(inflateSync(Buffer.from(link.split('#result=')[1]!, 'base64url')));
}
