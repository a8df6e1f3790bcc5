import { readFileSync } from 'node:fs';
import { expect, test } from './support/test.js';
import { serverCount } from './support/turn.js';

const head = '<!doctype html><title>policy</title><link rel="icon" href="data:,">';

test('the script tag loads servers under the strictest policy that its page shows', async ({ page, site, standIn }) => {
  const tag = `<script src="/dist/ice-servers-loader.iife.js" data-endpoint="${standIn.endpoint}" data-api-key="${standIn.apiKey}"></script>`;
  const headers = { 'content-security-policy': documentedPolicy("trusted-types 'none'", standIn.origin) };
  await page.goto(site.page('/strict', head + tag, headers));
  expect(await page.evaluate(async () => (await window.IceServers.ready!).iceServers!.length)).toBe(serverCount);
});

test('the element renders under the strictest policy that the page shows for it', async ({ page, site, standIn }) => {
  const element = `<script type="module" src="/dist/element.js"></script><ice-connectivity endpoint="${standIn.endpoint}"></ice-connectivity>`;
  const headers = { 'content-security-policy': documentedPolicy('trusted-types lit-html', standIn.origin) };
  await page.goto(site.page('/strict-element', head + element, headers));
  await expect(page.getByRole('button')).toBeVisible();
});

test.describe('without a policy for the element', () => {
  test.use({ allowedComplaints: /lit-html/ });

  test('the element stays empty if a policy requires Trusted Types and does not allow its own', async ({ page, site, standIn }) => {
    const element = `<script type="module" src="/dist/element.js"></script><ice-connectivity endpoint="${standIn.endpoint}"></ice-connectivity>`;
    const headers = { 'content-security-policy': documentedPolicy("trusted-types 'none'", standIn.origin) };
    const blocked = page.waitForEvent('console', (message) => /lit-html/.test(message.text()));
    await page.goto(site.page('/strict-empty', head + element, headers));
    await blocked;
    await expect(page.getByRole('button')).toHaveCount(0);
  });
});

/** The policy of docs/script-tag.md that has this directive, for the stand-in in place of Metered and for the empty icon of the page. */
function documentedPolicy(directive: string, origin: string): string {
  const lines = [...readFileSync('docs/script-tag.md', 'utf8').matchAll(/^Content-Security-Policy: (.+)$/gm)].map(([, policy]) => policy!);
  const policy = lines.find((line) => line.endsWith(directive));
  if (!policy) throw new Error(`docs/script-tag.md has no policy that ends with ${directive}`);
  return `${policy.replace('https://demo.metered.live', origin)}; img-src data:`;
}
