import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyFor, type IceServersErrorCode } from '../../src/errors/error-policy.js';
import { errorCodes } from '../support/error-codes.js';
import { rowsOf, sectionOf } from './markdown.js';

const section = sectionOf(readFileSync('docs/troubleshooting.md', 'utf8'), 'Error codes');
const codesInTable = rowsOf(section).map(({ subject }) => subject.replaceAll('`', ''));

describe('the error codes of the troubleshooting page', () => {
  it('have one row each, in the order of the policy table', () => {
    expect(codesInTable).toEqual(errorCodes);
  });

  it('have a cause and a cure each', () => {
    const rows = section.match(/^\| `.+$/gm) ?? [];
    expect(rows.filter((row) => row.split(' | ').every((cell) => cell.trim().length > 10))).toHaveLength(errorCodes.length);
  });

  it('name the retryable ones below the table', () => {
    const [, sentence = ''] = /^`error\.retryable` is `true` for ([^:]+):/m.exec(section) ?? [];
    const named = [...sentence.matchAll(/`([\w-]+)`/g)].map(([, code]) => code as IceServersErrorCode);
    expect(named).toEqual(errorCodes.filter((code) => policyFor(code).retryable));
  });
});
