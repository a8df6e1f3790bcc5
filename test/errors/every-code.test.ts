import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isErrorCode } from '../../src/errors/error-policy.js';
import { errorCodes } from '../support/error-codes.js';

/** The files that list every code, and so do not show when one happens. */
const lists = new Set(['error-policy', 'every-code', 'ice-servers-error'].map((name) => `test/errors/${name}.test.ts`));
const page = readFileSync('docs/api.md', 'utf8');
const troubleshooting = 'docs/troubleshooting.md';
const tests = new Map(['test', 'e2e'].flatMap(readTests));
/** A code that nobody has written anything for. */
const newCode = 'brand-new';

describe('every error code', () => {
  it.each(errorCodes)('has a policy: %s', (code) => {
    expect(isErrorCode(code)).toBe(true);
  });

  it.each(errorCodes)('has one row in the errors table of docs/api.md: %s', (code) => {
    expect(countRows(code)).toBe(1);
  });

  it.runIf(existsSync(troubleshooting)).each(errorCodes)('has its causes and cures in docs/troubleshooting.md: %s', (code) => {
    expect(readFileSync(troubleshooting, 'utf8')).toContain(`\`${code}\``);
  });

  it.each(errorCodes)('has a test that names it: %s', (code) => {
    expect(testsNaming(code)).not.toEqual([]);
  });
});

describe('the errors table of docs/api.md', () => {
  it('has no row for a code that does not exist', () => {
    expect(errorRows().filter((code) => !isErrorCode(code))).toEqual([]);
  });
});

it('a new code fails all three checks until it has a policy, a row and a test', () => {
  expect([isErrorCode(newCode), countRows(newCode), testsNaming(newCode)]).toEqual([false, 0, []]);
});

/** The codes in the first column of every table that is headed `code`. */
function errorRows(): string[] {
  const tables = [...page.matchAll(/^\| code \|.*\n\| ---.*\n((?:\|.*\n)+)/gm)].map(([, rows]) => rows!);
  return [...tables.join('').matchAll(/^\| `([^`]+)`/gm)].map(([, code]) => code!);
}

function countRows(code: string): number {
  return errorRows().filter((name) => name === code).length;
}

/** The test files that have the code in quotes. */
function testsNaming(code: string): string[] {
  const quoted = new RegExp(`(['"\`])${code}\\1`);
  return [...tests].filter(([, text]) => quoted.test(text)).map(([path]) => path);
}

function readTests(folder: string): [path: string, text: string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.(?:test|spec)\.ts$/.test(path) && !lists.has(path))
    .map((path) => [path, readFileSync(path, 'utf8')]);
}
