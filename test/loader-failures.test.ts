import { describe, expect, it, vi } from 'vitest';
import { IceServersError, isIceServersError, type IceServersOptions } from '../src/index.js';
import { good, json, later, otherApiKey, refusal, silence, unreachable, type Answer } from './support/endpoint.js';
import { errorsOf, fixChance, openTab, refreshesOf, userOf } from './support/loaders.js';
import { stubPage } from './support/page.js';
import { readRecords } from './support/storage.js';
import { advance, arrival, failureOf, hourMs, jump, minuteMs, outcomeOf, secondMs, startOfTime, turns } from './support/world.js';

/** A tab whose first load failed; what comes next is good. */
const failedTab = async (answer: Answer, options: Partial<IceServersOptions> = {}) => {
  const tab = openTab(options);
  tab.endpoint.always(answer);
  const error = (await failureOf(tab.loader.load())) as IceServersError;
  tab.endpoint.always(good);
  await turns();
  return { ...tab, error, asked: tab.endpoint.requests.length };
};

const kinds: [code: string, answer: Answer, coolDownMs: number][] = [
  ['invalid-api-key', refusal(401), 5 * minuteMs],
  ['invalid-api-key', refusal(403), 5 * minuteMs],
  ['not-found', refusal(404), 5 * minuteMs],
  ['rate-limited', refusal(429), minuteMs],
  ['invalid-request', refusal(400), 2 * secondMs],
  ['invalid-request', refusal(499), 2 * secondMs],
  ['server-error', refusal(500), 2 * secondMs],
  ['network', unreachable, 2 * secondMs],
  ['invalid-response', json([]), 2 * secondMs],
];

describe('after a failure', () => {
  it.each(kinds)(
    '%s (%#) is remembered: the next load rejects at once with the same code and retryAt',
    async (code, answer, coolDownMs) => {
      fixChance(0);
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
    jump(Math.floor(error.retryAt!) - Date.now() - 1);
    await failureOf(loader.load());
    expect(endpoint.requests).toHaveLength(asked);
    jump(2);
    expect(userOf(await arrival(loader.load()))).toBe(`user-${asked + 1}`);
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
    expect(userOf(await arrival(loader.load({ cache: 'reload' })))).toBe(`user-${asked + 1}`);
    expect(userOf(await arrival(loader.load()))).toBe(`user-${asked + 1}`);
  });

  it.each(kinds)('%s (%#), another key or another region is asked for at once', async (_, answer) => {
    const { anotherTab, asked } = await failedTab(answer);
    expect(userOf(await arrival(anotherTab({ apiKey: otherApiKey }).load()))).toBe(`user-${asked + 1}`);
    expect(userOf(await arrival(anotherTab({ region: 'eu' }).load()))).toBe(`user-${asked + 2}`);
  });

  it.each(kinds)('%s (%#), the status stays undefined: there was no answer', async (_, answer) => {
    const { loader } = await failedTab(answer);
    expect(loader.status).toBeUndefined();
  });

  it('C-22: a forced load that fails is not remembered as a promise: the next forced one asks', async () => {
    const { loader, endpoint, asked } = await failedTab(refusal(401));
    endpoint.always(refusal(401));
    await failureOf(loader.load({ cache: 'reload' }));
    await failureOf(loader.load({ cache: 'reload' }));
    expect(endpoint.requests).toHaveLength(asked + 2);
  });

  it('C-54: of 403, the repaired key is found within 5 minutes', async () => {
    const { loader, anotherTab, asked } = await failedTab(refusal(403));
    jump(5 * minuteMs);
    expect(userOf(await arrival(loader.load()))).toBe(`user-${asked + 1}`);
    expect(userOf(await arrival(anotherTab().load()))).toBe(`user-${asked + 1}`);
  });

  it('C-54: of 403, reload finds it at once, and a changed key needs no wait', async () => {
    const { loader, anotherTab, asked } = await failedTab(refusal(403));
    expect(userOf(await arrival(anotherTab({ apiKey: otherApiKey }).load()))).toBe(`user-${asked + 1}`);
    expect(userOf(await arrival(loader.load({ cache: 'reload' })))).toBe(`user-${asked + 2}`);
  });

  it('retryAt is a whole number, so that a timer set for it is not a moment early', async () => {
    fixChance(1 / 3);
    const { error } = await failedTab(refusal(400));
    expect(Number.isInteger(error.retryAt)).toBe(true);
  });

  it('success ends the cool-down for the next page too', async () => {
    const { loader, anotherTab, asked } = await failedTab(unreachable);
    await arrival(loader.load({ cache: 'reload' }));
    await turns();
    expect(userOf(await arrival(anotherTab().load()))).toBe(`user-${asked + 1}`);
  });

  it('another failure makes the pause longer, over reloads of the page as well', async () => {
    fixChance(0);
    const { anotherTab, endpoint, error } = await failedTab(unreachable);
    endpoint.always(unreachable);
    jump(error.retryAt! - Date.now());
    const before = Date.now();
    const again = (await failureOf(anotherTab().load())) as IceServersError;
    expect(again.retryAt! - Date.now()).toBe(4 * secondMs);
    expect(Date.now() - before).toBeLessThan(2 * secondMs);
  });

  it('an hour of asking in vain takes few rounds', async () => {
    const { loader, endpoint } = openTab();
    endpoint.always(refusal(400));
    for (let s = 0; s < 3600; s += 5) {
      await failureOf(loader.load());
      jump(5 * secondMs);
    }
    expect(endpoint.requests.length).toBeLessThan(25);
  });

  it('C-26: for region B never gives the servers of region A', async () => {
    const { loader, endpoint, anotherTab } = openTab({ region: 'europe' });
    await arrival(loader.load());
    endpoint.always(unreachable);
    const other = anotherTab({ region: 'asia' });
    expect(await failureOf(other.load())).toMatchObject({ code: 'network' });
    expect(await failureOf(other.load())).toMatchObject({ code: 'network' });
    expect(other.peek()).toBeUndefined();
  });

  it('C-26: for key B never gives the servers of key A', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await arrival(loader.load());
    endpoint.always(refusal(500));
    const other = anotherTab({ apiKey: otherApiKey });
    expect(await failureOf(other.load())).toMatchObject({ code: 'server-error' });
    expect(await failureOf(other.load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
  });

  it('a fresh answer of another tab is found inside the cool-down', async () => {
    const { loader, anotherTab, asked } = await failedTab(unreachable);
    jump(secondMs / 10);
    await arrival(anotherTab().load({ cache: 'reload' }));
    await turns();
    expect(userOf(await arrival(loader.load()))).toBe(`user-${asked + 1}`);
  });

  it('a fresh answer in memory is served inside the cool-down', async () => {
    const { loader, endpoint } = openTab();
    await arrival(loader.load());
    endpoint.always(refusal(400));
    await failureOf(loader.load({ cache: 'reload' }));
    expect(userOf(await arrival(loader.load()))).toBe('user-1');
  });

  it('of 401 on reload the good entry is dropped: its pair is dead', async () => {
    const { loader, endpoint, anotherTab } = openTab();
    await arrival(loader.load());
    jump(secondMs);
    endpoint.always(refusal(401));
    await failureOf(loader.load({ cache: 'reload' }));
    await turns();
    expect(loader.peek()).toBeUndefined();
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-api-key' });
    expect(await failureOf(anotherTab().load({ cache: 'only-if-cached' }))).toMatchObject({ code: 'not-cached' });
  });

  it('of 401 in another tab drops the entry of this one, once it looks there', async () => {
    fixChance(0);
    const { loader, endpoint, anotherTab } = openTab();
    await arrival(loader.load());
    await turns();
    jump(40 * minuteMs);
    endpoint.always(refusal(401));
    await failureOf(anotherTab().load({ cache: 'reload' }));
    await turns();
    // The refresh that an ageing entry asks for.
    await arrival(loader.load());
    await turns();
    expect(loader.peek()).toBeUndefined();
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-api-key' });
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each([400, 404, 429, 500])('of %i on reload the good entry stays', async (status) => {
    const { loader, endpoint, anotherTab } = openTab();
    await arrival(loader.load());
    jump(secondMs);
    endpoint.always(refusal(status));
    await failureOf(loader.load({ cache: 'reload' }));
    await turns();
    expect(userOf(loader.peek())).toBe('user-1');
    expect(userOf(await arrival(anotherTab().load()))).toBe('user-1');
  });
});

describe('a rate limit', () => {
  it.each([
    ['invalidate', async (tab: Awaited<ReturnType<typeof failedTab>>) => tab.loader.invalidate()],
    ['the online event', async () => stubPage().fire('online')],
  ])('does not give way to %s', async (_, act) => {
    const tab = await failedTab(refusal(429));
    await arrival(act(tab));
    expect(await failureOf(tab.loader.load())).toMatchObject({ code: 'rate-limited', retryAt: startOfTime + minuteMs });
    expect(tab.endpoint.requests).toHaveLength(1);
  });

  it('outlives invalidate and a reload of the page together', async () => {
    const { loader, anotherTab, endpoint } = await failedTab(refusal(429));
    await arrival(loader.invalidate());
    expect(await failureOf(anotherTab().load({ cache: 'reload' }))).toMatchObject({ code: 'rate-limited' });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('that another tab met counts here as well', async () => {
    const { loader, anotherTab, endpoint } = openTab();
    await arrival(loader.load());
    jump(2 * hourMs);
    endpoint.always(refusal(429));
    await arrival(anotherTab().load());
    await turns();
    await arrival(loader.load());
    expect(endpoint.requests).toHaveLength(2);
  });
});

describe('the online event', () => {
  it('ends the cool-down after network, so that the next load asks', async () => {
    const page = stubPage();
    const { loader, asked } = await failedTab(unreachable);
    page.fire('online');
    expect(userOf(await arrival(loader.load()))).toBe(`user-${asked + 1}`);
  });

  it('ends it for the next page as well', async () => {
    const page = stubPage();
    const { anotherTab, asked } = await failedTab(unreachable);
    page.fire('online');
    await turns();
    expect(userOf(await arrival(anotherTab().load()))).toBe(`user-${asked + 1}`);
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
    expect(page.heard).toContain('online');
    await arrival(loader.load({ cache: 'reload' }));
    expect(page.heard).toEqual([]);
  });

  it('asks at once where a listener is attached', async () => {
    const page = stubPage();
    const { loader, endpoint } = openTab();
    endpoint.always(unreachable);
    refreshesOf(loader);
    await failureOf(loader.load());
    endpoint.always(good);
    page.fire('online');
    await turns();
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
      expect(userOf(await arrival(loader.load()))).toBe('user-1');
      expect(statuses).toHaveLength(1);
      await turns();
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
    ['server-error', refusal(500)],
    ['timeout', silence],
    ['rate-limited', refusal(429)],
    ['invalid-response', json('x')],
    ['invalid-api-key', refusal(401)],
    ['not-found', refusal(404)],
  ])('C-33: a failed refresh (%s) is an error event and no unhandled rejection', async (code, answer) => {
    fixChance(0);
    const { loader, endpoint } = openTab();
    const errors = errorsOf(loader);
    await arrival(loader.load());
    endpoint.always(answer);
    jump(0.8 * hourMs);
    await arrival(loader.load());
    await advance(15 * secondMs);
    expect(errors).toMatchObject([{ code }]);
  });

  it('C-33: a failed refresh that nobody listens to is silent', async () => {
    fixChance(0);
    const { loader, endpoint } = openTab();
    await arrival(loader.load());
    endpoint.always(unreachable);
    jump(0.8 * hourMs);
    expect(userOf(await arrival(loader.load()))).toBe('user-1');
    await advance(15 * secondMs);
  });

  it('a refresh is tried once, not three times: nobody waits for it', async () => {
    fixChance(0);
    const { loader, endpoint } = openTab();
    await arrival(loader.load());
    endpoint.always(unreachable);
    jump(0.8 * hourMs);
    await arrival(loader.load());
    await advance(15 * secondMs);
    expect(endpoint.requests).toHaveLength(2);
  });

  it.each([0, 0.5, 0.999])('an hour of outage with a listener takes at most 12 requests, whatever is drawn (%d)', async (share) => {
    fixChance(share);
    const { loader, endpoint } = openTab();
    refreshesOf(loader);
    await arrival(loader.load());
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
    await arrival(loader.load());
    endpoint.always(unreachable);
    await advance(2 * hourMs);
    endpoint.always(good);
    await advance(26 * minuteMs);
    expect(statuses).toHaveLength(2);
  });
});

describe('IceServersError', () => {
  it('is an Error with its own name', async () => {
    const { error } = await failedTab(refusal(401));
    expect(error).toBeInstanceOf(IceServersError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('IceServersError');
    expect(String(error)).toMatch(/^IceServersError: API key refused/);
    expect(error.stack).toContain('IceServersError');
  });

  it('is plain data in JSON, message included', async () => {
    const { error } = await failedTab(refusal(401));
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
    await arrival(loader.load());
    endpoint.next(refusal(400));
    await failureOf(loader.load({ cache: 'reload' }));
    expect(loader.status).toMatchObject({ fetchedAt: startOfTime, error: { code: 'invalid-request' } });
  });

  it('is quiet: nothing is written to the console', async () => {
    const methods = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
    await failedTab(unreachable);
    await failedTab(refusal(401), { region: 'eu' });
    for (const method of methods) expect(method).not.toHaveBeenCalled();
  });

  it('comes after a wait that later answers did not shorten', async () => {
    const { loader } = openTab({}, later(8 * secondMs, refusal(400)));
    const { ms } = await outcomeOf(loader.load());
    expect(ms).toBe(8 * secondMs);
  });
});
