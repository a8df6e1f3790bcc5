import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import * as api from '../../src/index.js';

/** Runs the built script file in a realm of its own, without a page; returns the global that it sets. */
function runScriptFile(): Record<string, unknown> {
  const realm: { IceServers?: Record<string, unknown> } = {};
  runInNewContext(readFileSync('dist/ice-servers-loader.iife.js', 'utf8'), realm);
  return realm.IceServers!;
}

it('the built script file has keepFresh on its global', () => {
  expect(runScriptFile()['keepFresh']).toBeTypeOf('function');
});

it('the built script file has everything of the module on its global, and the version', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const global = runScriptFile();
  expect(Object.keys(global).sort()).toEqual([...Object.keys(api), 'version'].sort());
  expect(global['version']).toBe(version);
});
