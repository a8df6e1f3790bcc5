import { describe, expect, it, vi } from 'vitest';
import { IceServersError, isIceServersError, type IceServersOptions } from '../src/index.js';
import { good, json, delayed, otherApiKey, httpError, noAnswer, unreachable, type Answer } from './support/endpoint.js';
import { errorsOf, mockRandom, openTab, refreshesOf, userOf } from './support/loaders.js';
import { stubPage } from './support/page.js';
import { readRecords } from './support/storage.js';
import { advance, settle, failureOf, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, startOfTime, flush } from './support/world.js';

/** A tab whose first load failed; what comes next is good. */
const failedTab = async (answer: Answer, options: Partial<IceServersOptions> = {}) => {
  const tab = openTab(options);
  tab.endpoint.always(answer);
  const error = (await failureOf(tab.loader.load())) as IceServersError;
  tab.endpoint.always(good);
  await flush();
  return { ...tab, error, asked: tab.endpoint.requests.length };
};

const kinds: [code: string, answer: Answer, coolDownMs: number][] = [
  ['invalid-api-key', httpError(401), 5 * minuteMs],
  ['invalid-api-key', httpError(403), 5 * minuteMs],
  ['not-found', httpError(404), 5 * minuteMs],
  ['rate-limited', httpError(429), minuteMs],
  ['invalid-request', httpError(400), 2 * secondMs],
  ['invalid-request', httpError(499), 2 * secondMs],
  ['server-error', httpError(500), 2 * secondMs],
  ['network', unreachable, 2 * secondMs],
  ['invalid-response', json([]), 2 * secondMs],
];

describe('after a failure', () => {
  it.each(kinds)(
    '%s (%#) is remembered: the next load rejects at once with the same code and retryAt',
    async (code, answer, coolDownMs) => {
      mockRandom(0);
      const { loader, endpoint, error, asked } = await failedTab(answer);
      expect(error.retryAt).toBeGreaterThanOrEqual(Date.now() + coolDownMs - secondMs);
      const { error: again, ms } = await outcomeOf(loader.load());
      expect(again).toMatchObject({ code, status: error.status, retryAt: error.retryAt, retryable: error.retryable });
      expect(ms).toBe(0);
      expect(endpoint.requests).toHaveLength(asked);
    },
  );

  it.each(kinds)('C-21: %s (%#), the load after the cool-down asks again', async (_, answer) => {
    const { loader, endpoint, error, asked } = await failedTab(answer);
    jumpClock(Math.floor(error.retryAt!) - Date.now() - 1);
    await failureOf(loader.load());
    expect(endpoint.requests).toHaveLength(asked);
    jumpClock(2);
    expect(userOf(await settle(loader.load()))).toBe(`user-${asked + 1}`);
  });

  it.each(kinds)('%s (%#), a reload of the page keeps the cool-down', async (code, answer) => {
    const { anotherTab, endpoint, error, asked } = await failedTab(answer);
    expect(await failureOf(anotherTab().load())).toMatchObject({ code, status: error.status, retryAt: error.retryAt });
    expect(endpoint.requests).toHaveLength(asked);
  });

  it.each(kinds)('%s (%#), what is stored of it has no words: code, status and times only', async (_, answer) => {
    await failedTab(answer);
    const [record] = [...(await readRecords()).values()];
    for (const value of Object.values(record!['cool'] as object)) expect(String(value)).toMatch(/^([\d.]+|[a-z-]+|undefined)$/);
  });

  it.each(kinds.filter(([code]) => code !== 'rate-limited'))('C-22: %s (%#) gives way to cache: "reload"', async (_, answer) => {
    const { loader, asked } = await failedTab(answer);
    expect(userOf(await settle(loader.load({ cache: 'reload' })))).toBe(`user-${asked + 1}`);
    expect(userOf(await settle(loader.load()))).toBe(`user-${asked + 1}`);
  });

  it.each(kinds)('%s (%#), another key or another region is asked for at once', async (_, answer) => {
    const { anotherTab, asked } = await failedTab(answer);
    expect(userOf(await settle(anotherTab({ apiKey: otherApiKey }).load()))).toBe(`user-${asked + 1}`);
    expect(userOf(await settle(anotherTab({ region: 'eu' }).load()))).toBe(`user-${asked + 2}`);
  });

  it.each(kinds)('%s (%#), the status stays undefined: there was no answer', async (_, answer) => {
    const { loader } = await failedTab(answer);
    expect(loader.status).toBeUndefined();
  });

  it('C-22: a forced load that fails is not remembered as a promise: the next forced one asks', async () => {
    const { loader, endpoint, asked } = await failedTab(httpError(401));
    endpoint.always(httpError(401));
    await failureOf(loader.load({ cache: 'reload' }));
    await failureOf(loader.load({ cache: 'reload' }));
    expect(endpoint.requests).toHaveLength(asked + 2);
  });

  it('C-54: of 403, the repaired key is found within 5 minutes', async () => {
    const { loader, anotherTab, asked } = await failedTab(httpError(403));
    jumpClock(5 * minuteMs);
    expect(userOf(await settle(loader.load()))).toBe(`user-${asked + 1}`);
    expect(userOf(await settle(anotherTab().load()))).toBe(`user-${asked + 1}`);
  });

  it('C-54: of 403, reload finds it at once, and a changed key needs no wait', async () => {
    const { loader, anotherTab, asked } = await failedTab(httpError(403));
    expect(userOf(await settle(anotherTab({ apiKey: otherApiKey }).load()))).toBe(`user-${asked + 1}`);
    expect(userOf(await settle(loader.load({ cache: 'reload' })))).toBe(`user-${asked + 2}`);
  });

  it('retryAt is a whole number, so that a timer set for it is not a moment early', async () => {
    mockRandom(1 / 3);
    const { error } = await failedTab(httpError(400));
    expect(Number.isInteger(error.retryAt)).toBe(true);
  });

  it('success ends the cool-down for the next page too', async () => {
    const { loader, anotherTab, asked } = await failedTab(unreachable);
    await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe(`user-${asked + 1}`);
  });

  it('another failure makes the pause longer, over reloads of the page as well', async () => {
    mockRandom(0);
    const { anotherTab, endpoint, error } = await failedTab(unreachable);
    endpoint.always(unreachable);
    jumpClock(error.retryAt! - Date.now());
    const before = Date.now();
    const again = (await failureOf(anotherTab().load())) as IceServersError;
    expect(again.retryAt! - Date.now()).toBe(4 * secondMs);
    expect(Date.now() - before).toBeLessThan(2 * secondMs);
  });

  it('an hour of asking in vain takes few rounds', async () => {
    const { loader, endpoint } = openTab();
    endpoint.always(httpError(400));
    for (let s = 0; s < 3600; s += 5) {
      await failureOf(loader.load());
      jumpClock(5 * secondMs);
    }
    expect(endpoint.requests.length).toBeLessThan(25);
  });

  it('C-26: for region B never gives the servers of region A', async () => {
    const { loader, endpoint, anotherTab } = openTab({ region: 'europe' });
    await settle(loader.load());
    endpoint.always(unreachable);
    const other = anotherTab({ region: 'asia' });
    expect(await failureOf(other.load())).toMatchObject({ code: 'network' });
    expect(await failureOf(other.load())).toMatchObject({ code: 'network' });
    expect(other.peek()).toBeUndefined();
  });

  it('C-26: for key B never gives the servers of key A', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    endpoint.always(httpError(500));
    const other = anotherTab({ apiKey: otherApiKey });
    expect(await failureOf(other.load())).toMatchObject({ code: 'server-error' });
    expect(await failureOf(other.load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
  });

  it('a fresh answer of another tab is found inside the cool-down', async () => {
    const { loader, anotherTab, asked } = await failedTab(unreachable);
    jumpClock(secondMs / 10);
    await settle(anotherTab().load({ cache: 'reload' }));
    await flush();
    expect(userOf(await settle(loader.load()))).toBe(`user-${asked + 1}`);
  });

  it('a fresh answer in memory is served inside the cool-down', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(httpError(400));
    await failureOf(loader.load({ cache: 'reload' }));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it('of 401 on reload the good entry is dropped: its pair is dead', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(secondMs);
    endpoint.always(httpError(401));
    await failureOf(loader.load({ cache: 'reload' }));
    await flush();
    expect(loader.peek()).toBeUndefined();
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-api-key' });
    expect(await failureOf(anotherTab().load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
  });

  it('of 401 in another tab drops the entry of this one, once it looks there', async () => {
    mockRandom(0);
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(40 * minuteMs);
    endpoint.always(httpError(401));
    await failureOf(anotherTab().load({ cache: 'reload' }));
    await flush();
    // The refresh that an ageing entry asks for.
    await settle(loader.load());
    await flush();
    expect(loader.peek()).toBeUndefined();
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-api-key' });
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each([400, 404, 429, 500])('of %i on reload the good entry stays', async (status) => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    jumpClock(secondMs);
    endpoint.always(httpError(status));
    await failureOf(loader.load({ cache: 'reload' }));
    await flush();
    expect(userOf(loader.peek())).toBe('user-1');
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });
});

describe('a rate limit', () => {
  it.each([
    ['invalidate', async (tab: Awaited<ReturnType<typeof failedTab>>) => tab.loader.invalidate()],
    ['the online event', async () => stubPage().fire('online')],
  ])('does not give way to %s', async (_, act) => {
    const tab = await failedTab(httpError(429));
    await settle(act(tab));
    expect(await failureOf(tab.loader.load())).toMatchObject({ code: 'rate-limited', retryAt: startOfTime + minuteMs });
    expect(tab.endpoint.requests).toHaveLength(1);
  });

  it('outlives invalidate and a reload of the page together', async () => {
    const { loader, anotherTab, endpoint } = await failedTab(httpError(429));
    await settle(loader.invalidate());
    expect(await failureOf(anotherTab().load({ cache: 'reload' }))).toMatchObject({ code: 'rate-limited' });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('that another tab met counts here as well', async () => {
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

describe('the online event', () => {
  it('ends the cool-down after network, so that the next load asks', async () => {
    const page = stubPage();
    const { loader, asked } = await failedTab(unreachable);
    page.fire('online');
    expect(userOf(await settle(loader.load()))).toBe(`user-${asked + 1}`);
  });

  it('ends it for the next page as well', async () => {
    const page = stubPage();
    const { anotherTab, asked } = await failedTab(unreachable);
    page.fire('online');
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe(`user-${asked + 1}`);
  });

  it.each(kinds.filter(([code]) => code !== 'network'))('says nothing about %s (%#)', async (code, answer) => {
    const page = stubPage();
    const { loader, endpoint, asked } = await failedTab(answer);
    page.fire('online');
    expect(await failureOf(loader.load())).toMatchObject({ code });
    expect(endpoint.requests).toHaveLength(asked);
  });

  it('is no longer listened for once an answer came', async () => {
    const page = stubPage();
    const { loader } = await failedTab(unreachable);
    expect(page.listenedTypes).toContain('online');
    await settle(loader.load({ cache: 'reload' }));
    expect(page.listenedTypes).toEqual([]);
  });

  it('asks at once where a listener is attached', async () => {
    const page = stubPage();
    const { loader, endpoint } = openTab();
    endpoint.always(unreachable);
    refreshesOf(loader);
    await failureOf(loader.load());
    endpoint.always(good);
    page.fire('online');
    await flush();
    expect(loader.peek()).toBeDefined();
  });
});

describe('a listener that throws', () => {
  const failingListener = () => {
    throw new Error('mine');
  };

  it('breaks neither the loader nor the other listeners', async () => {
    const reported: unknown[] = [];
    // Node reports what a listener throws as an uncaught exception, a browser as an error event of the page.
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error) => void reported.push(error.message));
    try {
      const { loader } = openTab();
      loader.addEventListener('refresh', failingListener);
      const statuses = refreshesOf(loader);
      expect(userOf(await settle(loader.load()))).toBe('user-1');
      expect(statuses).toHaveLength(1);
      await flush();
      expect(reported).toEqual(['mine']);
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const other of others) process.on('uncaughtException', other);
    }
  });
});

describe('behind the scenes', () => {
  it.each([
    ['network', unreachable],
    ['server-error', httpError(500)],
    ['timeout', noAnswer],
    ['rate-limited', httpError(429)],
    ['invalid-response', json('x')],
    ['invalid-api-key', httpError(401)],
    ['not-found', httpError(404)],
  ])('C-33: a failed refresh (%s) is an error event and no unhandled rejection', async (code, answer) => {
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

  it('C-33: a failed refresh that nobody listens to is silent', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(0.8 * hourMs);
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    await advance(15 * secondMs);
  });

  it('a refresh is tried once, not three times: nobody waits for it', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(0.8 * hourMs);
    await settle(loader.load());
    await advance(15 * secondMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each([0, 0.5, 0.999])('an hour of outage with a listener takes at most 12 requests, whatever is drawn (%d)', async (share) => {
    mockRandom(share);
    const { loader, endpoint } = openTab();
    refreshesOf(loader);
    await settle(loader.load());
    const { refreshAt } = loader.status!;
    endpoint.always(unreachable);
    const before = endpoint.requests.length;
    await advance(refreshAt - Date.now());
    await advance(hourMs);
    expect(endpoint.requests.length - before).toBeGreaterThan(2);
    expect(endpoint.requests.length - before).toBeLessThanOrEqual(12);
  });

  it('after the outage the listener gets its new servers within 26 minutes', async () => {
    const { loader, endpoint } = openTab();
    const statuses = refreshesOf(loader);
    await settle(loader.load());
    endpoint.always(unreachable);
    await advance(2 * hourMs);
    endpoint.always(good);
    await advance(26 * minuteMs);
    expect(statuses).toHaveLength(2);
  });
});

describe('IceServersError', () => {
  it('is an Error with its own name', async () => {
    const { error } = await failedTab(httpError(401));
    expect(error).toBeInstanceOf(IceServersError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('IceServersError');
    expect(String(error)).toMatch(/^IceServersError: API key refused/);
    expect(error.stack).toContain('IceServersError');
  });

  it('is plain data in JSON, message included', async () => {
    const { error } = await failedTab(httpError(401));
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'IceServersError',
      message: error.message,
      code: 'invalid-api-key',
      status: 401,
      retryable: false,
      retryAt: error.retryAt,
    });
  });

  it('has no cause', async () => {
    expect((await failedTab(unreachable)).error.cause).toBeUndefined();
  });

  it('is known by its looks, also from another realm', () => {
    expect(isIceServersError(new IceServersError('network'))).toBe(true);
    expect(isIceServersError(Object.assign(Object.create(null), { name: 'IceServersError', code: 'timeout' }))).toBe(true);
  });

  it.each([[undefined], [null], [7], ['IceServersError'], [{}], [new Error('x')], [{ name: 'IceServersError' }], [{ code: 'network' }]])(
    'is not: %s',
    (value) => {
      expect(isIceServersError(value)).toBe(false);
    },
  );

  it.each([
    ['invalid-api-key', false],
    ['invalid-request', false],
    ['not-found', false],
    ['not-cached', false],
    ['secret-key', false],
    ['credential-rejected', false],
    ['rate-limited', true],
    ['server-error', true],
    ['timeout', true],
    ['network', true],
    ['invalid-response', true],
  ] as const)('%s is retryable: %s', (code, retryable) => {
    expect(new IceServersError(code).retryable).toBe(retryable);
  });

  it.each([
    'invalid-api-key',
    'invalid-request',
    'not-found',
    'rate-limited',
    'server-error',
    'timeout',
    'network',
    'invalid-response',
    'not-cached',
    'credential-rejected',
  ] as const)('%s says in a sentence what to do', (code) => {
    expect(new IceServersError(code).message).toMatch(/^[A-Z].{5,}[.:] (check|load|make|try|wait) .{5,}\.$|^No answer: .*\(check .*\.$/i);
  });

  it.each([
    ['network', /appName/],
    ['not-found', /appName/],
    ['invalid-api-key', /appName/],
  ] as const)('%s names a wrong app name as a cause', (code, cause) => {
    expect(new IceServersError(code).message).toMatch(cause);
  });
});

describe('the status after a failure', () => {
  it('keeps telling of the last answer, and adds the error', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    endpoint.next(httpError(400));
    await failureOf(loader.load({ cache: 'reload' }));
    expect(loader.status).toMatchObject({ fetchedAt: startOfTime, error: { code: 'invalid-request' } });
  });

  it('is quiet: nothing is written to the console', async () => {
    const methods = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
    await failedTab(unreachable);
    await failedTab(httpError(401), { region: 'eu' });
    for (const method of methods) expect(method).not.toHaveBeenCalled();
  });

  it('comes after a wait that later answers did not shorten', async () => {
    const { loader } = openTab({}, delayed(8 * secondMs, httpError(400)));
    const { ms } = await outcomeOf(loader.load());
    expect(ms).toBe(8 * secondMs);
  });
});
