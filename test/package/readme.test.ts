import { readFileSync } from 'node:fs';
import { resolveConfig } from 'vite';
import { describe, expect, it } from 'vitest';
import { regions } from '../../src/regions.js';
import packageJson from '../../package.json' with { type: 'json' };
import { rowsOf, sectionOf } from './markdown.js';
import { documentationPages } from './snippets.js';

const read = (path: string): string => readFileSync(path, 'utf8');

const pages = documentationPages();
const readme = read('README.md');
const documentation = pages.map(read).join('\n');
const api = read('docs/api.md');
const types = read('dist/types.d.ts');

/** The names that the rows of a section of the API page are about, each as often as it has a row. */
const namesIn = (section: string): string[] =>
  rowsOf(sectionOf(api, section)).map(({ subject }) => subject.replace(/^\[?`?([\w.-]+).*$/, '$1'));

const membersOf = (name: string): string[] => {
  const body = new RegExp(`interface ${name} [^]*?\\n}`).exec(types)?.[0] ?? '';
  return [...body.matchAll(/^ {4}readonly (\w+)\??:/gm)].map(([, member]) => member!);
};

/** The attributes of the script tag, read from its source. */
const attributes = (): string[] => {
  const source = read('src/script/script-options.ts');
  const options = [...source.matchAll(/^  (\w+): read(?:Text|Number|Date|Boolean),$/gm)].map(([, name]) => name!);
  return options.map((name) => `data-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
};

const limitOf = (wanted: string): string => packageJson['size-limit'].find(({ name }) => name === wanted)!.limit;

describe('the README', () => {
  it('has at most 220 lines and 10 kB', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(220);
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(10_000);
  });

  it('states the size of the whole and of the script file, and no other', () => {
    expect(readme.match(/[\d.]+ kB/g)).toEqual([limitOf('everything, with ky and idb-keyval'), limitOf('script tag file')]);
  });

  it("states how many requests the bench's page has for callers, tabs and reloads", () => {
    const [, callers, tabs, reloads] = /requests of (\d+) callers \/ (\d+) tabs \/ (\d+) reloads .*\| 1 \/ 1 \/ 0 /.exec(
      read('bench/README.md'),
    )!;
    expect(readme).toContain(
      `${callers} \`load\` calls on one page make 1 request, ${tabs} tabs make 1 request, and ${reloads} reloads make none.`,
    );
  });

  it('states for how long cached servers cover an outage', () => {
    const [, seconds] = /staleIfError: set\.staleIfError \?\? ([\d_]+)/.exec(read('src/options/loader-options.ts'))!;
    expect(readme).toContain(`stay in use for another ${Number(seconds!.replace('_', '')) / 3600} hours`);
  });

  it('states the browsers that the build is made for', async () => {
    const { build } = await resolveConfig({ configFile: 'vite.config.ts', logLevel: 'silent' }, 'build');
    expect(build.target).toEqual(['chrome111', 'edge111', 'firefox114', 'safari16.4', 'ios16.4']);
    expect(readme).toContain('Chrome and Edge 111, Firefox 114, Safari 16.4');
  });

  it('names the dependencies', () => {
    expect(Object.keys(packageJson.dependencies).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the page of the API', () => {
  it('has one row for every option, and no other', () => {
    const options = membersOf('AllOptions');
    expect(options.length).toBeGreaterThan(10);
    expect(namesIn('`IceServersOptions`').sort()).toEqual(options.sort());
  });

  it('has a row for every option of load', () => {
    expect(namesIn('`LoadOptions`')).toEqual(expect.arrayContaining(membersOf('LoadOptions')));
  });

  it('has a row for every member of the status', () => {
    expect(namesIn('`IceServersStatus`')).toEqual(expect.arrayContaining(membersOf('IceServersStatus')));
  });

  it('names every region', () => {
    expect(regions.filter((name) => !api.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the documentation', () => {
  it.each(['docs/script-tag.md', 'docs/api.md'])('names every data-* of the script tag in %s, and no other', (path) => {
    const named = [...read(path).matchAll(/\bdata-[a-z][a-z-]*/g)].map(([name]) => name);
    expect(attributes().length).toBeGreaterThan(10);
    expect(new Set(named)).toEqual(new Set(attributes()));
  });

  it('states no older and no newer browser as the oldest', () => {
    const stated = documentation.match(/\bChrome and Edge \d+/g) ?? [];
    expect(new Set(stated)).toEqual(new Set(['Chrome and Edge 111']));
  });

  it('states the sizes that the budgets allow', () => {
    const stated = new Map(
      [...documentation.matchAll(/^\| ([^|]+?) \| ([\d.]+ kB) \|$/gm)].map(([, name, size]) => [name!.replaceAll('`', ''), size]),
    );
    expect(stated).toEqual(new Map(packageJson['size-limit'].map(({ name, limit }) => [name, limit])));
  });

  it("states the requests that the bench's page has for each maxAge", () => {
    const simulated = [...read('bench/README.md').matchAll(/^\| (\d+) h +\| +(\d+) \|/gm)];
    const stated = [...read('docs/caching.md').matchAll(/^\| (\d+) hours? \| (\d+) million \|$/gm)];
    expect(stated.map(([, hours, millions]) => [hours, millions])).toEqual(simulated.map(([, hours, millions]) => [hours, millions]));
    expect(stated).toHaveLength(4);
  });

  it('C-95: warns of the default storage in a content script', () => {
    expect(documentation).toMatch(/content script[^]{0,80}visited\s+site's\s+IndexedDB[^]{0,200}`storage: 'memory'`/);
  });
});

describe.each(pages)('%s', (path) => {
  it('has only attributes that exist in its script tags', () => {
    const tags = (read(path).match(/<script\b[^>]*>/g) ?? []).filter((tag) => tag.includes('ice-servers-loader'));
    const named = tags.flatMap((tag) => tag.match(/\bdata-[a-z][a-z-]*/g) ?? []);
    expect(named.filter((name) => !attributes().includes(name) && !name.startsWith('data-turbo'))).toEqual([]);
  });
});

describe("the bench's page", () => {
  const page = readFileSync('bench/README.md', 'utf8');

  it.each(['costs', 'herd', 'herd-mints', 'bench'])('has the place for the table "%s", which --write fills', (name) => {
    expect(page).toMatch(new RegExp(`<!-- ${name} -->\\n\\n\\|[^]*\\|\\n\\n<!-- /${name} -->`));
  });
});
