import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resolveConfig } from 'vite';
import { describe, expect, it } from 'vitest';
import { regions } from '../../src/regions.js';
import packageJson from '../../package.json' with { type: 'json' };
import { deadAnchorsIn, headingsOf, repeated, rowsOf, sectionOf, subjectsWithTwoRows } from './markdown.js';

const readme = readFileSync('README.md', 'utf8');
const types = readFileSync('dist/types.d.ts', 'utf8');

/** What the rows of a section's tables are about, each as often as it has a row. */
const subjectsIn = (section: string): string[] => rowsOf(sectionOf(readme, section)).map(({ subject }) => subject);

const membersOf = (name: string): string[] => {
  const body = new RegExp(`interface ${name} [^]*?\\n}`).exec(types)?.[0] ?? '';
  return [...body.matchAll(/^ {4}readonly (\w+)\??:/gm)].map(([, member]) => member!);
};

/** The files that a page leads to, from the root. */
const linksOf = (page: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => join(dirname(page), path!));

describe('the README', () => {
  it('has one row for every option, and no other', () => {
    const options = membersOf('AllOptions');
    expect(options.length).toBeGreaterThan(10);
    expect(subjectsIn('Options').sort()).toEqual(options.sort());
  });

  it('names every option of load', () => {
    expect(membersOf('LoadOptions').filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('names every member of the status', () => {
    expect(membersOf('IceServersStatus').filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('has one row for every error code, and no other', () => {
    const [, union = ''] = /IceServersErrorCode =([^;]+);/.exec(readFileSync('src/errors/error-policy.ts', 'utf8')) ?? [];
    const codes = [...union.matchAll(/'([\w-]+)'/g)].map(([, code]) => code!);
    expect(codes).toHaveLength(13);
    expect(subjectsIn('Errors').sort()).toEqual(codes.sort());
  });

  it('names every data-* of the script tag, and no other', () => {
    const source = readFileSync('src/script/script-options.ts', 'utf8');
    const options = [...source.matchAll(/^  (\w+): read\w+,$/gm)]
      .map(([, name]) => name!)
      .filter((name) => membersOf('AllOptions').includes(name));
    const attributes = options.map((name) => `data-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
    const named = [...readme.matchAll(/\bdata-[a-z][a-z-]*/g)].map(([name]) => name);
    expect(new Set(named)).toEqual(new Set(attributes));
  });

  it('names every region', () => {
    expect(regions.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('states the sizes that the budgets allow', () => {
    const stated = new Map(
      [...readme.matchAll(/^\| ([^|]+?) \| ([\d.]+ kB) \|$/gm)].map(([, name, size]) => [name!.replaceAll('`', ''), size]),
    );
    expect(stated).toEqual(new Map(packageJson['size-limit'].map(({ name, limit }) => [name, limit])));
  });

  it('begins with the size of the whole and of the script file', () => {
    const limitOf = (wanted: string): string => packageJson['size-limit'].find(({ name }) => name === wanted)!.limit;
    const [beginning = ''] = readme.split('## Install');
    expect(beginning.match(/[\d.]+ kB/g)).toEqual([limitOf('everything, with ky and idb-keyval'), limitOf('script tag file')]);
  });

  it('states the browsers that the build is made for', async () => {
    const { build } = await resolveConfig({ configFile: 'vite.config.ts', logLevel: 'silent' }, 'build');
    expect(build.target).toEqual(['chrome111', 'edge111', 'firefox114', 'safari16.4', 'ios16.4']);
    expect(readme).toContain('Chrome and Edge 111, Firefox 114, Safari 16.4');
  });

  it('C-95: warns of the default storage in a content script', () => {
    expect(sectionOf(readme, 'Limits')).toMatch(/content script.*IndexedDB of the visited site[^]*`storage: 'memory'`/);
  });

  it('names the dependencies', () => {
    expect(Object.keys(packageJson.dependencies).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});

describe.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'bench/README.md', 'docs/testing.md'])('%s', (name) => {
  const page = readFileSync(name, 'utf8');

  it('has no heading twice', () => {
    expect(repeated(headingsOf(page))).toEqual([]);
  });

  it('has no two rows about the same in tables with the same columns', () => {
    expect(subjectsWithTwoRows(page)).toEqual([]);
  });

  it('leads to no file that is not there', () => {
    expect(linksOf(name).filter((path) => !existsSync(path))).toEqual([]);
  });

  it('leads to no heading that is not there', () => {
    expect(deadAnchorsIn(page)).toEqual([]);
  });
});

describe("the bench's page", () => {
  const page = readFileSync('bench/README.md', 'utf8');

  it.each(['costs', 'herd', 'bench'])('has the place for the table "%s", which --write fills', (name) => {
    expect(page).toMatch(new RegExp(`<!-- ${name} -->\\n\\n\\|[^]*\\|\\n\\n<!-- /${name} -->`));
  });
});
