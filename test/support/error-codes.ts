import { readFileSync } from 'node:fs';
import type { IceServersErrorCode } from '../../src/index.js';

/** Every code of the type, read from its source: a type has no list at run time. */
export const errorCodes: readonly IceServersErrorCode[] = readErrorCodes();

function readErrorCodes(): IceServersErrorCode[] {
  const [, union = ''] = /type IceServersErrorCode =([^;]+);/.exec(readFileSync('src/errors/error-policy.ts', 'utf8')) ?? [];
  const codes = [...union.matchAll(/'([^']+)'/g)].map(([, code]) => code as IceServersErrorCode);
  if (codes.length === 0) throw new Error('No error codes found in src/errors/error-policy.ts.');
  return codes;
}
