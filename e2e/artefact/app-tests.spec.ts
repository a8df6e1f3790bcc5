import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { execa } from 'execa';
import { runCommand, writeSamples } from './guide.js';

const app = 'The code under test';
const fake = 'A fake `RTCPeerConnection`';
const connectivity = 'The connectivity test';
const typescript = 'TypeScript';
const compilerOptions = {
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: [],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};

for (const environment of ['jsdom', 'happy-dom', 'node']) {
  test(`C-75: the guide's tests of an app pass in Vitest with ${environment}`, async () => {
    const folder = await writeSamples(`vitest-${environment}`, [app, 'Vitest', fake, connectivity], { type: 'module' });
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

test("C-75: the guide's test of connectivity passes in Jest with Babel", async () => {
  const setting = 'Jest with Babel';
  const folder = await writeSamples('Jest-connectivity', ['Jest', setting, connectivity]);
  await rm(join(folder, 'src/ice-servers.test.js'));
  await useJest(folder, 'src/network.test.js');
  const { exitCode, all } = await runCommand(folder, setting);
  expect(exitCode, all).toBe(0);
});

test("C-75: the guide's TypeScript tests of an app compile, and pass in Jest with Babel", async () => {
  const headings = ['Jest', 'Jest with Babel', typescript, 'Jest with TypeScript and Babel', 'The fake in TypeScript', fake];
  const folder = await writeSamples('Jest-TypeScript', headings);
  for (const path of ['ice-servers.test.js', 'call.js', 'call.test.js']) await rm(join(folder, 'src', path));
  const { exitCode, all } = await runCommand(folder, 'Jest with Babel');
  expect(exitCode, all).toBe(0);
  expect(await typeErrorsIn(folder, { allowJs: true })).toBe('');
});

test("C-75: the guide's tests for Vitest compile and pass as TypeScript", async () => {
  const folder = await writeSamples('vitest-TypeScript', ['Vitest', typescript], { type: 'module' });
  await rename(join(folder, 'src/ice-servers.test.js'), join(folder, 'src/ice-servers.test.ts'));
  const { exitCode, all } = await runCommand(folder, 'Vitest');
  expect(exitCode, all).toBe(0);
  expect(await typeErrorsIn(folder)).toBe('');
});

/** Returns what the compiler prints about the files in `src`. */
async function typeErrorsIn(folder: string, more = {}): Promise<string> {
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, ...more }, include: ['src'] }));
  const { stdout } = await execa('npx', ['tsc', '-p', '.', '--pretty', 'false'], { cwd: folder, reject: false });
  return stdout;
}

/** Does to a test for Vitest what the guide says about Jest. */
async function useJest(folder: string, path: string): Promise<void> {
  const file = join(folder, path);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace("from 'vitest'", "from '@jest/globals'").replaceAll(/\bvi\b/g, 'jest'));
}
