import { describe, expect, it } from 'vitest';
import { delayed, httpError, json, noAnswer, unreachable } from '../support/endpoint.js';
import { errorsOf, mockRandom, openTab, userOf } from '../support/loaders.js';
import { advance, failureOf, flush, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, settle, startOfTime } from '../support/world.js';

describe('past the refresh time', () => {
  it('a load is served at once and starts a background refresh', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(hourMs / 2);
    endpoint.next(delayed(secondMs));
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(0);
    await advance(secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('and not before, a load starts a background refresh', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(hourMs / 2 - 1);
    await settle(loader.load());
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each([
    [0, 0.5],
    [1, 0.9],
  ])('which is, for a random value of %d, at %d of maxAge', async (share, part) => {
    mockRandom(share);
    const { loader } = openTab();
    await settle(loader.load());
    expect(loader.status?.refreshAt).toBeCloseTo(startOfTime + part * hourMs, -1);
  });

  it('many loads start one background refresh', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(hourMs / 2);
    endpoint.next(delayed(secondMs));
    for (let i = 0; i < 20; i++) await settle(loader.load());
    await advance(secondMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('the first load of a page is served from storage and starts a background refresh', async () => {
    mockRandom(0);
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(hourMs / 2);
    const second = anotherTab();
    expect(userOf(await settle(second.load()))).toBe('user-1');
    await advance(secondMs);
    expect(endpoint.requests).toHaveLength(2);
    expect(userOf(second.peek())).toBe('user-2');
  });
});

describe('a background refresh that fails', () => {
  it('C-29: fires one error event and does not fail the caller', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    const errors = errorsOf(loader);
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(56 * minuteMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await flush();
    expect(errors).toMatchObject([{ code: 'network' }]);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(errors).toHaveLength(1);
  });

  it('with 401 drops the entry, even if it is fresh', async () => {
    mockRandom(0);
    const { loader, endpoint, anotherTab } = openTab();
    const errors = errorsOf(loader);
    await settle(loader.load());
    endpoint.always(httpError(401));
    jumpClock(hourMs / 2);
    await settle(loader.load());
    await advance(0);
    expect(errors).toMatchObject([{ code: 'invalid-api-key', status: 401 }]);
    expect(loader.peek()).toBeUndefined();
    expect(await failureOf(anotherTab().load())).toMatchObject({ code: 'invalid-api-key' });
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each([400, 404])('with %i keeps the fresh entry', async (status) => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(httpError(status));
    jumpClock(hourMs / 2);
    await settle(loader.load());
    await flush();
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it.each([
    ['network', unreachable],
    ['server-error', httpError(500)],
    ['timeout', noAnswer],
    ['rate-limited', httpError(429)],
    ['invalid-response', json('x')],
    ['invalid-api-key', httpError(401)],
    ['not-found', httpError(404)],
  ])('C-33: (%s) fires an error event and is no unhandled rejection', async (code, answer) => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    const errors = errorsOf(loader);
    await settle(loader.load());
    endpoint.always(answer);
    jumpClock(0.8 * hourMs);
    await settle(loader.load());
    await advance(15 * secondMs);
    expect(errors).toMatchObject([{ code }]);
  });

  it('C-33: is silent if nobody listens', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(0.8 * hourMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await advance(15 * secondMs);
  });

  it('is not retried, as nobody waits for it', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(0.8 * hourMs);
    await settle(loader.load());
    await advance(15 * secondMs);
    expect(endpoint.requests).toHaveLength(2);
  });
});
