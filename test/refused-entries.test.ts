import { describe, expect, it } from 'vitest';
import { httpError } from './support/endpoint.js';
import { mockRandom, openTab, userOf } from './support/loaders.js';
import { settle, failureOf, hourMs, jumpClock, minuteMs, flush } from './support/world.js';

/** A tab whose answer is fresh, some minutes after the endpoint said no to a reload. */
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
  it('an answer past maxAge never serves again, here or after a reload of the page, however the endpoint fails later', async () => {
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

  it('of an early refresh the answer serves until maxAge, and not past it', async () => {
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

  it('of a reload that came while the answer was fresh it never serves past maxAge after a reload of the page either', async () => {
    const { loader, anotherTab, endpoint } = await refusedReload(status);
    endpoint.always(httpError(500));
    await failureOf(loader.load({ cache: 'reload' }));
    await flush();
    jumpClock(hourMs);
    expect(await failureOf(anotherTab().load())).toMatchObject({ code: 'server-error' });
  });

  it('a new answer may serve past maxAge again', async () => {
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
