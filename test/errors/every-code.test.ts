import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isErrorCode } from '../../src/errors/error-policy.js';
import { errorCodes } from '../support/error-codes.js';

/** The files that list every code, and so do not show when one happens. */
const lists = new Set(['error-policy', 'every-code', 'ice-servers-error'].map((name) => `test/errors/${name}.test.ts`));
/** Each of these pages lists every code once. */
const pages = ['docs/api.md', 'docs/troubleshooting.md']
  .filter((path) => existsSync(path))
  .map((path) => [path, readFileSync(path, 'utf8')] as const);
const tests = new Map(['test', 'e2e'].flatMap(readTests));
/** A code that nobody has written anything for. */
const newCode = 'brand-new';

describe('every error code', () => {
  it.each(errorCodes)('has a policy: %s', (code) => {
    expect(isErrorCode(code)).toBe(true);
  });

  it.each(errorCodes)('has a test that names it: %s', (code) => {
    expect(testsNaming(code)).not.toEqual([]);
  });
});

describe.each(pages)('the codes in %s', (_, page) => {
  it.each(errorCodes)('has one place for: %s', (code) => {
    expect(codesIn(page).filter((name) => name === code)).toEqual([code]);
  });

  it('has no place for a code that does not exist', () => {
    expect(codesIn(page).filter((code) => !isErrorCode(code))).toEqual([]);
  });

  it('has no place for a new code until somebody writes it', () => {
    expect(codesIn(page)).not.toContain(newCode);
  });
});

it('a new code fails the other two checks until it has a policy and a test', () => {
  expect([isErrorCode(newCode), testsNaming(newCode)]).toEqual([false, []]);
});

/** The codes in the first column of every table that is headed `code`; on a page without such a table, the headings that are a code. */
function codesIn(page: string): string[] {
  const tables = [...page.matchAll(/^\| code \|.*\n\| ---.*\n((?:\|.*\n)+)/gm)].map(([, rows]) => rows!);
  const codes = tables.length > 0 ? tables.join('').matchAll(/^\| `([^`]+)`/gm) : page.matchAll(/^#+ `([a-z-]+)`$/gm);
  return [...codes].map(([, code]) => code!);
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
