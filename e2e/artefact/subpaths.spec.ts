import { execa } from 'execa';
import { expect, test } from '@playwright/test';
import { folderOf, packageIn, write } from './installed.js';
import packageJson from '../../package.json' with { type: 'json' };

const modules = Object.entries(packageJson.exports).flatMap(([subpath, target]) =>
  typeof target === 'string' ? [] : [{ name: subpath.replace('.', packageJson.name), file: target.default }],
);

test('C-74: Jest 27 finds every subpath, although it does not read exports', async () => {
  await write(
    'without-exports',
    'resolve.cjs',
    `const { findNodeModule } = require('jest-resolve').default;
     const options = { basedir: __dirname, extensions: ['.js'], moduleDirectory: ['node_modules'] };
     console.log(JSON.stringify(process.argv.slice(2).map((name) => findNodeModule(name, options))));`,
  );
  const { stdout } = await execa('node', ['resolve.cjs', ...modules.map(({ name }) => name)], { cwd: folderOf('without-exports') });
  expect(JSON.parse(stdout)).toEqual(modules.map(({ file }) => packageIn('without-exports', file)));
});
