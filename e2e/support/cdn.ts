import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import packageJson from '../../package.json' with { type: 'json' };

const cdn = `https://cdn.jsdelivr.net/npm/ice-servers-loader@${packageJson.version}/`;

/** Answers requests for this version at the CDN with the built files. */
export async function answerCdn(context: BrowserContext): Promise<void> {
  await context.route(`${cdn}**`, (route) =>
    route.fulfill({
      path: route.request().url().replace(cdn, ''),
      contentType: 'text/javascript',
      headers: { 'access-control-allow-origin': '*' },
    }),
  );
}

/** The Content-Security-Policy of docs/script-tag.md, which also allows what a test page has: its inline scripts, and its empty icon. */
export function documentedPolicy(html: string): string {
  const [, policy] = /^Content-Security-Policy: (.+)$/m.exec(readFileSync('docs/script-tag.md', 'utf8')) ?? [];
  if (!policy) throw new Error('docs/script-tag.md names no Content-Security-Policy');
  const scripts = [...html.matchAll(/<script(?: type="module")?>([^]*?)<\/script>/g)].map(([, text]) => text!);
  const digests = scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return `${policy.replace('script-src', `script-src ${digests.join(' ')}`)}; img-src data:`;
}
