import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { runCommand, writeSamples } from './guide.js';

const app = 'The code under test';
const fake = 'A fake `RTCPeerConnection`';

for (const environment of ['jsdom', 'happy-dom', 'node']) {
  test(`C-75: the guide's tests of an app pass in Vitest with ${environment}`, async () => {
    const folder = await writeSamples(`vitest-${environment}`, [app, 'Vitest', fake], { type: 'module' });
    const { exitCode, all } = await runCommand(folder, 'Vitest', `--environment ${environment}`);
    expect(exitCode, all).toBe(0);
  });
}

for (const [setting, packageJson] of [
  ['Jest with Babel', {}],
  ['Jest with ES modules', { type: 'module' }],
] as const) {
  test(`C-75: the guide's tests of an app pass in ${setting} and jsdom`, async () => {
    const folder = await writeSamples(setting.replaceAll(' ', '-'), [app, 'Jest', setting, fake], packageJson);
    await useJest(folder, 'src/call.test.js');
    const { exitCode, all } = await runCommand(folder, setting);
    expect(exitCode, all).toBe(0);
  });
}

test("C-75: the guide's setting for Babel transforms the two packages wherever npm and pnpm put them, and no other", async () => {
  const folder = await writeSamples('Babel-setting', ['Jest with Babel']);
  const { transformIgnorePatterns } = createRequire(import.meta.url)(join(folder, 'jest.config.cjs')) as {
    transformIgnorePatterns: [string];
  };
  const ignored = new RegExp(transformIgnorePatterns[0]);
  const paths = [
    '/app/node_modules/ky/index.js',
    '/app/node_modules/react/index.js',
    '/app/node_modules/.pnpm/ky@1.14.3/node_modules/ky/index.js',
    '/app/node_modules/.pnpm/react@19.3.1/node_modules/react/index.js',
  ];
  expect(paths.filter((path) => !ignored.test(path))).toEqual([paths[0], paths[2]]);
});

/** Does to a test for Vitest what the guide says about Jest. */
async function useJest(folder: string, path: string): Promise<void> {
  const file = join(folder, path);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace("from 'vitest'", "from '@jest/globals'"));
}
