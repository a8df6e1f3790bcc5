import { describe, expect, it, vi } from 'vitest';
import { delayed, httpError, unreachable } from '../support/endpoint.js';
import { mockRandom, openTab, userOf } from '../support/loaders.js';
import { failedTab } from '../support/failures.js';
import { failureOf, flush, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, settle, startOfTime } from '../support/world.js';

describe('the status', () => {
  it('has the source of the servers, and their times in epoch milliseconds', async () => {
    mockRandom(0.5);
    const { loader } = openTab();
    expect(loader.status).toBeUndefined();
    await settle(loader.load());
    expect(loader.status).toEqual({
      source: 'network',
      fetchedAt: startOfTime,
      refreshAt: startOfTime + 0.7 * hourMs,
      expiresAt: startOfTime + hourMs,
      storage: 'indexeddb',
      dropped: 0,
      hasTurn: true,
    });
  });

  it('has no error after another tab’s answer was loaded', async () => {
    const { loader, anotherTab } = openTab({}, httpError(404));
    await failureOf(loader.load());
    await flush();
    jumpClock(6 * minuteMs);
    await settle(anotherTab().load());
    await flush();
    await settle(loader.load());
    expect(loader.status).toMatchObject({ source: 'indexeddb' });
    expect(loader.status).not.toHaveProperty('error');
  });

  it('has memory as source after a peek', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    loader.peek();
    expect(loader.status).toMatchObject({ source: 'memory' });
  });

  it('has memory as source if the entry has less than minValidity and the endpoint failed', async () => {
    mockRandom(1);
    const { loader, endpoint } = openTab({ expiresAt: Date.now() + 2 * hourMs, maxAge: 7200 });
    await settle(loader.load());
    jumpClock(20 * minuteMs);
    endpoint.always(httpError(500));
    expect(userOf(await settle(loader.load({ minValidity: 7000 })))).toBe('user-1');
    expect(loader.status).toMatchObject({ source: 'memory', error: { code: 'server-error' } });
  });

  it('of a fallback expires at the next possible request', async () => {
    const { loader } = openTab({ fallback: [{ urls: 'stun:stun.example.com' }] }, httpError(404));
    await settle(loader.load());
    const { fetchedAt, refreshAt, expiresAt, error } = loader.status!;
    expect({ fetchedAt, refreshAt, expiresAt }).toEqual({ fetchedAt: Date.now(), refreshAt: error!.retryAt, expiresAt: error!.retryAt });
  });
});

describe('the status after a failure', () => {
  it('still describes the last answer, and has the error', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.next(httpError(400));
    await failureOf(loader.load({ cache: 'reload' }));
    expect(loader.status).toMatchObject({ fetchedAt: startOfTime, error: { code: 'invalid-request' } });
  });

  it('is all there is: nothing is written to the console', async () => {
    const methods = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
    await failedTab(unreachable);
    await failedTab(httpError(401), { region: 'eu' });
    for (const method of methods) expect(method).not.toHaveBeenCalled();
  });

  it('comes after the whole wait for a slow answer', async () => {
    const { loader } = openTab({}, delayed(8 * secondMs, httpError(400)));
    const { ms } = await outcomeOf(loader.load());
    expect(ms).toBe(8 * secondMs);
  });
});
