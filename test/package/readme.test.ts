import { readFileSync } from 'node:fs';
import { resolveConfig } from 'vite';
import { describe, expect, it } from 'vitest';
import { regions } from '../../src/regions.js';
import packageJson from '../../package.json' with { type: 'json' };
import { readPages } from './pages.js';

const readme = readFileSync('README.md', 'utf8');
const api = readFileSync('docs/api.md', 'utf8');
const pages = readPages();
/** The pages for people who use the package. */
const guides = pages.filter(({ path }) => path === 'README.md' || path.startsWith('docs/'));

/** Returns the attributes of the script tag, read from its source. */
function attributes(): string[] {
  const source = readFileSync('src/script/script-options.ts', 'utf8');
  const options = [...source.matchAll(/^  (\w+): read(?:Text|Number|Date|Boolean),$/gm)].map(([, name]) => name!);
  return options.map((name) => `data-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
}

/** Returns the script tags of a text that load this package. */
function scriptTags(text: string): string[] {
  return (text.match(/<script\b[^>]*>/g) ?? []).filter((tag) => tag.includes('ice-servers-loader'));
}

describe('the README', () => {
  // TODO: enable when the new text of README.md is in place.
  it.skip('states only sizes that are budgets', () => {
    const budgets = new Set(packageJson['size-limit'].map(({ limit }) => limit));
    const stated = readme.match(/\b\d[\d.]* kB\b/g) ?? [];
    expect(stated.filter((size) => !budgets.has(size))).toEqual([]);
  });

  it('names the dependencies', () => {
    expect(Object.keys(packageJson.dependencies).filter((name) => !readme.includes(name))).toEqual([]);
  });
});

describe('docs/api.md', () => {
  it('names every data-* of the script tag, and no other', () => {
    const named = [...api.matchAll(/\bdata-[a-z][a-z-]*/g)].map(([name]) => name);
    expect(attributes().length).toBeGreaterThan(10);
    expect(new Set(named)).toEqual(new Set(attributes()));
  });

  it('names every region', () => {
    expect(regions.filter((name) => !api.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the guides', () => {
  it.each(guides)('$path: each script tag has only attributes that exist', ({ text }) => {
    const named = scriptTags(text).flatMap((tag) => tag.match(/\bdata-[a-z][a-z-]*/g) ?? []);
    expect(named.filter((name) => !attributes().includes(name) && !name.startsWith('data-turbo'))).toEqual([]);
  });

  it('state the browsers that the build is made for', async () => {
    const { build } = await resolveConfig({ configFile: 'vite.config.ts', logLevel: 'silent' }, 'build');
    expect(build.target).toEqual(['chrome111', 'edge111', 'firefox114', 'safari16.4', 'ios16.4']);
    expect(guides.some(({ text }) => text.replaceAll(/\s+/g, ' ').includes('Chrome and Edge 111, Firefox 114, Safari 16.4'))).toBe(true);
  });

  it('state no older and no newer browser as the oldest', () => {
    const stated = guides.flatMap(({ text }) => text.match(/\bChrome and Edge \d+/g) ?? []);
    expect(new Set(stated)).toEqual(new Set(['Chrome and Edge 111']));
  });

  it('C-95: warn of the default storage in a content script', () => {
    expect(guides.filter(({ text }) => /content script[^]{0,400}storage: 'memory'/.test(text))).not.toEqual([]);
  });
});

describe("the bench's page", () => {
  const page = readFileSync('bench/README.md', 'utf8');

  it.each(['costs', 'herd', 'bench'])('has the place for the table "%s", which --write fills', (name) => {
    expect(page).toMatch(new RegExp(`<!-- ${name} -->\\n\\n\\|[^]*\\|\\n\\n<!-- /${name} -->`));
  });
});
