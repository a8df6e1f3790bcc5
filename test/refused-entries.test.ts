import { describe, expect, it } from 'vitest';
import { refusal } from './support/endpoint.js';
import { fixChance, openTab, userOf } from './support/loaders.js';
import { arrival, failureOf, hourMs, jump, minuteMs, turns } from './support/world.js';

/** A tab whose answer is fresh, some minutes after the endpoint said no to a reload. */
const refusedReload = async (status: number) => {
  const tab = openTab();
  await arrival(tab.loader.load());
  await turns();
  tab.endpoint.next(refusal(status));
  await failureOf(tab.loader.load({ cache: 'reload' }));
  await turns();
  jump(10 * minuteMs);
  return tab;
};

describe.each([400, 404])('after a %i', (status) => {
  it('an answer past maxAge never serves again, here or after a reload of the page, however the endpoint fails later', async () => {
    const { loader, anotherTab, endpoint } = openTab();
    await arrival(loader.load());
    await turns();
    jump(hourMs + minuteMs);
    endpoint.always(refusal(status));
    await failureOf(loader.load());
    await turns();
    jump(6 * minuteMs);
    endpoint.always(refusal(500));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'server-error' });
    await turns();
    jump(6 * minuteMs);
    expect(await failureOf(anotherTab().load())).toMatchObject({ code: 'server-error' });
  });

  it('of an early refresh the answer serves until maxAge, and not past it', async () => {
    fixChance(0);
    const { loader, endpoint } = openTab();
    await arrival(loader.load());
    await turns();
    jump(hourMs / 2 + minuteMs);
    endpoint.always(refusal(status));
    expect(userOf(await arrival(loader.load()))).toBe('user-1');
    await turns();
    jump(10 * minuteMs);
    expect(userOf(await arrival(loader.load()))).toBe('user-1');
    endpoint.always(refusal(500));
    jump(hourMs / 2);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'server-error' });
  });

  it('of a reload that came while the answer was fresh it never serves past maxAge after a reload of the page either', async () => {
    const { loader, anotherTab, endpoint } = await refusedReload(status);
    endpoint.always(refusal(500));
    await failureOf(loader.load({ cache: 'reload' }));
    await turns();
    jump(hourMs);
    expect(await failureOf(anotherTab().load())).toMatchObject({ code: 'server-error' });
  });

  it('a new answer may serve past maxAge again', async () => {
    const { loader, anotherTab, endpoint } = await refusedReload(status);
    await arrival(loader.load({ cache: 'reload' }));
    await turns();
    endpoint.always(refusal(500));
    jump(hourMs + minuteMs);
    const second = anotherTab();
    await arrival(second.load());
    expect(second.status).toMatchObject({ source: 'stale' });
  });
});
