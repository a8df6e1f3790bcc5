import { describe, expect, it } from 'vitest';
import { delayed, httpError, meteredBody, unreachable } from '../support/endpoint.js';
import { mockRandom, openTab, refreshesOf, userOf } from '../support/loaders.js';
import { changeRecords } from '../support/storage.js';
import { advance, dayMs, failureOf, flush, hourMs, jumpClock, minuteMs, secondMs, settle, startOfTime } from '../support/world.js';

describe('a clock that jumps', () => {
  it('C-37: forward by 8 hours serves no expired entry as fresh', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    jumpClock(8 * hourMs);
    expect(loader.peek()).toBeUndefined();
    expect(await failureOf(loader.load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('C-37: forward by 8 hours causes one refresh, and the events come in order', async () => {
    const { loader, endpoint } = openTab({ autoRefresh: true });
    const statuses = refreshesOf(loader);
    await settle(loader.load());
    jumpClock(8 * hourMs);
    await advance(2 * minuteMs);
    await settle(loader.load());
    expect(endpoint.requests).toHaveLength(2);
    expect(statuses).toHaveLength(2);
    expect(statuses[1]!.fetchedAt).toBeGreaterThan(statuses[0]!.fetchedAt);
  });

  it('C-37: forward during a request does not keep it from settling', async () => {
    const { loader } = openTab({}, delayed(5 * secondMs));
    const loading = loader.load();
    await advance(secondMs);
    jumpClock(8 * hourMs);
    expect(await settle(loading)).toBeDefined();
  });

  it('C-39: back by a day makes a stored entry a miss, as it is from the future', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(-dayMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-39: back by a day in an open page causes one request, and then hits', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(-dayMs);
    for (let i = 0; i < 10; i++) await settle(loader.load());
    await flush();
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-39: back by half an hour lets an open tab use what another tab has loaded since', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    const other = anotherTab();
    await settle(loader.load());
    await settle(other.load());
    jumpClock(-30 * minuteMs);
    await settle(loader.load());
    await flush();
    endpoint.always(unreachable);
    expect(userOf(await settle(other.load()))).toBe('user-2');
  });

  it('C-39: back by a day lets a new entry replace the stored one from the future', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(-dayMs);
    await settle(loader.load());
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-39: back by a day serves no entry from the future, even if the endpoint is down', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(-dayMs);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });

  it('C-39: in another tab does not replace a good entry with one from the future', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    await flush();
    await changeRecords((record) => ({ ...record, fetchedAt: startOfTime + dayMs, iceServers: meteredBody('future') }));
    endpoint.always(unreachable);
    await failureOf(loader.load({ cache: 'reload' }));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it('C-39: back by a minute at a time cannot keep an entry fresh, as the monotonic clock counts too', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    for (let i = 0; i < 61; i++) {
      await advance(minuteMs);
      jumpClock(-minuteMs + 10);
    }
    expect(loader.peek()).toBeUndefined();
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it.each([-2, 2])('C-39: by %i hours before the first load leaves one request per maxAge', async (hours) => {
    jumpClock(hours * hourMs);
    const { loader, endpoint } = openTab();
    for (let minute = 0; minute < 4 * 60; minute += 10) {
      await settle(loader.load());
      await advance(10 * minuteMs);
    }
    expect(endpoint.requests.length).toBeGreaterThanOrEqual(4);
    expect(endpoint.requests.length).toBeLessThanOrEqual(9);
  });

  it('C-39: back by a day ends a cool-down, which would otherwise last for a day', async () => {
    const { loader, endpoint } = openTab({}, httpError(401));
    await failureOf(loader.load());
    jumpClock(-dayMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('forward and back again leaves a fresh entry fresh', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    jumpClock(2 * hourMs);
    jumpClock(-2 * hourMs);
    await settle(loader.load());
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-39: back to the moment of the request makes no old entry fresh', async () => {
    const { loader } = openTab({ storage: 'memory' });
    await settle(loader.load());
    const { fetchedAt } = loader.status!;
    await advance(2 * hourMs);
    jumpClock(fetchedAt - Date.now());
    expect(loader.peek()).toBeUndefined();
  });

  it('C-39: back does not make an entry from storage younger', async () => {
    mockRandom(0);
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await advance(25 * minuteMs);
    const second = anotherTab();
    await settle(second.load());
    jumpClock(-20 * minuteMs);
    await advance(36 * minuteMs);
    expect(second.peek()).toBeUndefined();
  });
});
