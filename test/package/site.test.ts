import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../docs/tools/site/render-page.js';
import { writeDocumentation } from '../../docs/tools/site/write-documentation.js';

const folder = mkdtempSync(join(tmpdir(), 'site-'));

beforeAll(() => writeDocumentation(folder));

afterAll(() => rmSync(folder, { recursive: true }));

/** Returns the relative links of a written page, from the folder. The connectivity page is written by another build. */
function linksOf(page: string): string[] {
  const targets = readFileSync(join(folder, page), 'utf8').matchAll(/<[a-z]+ [^>]*?(?:href|src|srcset)="([^"#:]+)(?:#[^"]*)?"/g);
  return [...targets].map(([, target]) => posix.join(posix.dirname(page), target!)).filter((target) => target !== 'index.html');
}

describe('the documentation as a site', () => {
  it('has the README and each page that it leads to', () => {
    expect(existsSync(join(folder, 'README.html'))).toBe(true);
  });

  it('has every file that its pages link to', () => {
    const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
    const dead = pages.flatMap((page) => linksOf(page).filter((target) => !existsSync(join(folder, target))));
    expect(dead).toEqual([]);
  });

  it('has a heading with the anchor that a link has', () => {
    expect(renderPage('# Title\n\n## `LoadOptions.cache`\n', './').html).toContain('<h2 id="loadoptionscache">');
  });

  it('leads from Markdown to the rendered page, with its anchor', () => {
    const { html, links } = renderPage('[a](docs/api.md#region) [b](https://example.com/c.md) [d](#e)\n', './');
    expect(html).toContain('href="docs/api.html#region"');
    expect(html).toContain('href="https://example.com/c.md"');
    expect(links).toEqual(['docs/api.md']);
  });
});
