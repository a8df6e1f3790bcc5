import { describe, expect, it } from 'vitest';
import { delayed, json, meteredBody, unreachable } from '../support/endpoint.js';
import { openTab } from '../support/loaders.js';
import { advance, failureOf, hourMs, jumpClock, minuteMs, secondMs, settle, startOfTime } from '../support/world.js';

describe('the ttl of an answer', () => {
  it('shortens maxAge', async () => {
    const { loader } = openTab({ maxAge: 3600 }, json({ iceServers: meteredBody(), ttl: 600 }));
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + 600 * secondMs);
  });

  it('is the maxAge if that is not set, so that an answer of a day is fresh for a day', async () => {
    const { loader } = openTab({}, json({ iceServers: meteredBody(), ttl: 86_400 }));
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + 86_400 * secondMs);
  });

  it('does not lengthen maxAge', async () => {
    const { loader } = openTab({ maxAge: 3600 }, json({ iceServers: meteredBody(), ttl: 86_400 }));
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + hourMs);
  });

  it('ends the stale time too', async () => {
    const { loader, endpoint } = openTab({}, json({ iceServers: meteredBody(), ttl: 600 }));
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(601 * secondMs);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });

  it('still counts after a page reload', async () => {
    const { loader, endpoint, anotherTab } = openTab({}, json({ iceServers: meteredBody(), ttl: 600 }));
    await settle(loader.load());
    jumpClock(10 * minuteMs);
    await settle(anotherTab().load());
    expect(endpoint.requests).toHaveLength(2);
  });

  it('of 10 milliseconds causes no loop of requests', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true });
    endpoint.always(json({ iceServers: meteredBody(), ttl: 0.01 }));
    await settle(loader.load());
    await advance(10 * secondMs);
    expect(endpoint.requests.length).toBeLessThanOrEqual(12);
  });
});

describe('a credential that expires before its response arrives', () => {
  it('is not handed out: load rejects with invalid-response, which says so', async () => {
    const { loader } = openTab({}, delayed(2000, json({ iceServers: meteredBody(), ttl: 1 })));
    expect(await failureOf(loader.load())).toMatchObject({
      code: 'invalid-response',
      message: expect.stringContaining('expired before the response arrived') as string,
    });
  });
});
