import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { anchorsOf, deadAnchorsIn, headingsOf, proseOf, repeated, subjectsWithTwoRows, targetsOf } from './markdown.js';
import { readPages } from './pages.js';

const pages = readPages();
const textOf = new Map(pages.map(({ path, text }) => [path, text]));

/** The links of a page to files of this repository, from its root, each with its anchor. */
function fileLinks(path: string, text: string): { file: string; anchor: string | undefined }[] {
  const relative = targetsOf(text).filter((target) => !/^(?:[a-z]+:|#)/.test(target));
  return relative.map((target) => {
    const [file = '', anchor] = target.split('#');
    return { file: posix.join(posix.dirname(path), file), anchor };
  });
}

it('the pages of every folder are read', () => {
  expect([...textOf.keys()]).toEqual(expect.arrayContaining(['README.md', 'bench/README.md', 'docs/api.md']));
});

describe.each(pages)('$path', ({ path, text }) => {
  it('has no heading twice', () => {
    // A changelog has the same headings for each version.
    const headings = headingsOf(path === 'CHANGELOG.md' ? text.slice(0, text.indexOf('\n## 0.1.0')) : text);
    expect(repeated(headings)).toEqual([]);
  });

  // Several types of the API have a member of the same name.
  it.skipIf(path === 'docs/api.md')('has no two rows about the same in tables with the same columns', () => {
    expect(subjectsWithTwoRows(text)).toEqual([]);
  });

  it('has no link to a missing file', () => {
    const files = fileLinks(path, text).map(({ file }) => file);
    expect(files.filter((file) => file.startsWith('..') || !existsSync(file))).toEqual([]);
  });

  it('has no link to a missing heading of its own', () => {
    expect(deadAnchorsIn(text)).toEqual([]);
  });

  it('has no link to a missing heading of another page', () => {
    const withAnchor = fileLinks(path, text).filter(({ anchor }) => anchor !== undefined);
    const dead = withAnchor.filter(({ file, anchor }) => !anchorsOf(textOf.get(file) ?? '').has(anchor!));
    expect(dead).toEqual([]);
  });

  it('has no link that needs a repository address, as long as package.json has none', () => {
    const ours = targetsOf(text).filter(
      (target) => /^https?:/.test(target) && /[./](?:git\w*|codeberg|bitbucket)\b.*\/ice-servers-loader/.test(target),
    );
    expect('repository' in packageJson ? [] : ours).toEqual([]);
  });

  it('has a text alternative for each picture', () => {
    const prose = proseOf(text);
    expect(prose.match(/!\[\]\(|<img(?![^>]* alt="[^"]+)[^>]*>/g) ?? []).toEqual([]);
  });

  it('names no npm script that does not exist', () => {
    const named = [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in packageJson.scripts))).toEqual([]);
  });

  it('names no version of the package but its own', () => {
    const named = [...text.matchAll(/ice-servers-loader@(\d+\.\d+\.\d+[\w.-]*)/g)].map(([, version]) => version!);
    expect(named.filter((version) => version !== packageJson.version)).toEqual([]);
  });
});

it('the newest version of the changelog is that of the package', () => {
  const [, version] = /^## (\d\S*)/m.exec(textOf.get('CHANGELOG.md')!) ?? [];
  expect(version).toBe(packageJson.version);
});
