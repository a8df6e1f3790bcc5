import { describe, expect, it } from 'vitest';
import { good, unreachable } from '../support/endpoint.js';
import { mockRandom, openTab, refreshesOf } from '../support/loaders.js';
import { stubPage } from '../support/page.js';
import { advance, failureOf, flush, hourMs, minuteMs, settle } from '../support/world.js';

describe('during an outage, a loader with autoRefresh', () => {
  it.each([0, 0.5, 0.999])('sends at most 12 requests an hour, whatever the random value (%d)', async (share) => {
    mockRandom(share);
    const { loader, endpoint } = openTab({ autoRefresh: true });
    await settle(loader.load());
    const { refreshAt } = loader.status!;
    endpoint.always(unreachable);
    const before = endpoint.requests.length;
    await advance(refreshAt - Date.now());
    await advance(hourMs);
    expect(endpoint.requests.length - before).toBeGreaterThan(2);
    expect(endpoint.requests.length - before).toBeLessThanOrEqual(12);
  });

  it('gets new servers within 26 minutes of its end', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true });
    const statuses = refreshesOf(loader);
    await settle(loader.load());
    endpoint.always(unreachable);
    await advance(2 * hourMs);
    endpoint.always(good);
    await advance(26 * minuteMs);
    expect(statuses).toHaveLength(2);
  });

  it('sends a request at the online event', async () => {
    const page = stubPage();
    const { loader, endpoint } = openTab({ autoRefresh: true });
    endpoint.always(unreachable);
    await failureOf(loader.load());
    endpoint.always(good);
    page.fire('online');
    await flush();
    expect(loader.peek()).toBeDefined();
  });
});
