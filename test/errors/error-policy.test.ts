import { describe, expect, it } from 'vitest';
import { isErrorCode, policyFor, type CooldownKind, type ErrorPolicy } from '../../src/errors/error-policy.js';
import type { IceServersErrorCode } from '../../src/index.js';
import { errorCodes } from '../support/error-codes.js';

type Flag = Exclude<keyof ErrorPolicy, 'message' | 'cooldown'>;

/** The whole policy of each code. A flag that is not listed is not set. */
const policies: [code: IceServersErrorCode, meaning: string, cooldown: CooldownKind, flags: Flag[]][] = [
  ['not-configured', 'no request was made, and the app has to set its source', 'none', []],
  ['secret-key', 'no request was made, and the app has to change its key', 'none', []],
  ['source-failed', 'a later load calls the function again, but this one does not', 'backoff', ['retryable']],
  [
    'invalid-api-key',
    'the endpoint refused the key for good, for every region',
    'final',
    ['isRefusal', 'dropsAnswer', 'affectsAllRegions'],
  ],
  ['invalid-request', 'the endpoint refused the request, and a fresh answer still serves', 'backoff', ['isRefusal']],
  ['not-found', 'the address is wrong for good, and a fresh answer still serves', 'final', ['isRefusal']],
  ['rate-limited', 'the endpoint says when to come back, for every region', 'server', ['retryable', 'affectsAllRegions']],
  ['server-error', 'the same load tries again', 'backoff', ['retryable', 'retried']],
  ['timeout', 'a later load may succeed, but no time is left for this one', 'backoff', ['retryable']],
  ['network', 'the same load tries again, and the online event ends the wait', 'backoff', ['retryable', 'retried', 'endsOnline']],
  ['invalid-response', 'a later load may succeed, after the login page of a network say', 'backoff', ['retryable']],
  ['not-cached', 'no request was made', 'none', []],
  ['credential-rejected', 'the TURN server refused, not the endpoint', 'none', []],
];

describe('the policy', () => {
  it.each(policies)('of %s: %s', (code, _, cooldown, flags) => {
    const { message: _message, cooldown: actualCooldown, ...actualFlags } = policyFor(code);
    expect(actualCooldown).toBe(cooldown);
    expect(actualFlags).toEqual(Object.fromEntries(flags.map((flag) => [flag, true])));
  });

  it('stands in this table for every code, once', () => {
    expect(policies.map(([code]) => code)).toEqual(errorCodes);
  });

  it.each(errorCodes)('of %s has a message of whole sentences, and no other code has the same', (code) => {
    const { message } = policyFor(code);
    expect(message).toMatch(/^[A-Z].+\.$/);
    expect(errorCodes.filter((other) => policyFor(other).message === message)).toEqual([code]);
  });

  it('allows a retry within a load only if the same call may succeed later', () => {
    expect(errorCodes.filter((code) => policyFor(code).retried && !policyFor(code).retryable)).toEqual([]);
  });

  it('never drops an answer for a failure that may pass', () => {
    expect(errorCodes.filter((code) => policyFor(code).dropsAnswer && policyFor(code).retryable)).toEqual([]);
  });

  it('ends a cool-down at the online event only if the endpoint may never have been reached', () => {
    expect(errorCodes.filter((code) => policyFor(code).endsOnline)).toEqual(['network']);
  });
});

describe('a code', () => {
  it.each(errorCodes)('is known: %s', (code) => {
    expect(isErrorCode(code)).toBe(true);
  });

  it.each([
    ['of another version', 'quota-exceeded'],
    ['that every object has', 'toString'],
    ['empty', ''],
    ['no text', 7],
    ['missing', undefined],
  ])('is not known if it is %s', (_, code) => {
    expect(isErrorCode(code)).toBe(false);
  });
});
