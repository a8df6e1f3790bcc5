import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const file = 'dist/ice-servers-loader.iife';

it('the licence of all that the script file holds lies beside it, whole', () => {
  const { sources } = JSON.parse(readFileSync(`${file}.js.map`, 'utf8')) as { sources: string[] };
  const bundled = new Set(sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []));
  expect([...bundled]).toEqual(['idb-keyval']);
  const notices = readFileSync(`${file}.LICENSES.md`, 'utf8');
  for (const name of bundled) {
    const licence = readdirSync(`node_modules/${name}`).find((one) => /^licen[cs]e/i.test(one))!;
    expect(notices).toContain(name);
    expect(notices.replaceAll(/\s+/g, ' ')).toContain(
      readFileSync(`node_modules/${name}/${licence}`, 'utf8').trim().replaceAll(/\s+/g, ' '),
    );
  }
});

it('the script file says in its head what it is, in which version, and where the notices are', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const head = readFileSync(`${file}.js`, 'utf8').slice(0, 300);
  expect(head).toContain(`ice-servers-loader ${version} | MIT`);
  expect(head).toContain('ice-servers-loader.iife.LICENSES.md');
});
