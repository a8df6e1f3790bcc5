import { describe, expect, it } from 'vitest';
import { delayed, json, meteredBody, noAnswer, unreachable } from '../support/endpoint.js';
import { errorsOf, mockRandom, openTab, userOf } from '../support/loaders.js';
import { advance, flush, jumpClock, minuteMs, secondMs, settle, startOfTime } from '../support/world.js';

describe('minValidity', () => {
  const withLife = (ttl: number, count: number | string = 1) => json({ iceServers: meteredBody(count), ttl });

  it('C-42: sends a request if less validity is left than required', async () => {
    const { loader, endpoint } = openTab({}, withLife(600), withLife(600, 2));
    await settle(loader.load());
    jumpClock(570 * secondMs);
    expect(userOf(await settle(loader.load({ minValidity: 60 })))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('is a hit if as much validity is left as required', async () => {
    const { loader, endpoint } = openTab({}, withLife(600));
    await settle(loader.load());
    expect(userOf(await settle(loader.load({ minValidity: 600 })))).toBe('user-1');
    expect(endpoint.requests).toHaveLength(1);
  });

  it('sends one request if even a new answer has less, because it took a while to arrive', async () => {
    const { loader, endpoint } = openTab();
    endpoint.always(delayed(2 * secondMs, withLife(100)));
    for (let i = 0; i < 4; i++) await settle(loader.load({ minValidity: 99 }));
    expect(endpoint.requests).toHaveLength(1);
  });

  it('is 60 s by default', async () => {
    const { loader } = openTab({}, withLife(600), withLife(600, 2));
    await settle(loader.load());
    jumpClock(541 * secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('is a tenth of a short ttl by default', async () => {
    mockRandom(1);
    const { loader, endpoint } = openTab({}, withLife(100), withLife(100, 2));
    await settle(loader.load());
    jumpClock(89 * secondMs);
    await settle(loader.load());
    expect(endpoint.requests).toHaveLength(1);
    jumpClock(2 * secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('of 0 accepts the last second', async () => {
    const { loader } = openTab({}, withLife(600), noAnswer);
    await settle(loader.load());
    jumpClock(599 * secondMs);
    expect(userOf(await settle(loader.load({ minValidity: 0 })))).toBe('user-1');
  });

  it('that even a new answer cannot meet resolves with the new answer, without a loop', async () => {
    const { loader, endpoint } = openTab({}, withLife(30), withLife(30, 2), withLife(30, 3));
    expect(userOf(await settle(loader.load({ minValidity: 3600 })))).toBe('user-1');
    await advance(secondMs);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('has no effect if the expiry is unknown', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(10 * minuteMs);
    await settle(loader.load({ minValidity: 24 * 3600 }));
    await flush();
    expect(endpoint.requests).toHaveLength(1);
  });

  it('counts the time until expiresAt', async () => {
    const { loader, endpoint } = openTab({ expiresAt: startOfTime + 30 * minuteMs });
    await settle(loader.load());
    jumpClock(20 * minuteMs);
    await settle(loader.load({ minValidity: 10 * 60 + 1 }));
    expect(endpoint.requests).toHaveLength(2);
  });

  it('that a stored answer does not meet sends a request as well', async () => {
    const { loader, anotherTab } = openTab({}, withLife(600), withLife(600, 2));
    await settle(loader.load());
    jumpClock(570 * secondMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
  });

  it('of the stricter of two callers who share a request applies to both', async () => {
    const { loader, anotherTab } = openTab({}, withLife(600), withLife(600, 2));
    await settle(loader.load());
    jumpClock(400 * secondMs);
    const second = anotherTab();
    const [easy, strict] = [second.load({ minValidity: 0 }), second.load({ minValidity: 500 })];
    expect(userOf(await settle(strict))).toBe('user-2');
    await settle(easy);
  });

  it('that cannot be met while the endpoint is down resolves with the fresh entry', async () => {
    const { loader, endpoint } = openTab({}, withLife(600));
    const errors = errorsOf(loader);
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(570 * secondMs);
    expect(userOf(await settle(loader.load({ minValidity: 60 })))).toBe('user-1');
    expect(errors).toMatchObject([{ code: 'network' }]);
  });

  it('that no answer can meet sends a request once less than half of the ttl is left', async () => {
    mockRandom(1);
    const { loader, endpoint } = openTab({ storage: 'memory' });
    endpoint.always(async (_, count) =>
      Response.json({ iceServers: [{ urls: 'turn:a', username: `user-${count}`, credential: 'c' }], ttl: 50 }),
    );
    await settle(loader.load({ minValidity: 60 }));
    expect(userOf(await settle(loader.load({ minValidity: 60 })))).toBe('user-1');
    jumpClock(26 * secondMs);
    expect(userOf(await settle(loader.load({ minValidity: 60 })))).toBe('user-2');
  });
});
