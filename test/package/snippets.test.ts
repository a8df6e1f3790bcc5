import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { documentationSnippets, exampleSnippets, readRecipe, recipeFiles } from './snippets.js';

const folder = 'reports/snippets';

it('every TypeScript block of the documentation and of the comments compiles against the built package', async () => {
  // A recipe may import its neighbours, so it is compiled where it stands.
  const recipes = new Set(recipeFiles().map(readRecipe));
  // A file of an app's tests imports its neighbours too: e2e/artefact/app-tests.spec.ts compiles it, and runs it.
  const blocks = [...documentationSnippets(), ...exampleSnippets()].filter(
    ({ where, language, code }) =>
      /^tsx?$/.test(language) && !recipes.has(code) && !(where.startsWith('docs/testing.md') && code.startsWith('// src/')),
  );
  expect(blocks.length).toBeGreaterThan(10);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { where, language, code } of blocks)
    writeFileSync(`${folder}/${where.replaceAll(/\W+/g, '-')}.${language}`, `${code}\nexport {};\n`);
  // The server of the Express sample imports it by the name that the page tells the reader to use.
  writeFileSync(`${folder}/turn.ts`, "export { turn } from '../../e2e/recipes/servers/express.js';\n");
  writeFileSync(
    `${folder}/tsconfig.json`,
    JSON.stringify({ extends: '../../tsconfig.json', compilerOptions: { jsx: 'react-jsx' }, include: ['.'] }),
  );
  // The package's own name leads to its own files here, by "exports".
  const { stdout } = await execa('node_modules/.bin/tsc', ['-p', folder, '--pretty', 'false'], { reject: false });
  expect(stdout).toBe('');
});

it('every npm script that a page of documentation names is there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  for (const page of ['README.md', 'CONTRIBUTING.md', 'docs/connectivity.md']) {
    const named = [...readFileSync(page, 'utf8').matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  }
});
