import { describe, expect, it } from 'vitest';
import { httpError, json, meteredBody, noAnswer, unreachable } from '../support/endpoint.js';
import { errorsOf, mockRandom, openTab, userOf } from '../support/loaders.js';
import { dayMs, failureOf, flush, hourMs, jumpClock, minuteMs, secondMs, settle, startOfTime } from '../support/world.js';

describe('staleIfError', () => {
  const stale = async (answer: Parameters<ReturnType<typeof openTab>['endpoint']['always']>[0], options = {}) => {
    const tab = openTab(options);
    const errors = errorsOf(tab.loader);
    await settle(tab.loader.load());
    jumpClock(2 * hourMs);
    tab.endpoint.always(answer);
    return { ...tab, errors };
  };

  it.each([
    ['network', unreachable],
    ['timeout', noAnswer],
    ['server-error', httpError(503)],
    ['rate-limited', httpError(429)],
    ['invalid-response', json({ error: 'x' })],
  ])('serves a stale entry after %s', async (code, answer) => {
    const { loader, errors } = await stale(answer);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(loader.status).toMatchObject({ source: 'stale', fetchedAt: startOfTime, error: { code } });
    expect(errors).toMatchObject([{ code }]);
  });

  it.each([400, 401, 403, 404, 410])('serves nothing after %i, which is a final answer', async (status) => {
    const { loader } = await stale(httpError(status));
    expect(await failureOf(loader.load())).toMatchObject({ status });
  });

  it('of 0 serves nothing past maxAge', async () => {
    const { loader } = await stale(unreachable, { staleIfError: 0 });
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });

  it('serves nothing after its time', async () => {
    const { loader } = await stale(unreachable, { staleIfError: 2 * 3600 });
    jumpClock(hourMs - 20 * secondMs);
    await settle(loader.load());
    jumpClock(20 * secondMs);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });

  it('of Infinity always serves', async () => {
    const { loader } = await stale(unreachable, { staleIfError: Infinity });
    jumpClock(365 * dayMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it('serves after a page reload as well', async () => {
    const { anotherTab } = await stale(unreachable);
    const second = anotherTab();
    expect(userOf(await settle(second.load()))).toBe('user-1');
    expect(second.status?.source).toBe('stale');
  });

  it('fires one error event for one failure, however many callers it serves', async () => {
    const { loader, errors } = await stale(httpError(429));
    await settle(Promise.all(Array.from({ length: 20 }, async () => loader.load())));
    await settle(loader.load());
    expect(errors).toHaveLength(1);
  });

  it('leaves no error in the status after the next good answer', async () => {
    const { loader, endpoint } = await stale(unreachable);
    await settle(loader.load());
    expect(loader.status?.error).toBeDefined();
    endpoint.always(json(meteredBody('new')));
    jumpClock(5 * minuteMs);
    expect(userOf(await settle(loader.load()))).toBe('user-new');
    expect(loader.status).toMatchObject({ source: 'network' });
    expect(loader.status).not.toHaveProperty('error');
  });
});

/** A tab with a fresh entry, ten minutes after a reload failed with this status. */
const refusedReload = async (status: number) => {
  const tab = openTab();
  await settle(tab.loader.load());
  await flush();
  tab.endpoint.next(httpError(status));
  await failureOf(tab.loader.load({ cache: 'reload' }));
  await flush();
  jumpClock(10 * minuteMs);
  return tab;
};

describe.each([400, 404])('after a %i', (status) => {
  it('a stale entry is never served again, here or after a page reload, however the endpoint fails later', async () => {
    const { loader, anotherTab, endpoint } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(hourMs + minuteMs);
    endpoint.always(httpError(status));
    await failureOf(loader.load());
    await flush();
    jumpClock(6 * minuteMs);
    endpoint.always(httpError(500));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'server-error' });
    await flush();
    jumpClock(6 * minuteMs);
    expect(await failureOf(anotherTab().load())).toMatchObject({ code: 'server-error' });
  });

  it('in a background refresh the entry is served until maxAge, and not as stale', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(hourMs / 2 + minuteMs);
    endpoint.always(httpError(status));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await flush();
    jumpClock(10 * minuteMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    endpoint.always(httpError(500));
    jumpClock(hourMs / 2);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'server-error' });
  });

  it('in a reload of a fresh entry it is not served as stale after a page reload either', async () => {
    const { loader, anotherTab, endpoint } = await refusedReload(status);
    endpoint.always(httpError(500));
    await failureOf(loader.load({ cache: 'reload' }));
    await flush();
    jumpClock(hourMs);
    expect(await failureOf(anotherTab().load())).toMatchObject({ code: 'server-error' });
  });

  it('a new answer may be served as stale again', async () => {
    const { loader, anotherTab, endpoint } = await refusedReload(status);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    endpoint.always(httpError(500));
    jumpClock(hourMs + minuteMs);
    const second = anotherTab();
    await settle(second.load());
    expect(second.status).toMatchObject({ source: 'stale' });
  });
});
