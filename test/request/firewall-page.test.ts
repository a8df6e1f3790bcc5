import { describe, expect, it } from 'vitest';
import { httpError, text } from '../support/endpoint.js';
import { errorsOf, mockRandom, openTab, userOf } from '../support/loaders.js';
import { failureOf, flush, hourMs, jumpClock, secondMs, settle, startOfTime } from '../support/world.js';

const page = '<!doctype html><title>Attention required</title>';

describe('C-84: a 403 with the page of a firewall', () => {
  it.each(['text/html', 'text/html; charset=UTF-8', 'Text/HTML'])('(%s) is invalid-response with its status', async (type) => {
    const { loader, endpoint } = openTab({}, text(page, 403, { 'content-type': type }));
    const error = (await failureOf(loader.load())) as Error;
    expect(error).toMatchObject({ code: 'invalid-response', status: 403, retryable: true });
    expect(error.message).toMatch(/\(HTTP 403\)$/);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('rests for 2 s, and not for five minutes', async () => {
    mockRandom(0);
    const { loader } = openTab({}, text(page, 403));
    expect(await failureOf(loader.load())).toMatchObject({ retryAt: startOfTime + 2 * secondMs });
    jumpClock(2 * secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('leaves a fresh answer in place, in memory and in storage', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    endpoint.always(text(page, 403));
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'invalid-response' });
    expect(userOf(loader.peek())).toBe('user-1');
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('lets a stale answer serve on, with an error event', async () => {
    const { loader, endpoint } = openTab();
    const errors = errorsOf(loader);
    await settle(loader.load());
    endpoint.always(text(page, 403));
    jumpClock(2 * hourMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(loader.status?.source).toBe('stale');
    expect(errors).toMatchObject([{ code: 'invalid-response', status: 403 }]);
  });

  it.each([
    ['a 403 with JSON', httpError(403)],
    ['a 403 with text', text('Forbidden', 403, { 'content-type': 'text/plain' })],
    ['a 403 without a type', async () => new Response(null, { status: 403 })],
    ['a 401 with HTML', text(page, 401)],
  ])('is not: %s, which drops the answer', async (_, answer) => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(answer);
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'invalid-api-key' });
    expect(loader.peek()).toBeUndefined();
  });

  it.each([
    [404, 'not-found'],
    [429, 'rate-limited'],
    [500, 'server-error'],
  ])('is not: a %i with HTML, which is %s', async (status, code) => {
    const { loader, endpoint } = openTab();
    endpoint.always(text(page, status));
    expect(await failureOf(loader.load())).toMatchObject({ code, status });
  });
});
