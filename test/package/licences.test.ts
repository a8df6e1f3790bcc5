import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files: [name: string, bundled: string[]][] = [
  ['ice-servers-loader.iife', ['idb-keyval']],
  ['element', ['idb-keyval', 'lit-html']],
];

it.each(files)('the licence of all that %s.js holds lies beside it, whole', (name, expected) => {
  const { sources } = JSON.parse(readFileSync(`dist/${name}.js.map`, 'utf8')) as { sources: string[] };
  const bundled = new Set(sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []));
  expect([...bundled].sort()).toEqual(expected);
  const notices = readFileSync(`dist/${name}.LICENSES.md`, 'utf8');
  for (const dependency of bundled) {
    const licence = readdirSync(`node_modules/${dependency}`).find((one) => /^licen[cs]e/i.test(one))!;
    expect(notices).toContain(dependency);
    expect(notices.replaceAll(/\s+/g, ' ')).toContain(
      readFileSync(`node_modules/${dependency}/${licence}`, 'utf8').trim().replaceAll(/\s+/g, ' '),
    );
  }
});

it.each(files)('%s.js says in its head what it is, in which version, and where the notices are', (name) => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const head = readFileSync(`dist/${name}.js`, 'utf8').slice(0, 300);
  expect(head).toContain(`ice-servers-loader ${version} | MIT`);
  expect(head).toContain(`${name}.LICENSES.md`);
});
