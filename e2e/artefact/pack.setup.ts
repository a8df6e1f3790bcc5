import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test as setup } from '@playwright/test';
import { execa } from 'execa';
import { folderOf, installedIn, projects, write, type Project } from './installed.js';

setup('npm packs the package, and installs it in empty projects', async () => {
  // A new machine has none of the packages yet.
  setup.setTimeout(300_000);
  await mkdir(installedIn, { recursive: true });
  // The scripts are not run: they would build again, under the tests that run meanwhile.
  const { stdout } = await execa('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', installedIn]);
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  expect(packed.files.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'connectivity/package.json',
      'dist/custom-elements.json',
      'dist/element.js',
      'dist/element.LICENSES.md',
      'dist/index.js',
      'element/package.json',
      'dist/ice-servers-loader.iife.js',
      'dist/ice-servers-loader.iife.LICENSES.md',
    ]),
  );
  const install = async (project: Project): Promise<void> => {
    await write(project, 'package.json', JSON.stringify({ private: true, type: 'module' }));
    await execa(
      'npm',
      ['install', '--no-audit', '--no-fund', '--prefer-offline', join(installedIn, packed.filename), ...projects[project]],
      {
        cwd: folderOf(project),
      },
    );
  };
  await Promise.all((Object.keys(projects) as Project[]).map(install));
});
