import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import compat from 'eslint-plugin-compat';
import esX from 'eslint-plugin-es-x';
import { expect, it } from 'vitest';

/** The floor of the README; test/package/readme.test.ts holds it against the build's own. */
const floor = ['chrome 111', 'edge 111', 'firefox 114', 'safari 16.4', 'ios_saf 16.4'];

/** Younger than the floor, and used only where they are found. */
const detected = [
  // ky joins signals with it; src/request.ts gives ky no signal where it is missing.
  'AbortSignal.any',
];

/** What each line of a built file uses that some browser of the floor does not have. */
const tooYoung = async (text: string): Promise<string[]> => {
  const eslint = new ESLint({
    overrideConfigFile: true,
    ignore: false,
    overrideConfig: [
      esX.configs['flat/restrict-to-es2022'],
      {
        files: ['**/*.js'],
        plugins: { compat: compat },
        languageOptions: { ecmaVersion: 'latest', sourceType: 'module', globals: { window: 'readonly' } },
        rules: { 'compat/compat': 'error' },
        settings: { browsers: floor, polyfills: detected, 'es-x': { aggressive: true } },
      },
    ],
  });
  const [result] = await eslint.lintText(text, { filePath: 'built.js' });
  return (
    result!.messages
      // The text does not tell an iterator's map, filter or drop from an array's or our own.
      .filter(({ ruleId }) => !ruleId?.startsWith('es-x/no-iterator-prototype'))
      .map(({ ruleId, message }) => `${ruleId}: ${message}`)
  );
};

it.each(['index.js', 'connectivity.js', 'element.js', 'ice-servers-loader.iife.js'])(
  '%s asks for nothing that a browser of the floor lacks',
  async (name) => {
    expect(await tooYoung(readFileSync(`dist/${name}`, 'utf8'))).toEqual([]);
  },
);

it.each([
  ['syntax', '/[a--b]/v.test(x);'],
  ['a method', 'list.toSorted();'],
  ['a static method', 'Promise.withResolvers();'],
  ['an interface', 'new WebTransport(address);'],
])('the check itself finds %s that is too young', async (_, text) => {
  expect(await tooYoung(text)).not.toEqual([]);
});
