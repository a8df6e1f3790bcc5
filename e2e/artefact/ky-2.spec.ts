import { execa } from 'execa';
import { expect, test } from '@playwright/test';
import { folderOf } from './installed.js';

test('C-68: the unit tests that reach the request pass with ky 2 too', async () => {
  const { all, exitCode } = await execa('node_modules/.bin/vitest', ['run', 'ky-2'], {
    env: { KY_2: folderOf('ky-2', 'node_modules/ky/distribution/index.js'), NO_COLOR: '1' },
    all: true,
    reject: false,
  });
  expect(exitCode, all).toBe(0);
});
