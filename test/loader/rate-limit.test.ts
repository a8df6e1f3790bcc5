import { describe, expect, it } from 'vitest';
import { httpError, unreachable } from '../support/endpoint.js';
import { failedTab } from '../support/failures.js';
import { openTab, userOf } from '../support/loaders.js';
import { stubPage } from '../support/page.js';
import { failureOf, flush, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, settle, startOfTime } from '../support/world.js';

describe('a 429', () => {
  const limit = (header: string) => httpError(429, { 'retry-after': header });

  it.each([
    ['seconds', '3600', startOfTime + hourMs],
    ['a date', new Date(startOfTime + hourMs).toUTCString(), startOfTime + hourMs],
  ])('C-45: with a readable Retry-After in %s rejects at once with retryAt', async (_, header, retryAt) => {
    const { loader, endpoint } = openTab({}, limit(header));
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'rate-limited', status: 429, retryAt });
    expect(ms).toBe(0);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-45: makes no request before retryAt, not even for reload, and one after', async () => {
    const { loader, endpoint } = openTab({}, limit('3600'));
    await failureOf(loader.load());
    jumpClock(hourMs - 1);
    for (const cache of ['default', 'reload', 'no-store'] as const) {
      expect(await failureOf(loader.load({ cache }))).toMatchObject({ code: 'rate-limited', retryAt: startOfTime + hourMs });
    }
    expect(endpoint.requests).toHaveLength(1);
    jumpClock(1);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('C-45: serves a stale entry at once', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(2 * hourMs);
    endpoint.always(limit('3600'));
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBe(0);
  });

  it.each([
    ['without a readable header', httpError(429)],
    ['with an invalid header', limit('soon')],
    ['with an empty header', limit('')],
  ])('C-46: %s starts a cool-down of 60 s', async (_, answer) => {
    const { loader, endpoint } = openTab({}, answer);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'rate-limited', retryAt: startOfTime + minuteMs });
    jumpClock(minuteMs - 1);
    await failureOf(loader.load({ cache: 'reload' }));
    expect(endpoint.requests).toHaveLength(1);
    jumpClock(1);
    await settle(loader.load());
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each(['0', '-5', new Date(startOfTime - hourMs).toUTCString()])(
    'with a Retry-After of %s causes no loop of requests',
    async (header) => {
      const { loader, endpoint } = openTab();
      endpoint.always(limit(header));
      for (let i = 0; i < 10; i++) await failureOf(loader.load());
      expect(endpoint.requests).toHaveLength(1);
    },
  );
});

describe('a rate limit', () => {
  it.each([
    ['invalidate', async (tab: Awaited<ReturnType<typeof failedTab>>) => tab.loader.invalidate()],
    ['the online event', async () => stubPage().fire('online')],
  ])('is not ended by %s', async (_, act) => {
    const tab = await failedTab(httpError(429));
    await settle(act(tab));
    expect(await failureOf(tab.loader.load())).toMatchObject({ code: 'rate-limited', retryAt: startOfTime + minuteMs });
    expect(tab.endpoint.requests).toHaveLength(1);
  });

  it('outlives invalidate and a page reload together', async () => {
    const { loader, anotherTab, endpoint } = await failedTab(httpError(429));
    await settle(loader.invalidate());
    expect(await failureOf(anotherTab().load({ cache: 'reload' }))).toMatchObject({ code: 'rate-limited' });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('of another tab counts here as well', async () => {
    const { loader, anotherTab, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(2 * hourMs);
    endpoint.always(httpError(429));
    await settle(anotherTab().load());
    await flush();
    await settle(loader.load());
    expect(endpoint.requests).toHaveLength(2);
  });
});

/** Two tabs: the first failed, and then the other got a 429 with a Retry-After of an hour. */
const limitedTab = async (before = unreachable) => {
  const tab = openTab({}, before, before, before);
  await failureOf(tab.loader.load());
  await flush();
  jumpClock(10 * secondMs);
  tab.endpoint.always(httpError(429, { 'retry-after': '3600' }));
  const other = tab.anotherTab();
  await failureOf(other.load());
  await flush();
  const { length } = tab.endpoint.requests;
  return { ...tab, other, requestCount: length };
};

describe('C-45: a rate limit', () => {
  it('is not ended by invalidate after a page reload', async () => {
    const { anotherTab, endpoint, requestCount } = await limitedTab();
    const reloaded = anotherTab();
    await settle(reloaded.invalidate());
    expect(await failureOf(reloaded.load())).toMatchObject({ code: 'rate-limited' });
    expect(endpoint.requests).toHaveLength(requestCount);
  });

  it('is not ended by invalidate without storage', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' }, httpError(429));
    await failureOf(loader.load());
    await settle(loader.invalidate());
    expect(await failureOf(loader.load())).toMatchObject({ code: 'rate-limited' });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('of another tab is not ended by the online event here', async () => {
    const page = stubPage();
    const { loader, anotherTab, endpoint, requestCount } = await limitedTab();
    page.fire('online');
    await flush();
    expect(await failureOf(loader.load())).toMatchObject({ code: 'rate-limited' });
    expect(await failureOf(anotherTab().load())).toMatchObject({ code: 'rate-limited' });
    expect(endpoint.requests).toHaveLength(requestCount);
  });

  it('outlasts another failure of another tab meanwhile', async () => {
    let refuse = (): void => {};
    const tab = openTab({}, () => new Promise((resolve) => (refuse = () => resolve(Response.json({}, { status: 400 })))));
    const slow = tab.loader.load();
    slow.catch(() => {});
    await flush();
    tab.endpoint.always(httpError(429, { 'retry-after': '3600' }));
    await failureOf(tab.anotherTab().load({ cache: 'reload' }));
    await flush();
    refuse();
    await failureOf(slow);
    await flush();
    const { length } = tab.endpoint.requests;
    jumpClock(10 * secondMs);
    expect(await failureOf(tab.anotherTab().load())).toMatchObject({ code: 'rate-limited' });
    expect(await failureOf(tab.loader.load())).toMatchObject({ code: 'rate-limited' });
    expect(tab.endpoint.requests).toHaveLength(length);
  });
});
