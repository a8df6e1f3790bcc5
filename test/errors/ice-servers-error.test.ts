import { describe, expect, it } from 'vitest';
import { IceServersError, isIceServersError } from '../../src/index.js';
import { httpError, unreachable } from '../support/endpoint.js';
import { failedTab } from '../support/failures.js';

describe('IceServersError', () => {
  it('is an Error with its own name', async () => {
    const { error } = await failedTab(httpError(401));
    expect(error).toBeInstanceOf(IceServersError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('IceServersError');
    expect(String(error)).toMatch(/^IceServersError: API key refused/);
    expect(error.stack).toContain('IceServersError');
  });

  it('becomes plain data in JSON, including the message', async () => {
    const { error } = await failedTab(httpError(401));
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'IceServersError',
      message: error.message,
      code: 'invalid-api-key',
      status: 401,
      retryable: false,
      retryAt: error.retryAt,
    });
  });

  it('C-92: is recognised by its plain data on the other side of postMessage, where its own members are lost', async () => {
    const { error } = await failedTab(httpError(429));
    const received: unknown = structuredClone(error.toJSON());
    expect(isIceServersError(received)).toBe(true);
    expect(received).toMatchObject({ code: 'rate-limited', retryable: true, retryAt: error.retryAt, message: error.message });
  });

  it('has no cause, unless a function of the app threw it', async () => {
    expect((await failedTab(unreachable)).error.cause).toBeUndefined();
    expect(new IceServersError('network')).not.toHaveProperty('cause');
  });

  it('has a cause that is no part of its plain data', () => {
    const error = new IceServersError('source-failed', { cause: new Error('the route is down') });
    expect(error.cause).toEqual(new Error('the route is down'));
    expect(Object.keys(error.toJSON())).not.toContain('cause');
    expect(JSON.stringify(error)).not.toContain('route');
  });

  it('is recognised by its properties, so that it may come from another realm', () => {
    expect(isIceServersError(new IceServersError('network'))).toBe(true);
    expect(isIceServersError(Object.assign(Object.create(null), { name: 'IceServersError', code: 'timeout' }))).toBe(true);
  });

  it.each([[undefined], [null], [7], ['IceServersError'], [{}], [new Error('x')], [{ name: 'IceServersError' }], [{ code: 'network' }]])(
    'is not recognised in %s',
    (value) => {
      expect(isIceServersError(value)).toBe(false);
    },
  );

  it.each([
    ['invalid-api-key', false],
    ['invalid-request', false],
    ['not-found', false],
    ['not-cached', false],
    ['not-configured', false],
    ['secret-key', false],
    ['credential-rejected', false],
    ['rate-limited', true],
    ['server-error', true],
    ['timeout', true],
    ['network', true],
    ['invalid-response', true],
    ['source-failed', true],
  ] as const)('with code %s is retryable: %s', (code, retryable) => {
    expect(new IceServersError(code).retryable).toBe(retryable);
  });

  it.each([
    'not-configured',
    'source-failed',
    'invalid-api-key',
    'invalid-request',
    'not-found',
    'rate-limited',
    'server-error',
    'timeout',
    'network',
    'invalid-response',
    'not-cached',
    'credential-rejected',
  ] as const)('with code %s says in a sentence what to do', (code) => {
    expect(new IceServersError(code).message).toMatch(
      /^[A-Z].{5,}[.:] (check|create|load|set|try|wait) .{5,}\.$|^No response: .*\(check .*\.$/i,
    );
  });

  it.each([
    ['network', /appName/],
    ['not-found', /appName/],
    ['invalid-api-key', /appName/],
  ] as const)('with code %s names a wrong app name as a cause', (code, cause) => {
    expect(new IceServersError(code).message).toMatch(cause);
  });
});
