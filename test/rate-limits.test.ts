import { describe, expect, it } from 'vitest';
import { httpError, unreachable } from './support/endpoint.js';
import { openTab } from './support/loaders.js';
import { stubPage } from './support/page.js';
import { settle, failureOf, jumpClock, secondMs, flush } from './support/world.js';

/** A tab that heard a 429 which names an hour, after another tab failed in its own way. */
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
  return { ...tab, other, asked: length };
};

describe('C-45: a rate limit', () => {
  it('is not ended by an invalidate after a reload of the page', async () => {
    const { anotherTab, endpoint, asked } = await limitedTab();
    const reloaded = anotherTab();
    await settle(reloaded.invalidate());
    expect(await failureOf(reloaded.load())).toMatchObject({ code: 'rate-limited' });
    expect(endpoint.requests).toHaveLength(asked);
  });

  it('is not ended by an invalidate where nothing outlives the page', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' }, httpError(429));
    await failureOf(loader.load());
    await settle(loader.invalidate());
    expect(await failureOf(loader.load())).toMatchObject({ code: 'rate-limited' });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('that another tab met is not ended by online here', async () => {
    const page = stubPage();
    const { loader, anotherTab, endpoint, asked } = await limitedTab();
    page.fire('online');
    await flush();
    expect(await failureOf(loader.load())).toMatchObject({ code: 'rate-limited' });
    expect(await failureOf(anotherTab().load())).toMatchObject({ code: 'rate-limited' });
    expect(endpoint.requests).toHaveLength(asked);
  });

  it('outlasts a lesser failure that another tab met meanwhile', async () => {
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
