import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** The declarations that somebody who imports this entry can reach, without their comments. */
const reachable = (entry: string, seen = new Set<string>()): string => {
  if (seen.has(entry)) return '';
  seen.add(entry);
  const text = readFileSync(entry, 'utf8');
  const imports = [...text.matchAll(/from '(\.[^']+)\.js'/g)].map(([, path]) => join(dirname(entry), `${path}.d.ts`));
  const bare = text.replaceAll(/ *\/\*\*[\s\S]*?\*\/\n?|^\/\/(?!\/).*\n/gm, '').replaceAll(/^\s*\n/gm, '');
  return `// ${entry}\n${bare}\n${imports.map((path) => reachable(path, seen)).join('')}`;
};

it.each([
  ['index', 'dist/index.d.ts'],
  ['connectivity', 'dist/connectivity.d.ts'],
  ['element', 'dist/element.d.ts'],
])('the public types of %s are the accepted ones; a change is a change of the API: npm run accept', async (name, entry) => {
  expect(existsSync(entry), 'npm run build comes first').toBe(true);
  await expect(reachable(entry)).toMatchFileSnapshot(`golden/${name}.d.txt`);
});
