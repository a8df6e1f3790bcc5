import { describe, expect, it } from 'vitest';
import { unreachable } from '../support/endpoint.js';
import { failedTab, failureKinds } from '../support/failures.js';
import { openTab, userOf } from '../support/loaders.js';
import { stubPage } from '../support/page.js';
import { failureOf, flush, settle } from '../support/world.js';

describe('the online event', () => {
  it('ends the cool-down after network, so that the next load sends a request', async () => {
    const page = stubPage();
    const { loader, requestCount } = await failedTab(unreachable);
    page.fire('online');
    expect(userOf(await settle(loader.load()))).toBe(`user-${requestCount + 1}`);
  });

  it('ends the cool-down for the next page as well', async () => {
    const page = stubPage();
    const { anotherTab, requestCount } = await failedTab(unreachable);
    page.fire('online');
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe(`user-${requestCount + 1}`);
  });

  it.each(failureKinds.filter(([code]) => code !== 'network'))('does not end the cool-down after %s (%#)', async (code, answer) => {
    const page = stubPage();
    const { loader, endpoint, requestCount } = await failedTab(answer);
    page.fire('online');
    expect(await failureOf(loader.load())).toMatchObject({ code });
    expect(endpoint.requests).toHaveLength(requestCount);
  });

  it('is no longer listened for after an answer', async () => {
    const page = stubPage();
    const { loader } = await failedTab(unreachable);
    expect(page.listenedTypes).toContain('online');
    await settle(loader.load({ cache: 'reload' }));
    expect(page.listenedTypes).toEqual([]);
  });

  it('leaves the stored entry to other tabs', async () => {
    const page = stubPage();
    const { loader, anotherTab, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    await failureOf(loader.load({ cache: 'reload' }));
    await flush();
    page.fire('online');
    await flush();
    expect(userOf(await settle(anotherTab().load({ cache: 'only-if-cached' })))).toBe('user-1');
  });
});
