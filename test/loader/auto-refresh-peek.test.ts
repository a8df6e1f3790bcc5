import { describe, expect, it, vi } from 'vitest';
import { delayed, json, meteredBody, type Answer } from '../support/endpoint.js';
import { mockRandom, openTab } from '../support/loaders.js';
import { advanceQuickly, hourMs, secondMs, settle } from '../support/world.js';

const lifetimes = [30, 67, 120, 600, 3600];
/** They decide between the earliest and the latest refresh. */
const randomValues = [0, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999];
const cases = lifetimes.flatMap((ttl) => randomValues.map((random) => ({ ttl, random })));

/**
 * Lets a loader refresh by itself for ten lives, and looks at `peek()` just before each answer comes: that is when the old answer has the
 * least life left. Returns how often `peek()` was filled then, and how often not.
 */
async function peekBeforeEachAnswer(ttl: number, random: number, answerMs: number) {
  mockRandom(random);
  const { loader, endpoint } = openTab({ storage: 'memory', autoRefresh: true });
  const peeks = { filled: 0, empty: 0 };
  const answer: Answer = (init, count) => {
    if (count > 1) peeks[loader.peek() ? 'filled' : 'empty']++;
    return json({ iceServers: meteredBody(count), ttl })(init, count);
  };
  endpoint.always(answerMs === 0 ? answer : delayed(answerMs, answer));
  await settle(loader.load());
  await advanceQuickly(10 * ttl * secondMs);
  return peeks;
}

describe('with autoRefresh and a known life, peek() stays filled over ten lives', () => {
  it.each(cases)('of $ttl s, with a random value of $random, if the endpoint answers at once', async ({ ttl, random }) => {
    const { filled, empty } = await peekBeforeEachAnswer(ttl, random, 0);
    expect(empty).toBe(0);
    expect(filled).toBeGreaterThanOrEqual(10);
  });

  it.each(cases)('of $ttl s, with a random value of $random, if the endpoint answers after a second', async ({ ttl, random }) => {
    const { filled, empty } = await peekBeforeEachAnswer(ttl, random, secondMs);
    expect(empty).toBe(0);
    expect(filled).toBeGreaterThanOrEqual(10);
  });
});

it('with autoRefresh and an unknown life, peek() stays filled over ten times maxAge', async () => {
  mockRandom(0.999);
  const { loader, endpoint } = openTab({ storage: 'memory', autoRefresh: true });
  const peeks: boolean[] = [];
  endpoint.always(
    delayed(secondMs, (init, count) => {
      if (count > 1) peeks.push(!!loader.peek());
      return json(meteredBody(count))(init, count);
    }),
  );
  await settle(loader.load());
  await advanceQuickly(10 * hourMs);
  expect(new Set(peeks)).toEqual(new Set([true]));
});

it('with autoRefresh, a refresh is not late if its timer fires a fraction of a millisecond early', async () => {
  mockRandom(0.123_456);
  const { setTimeout } = globalThis;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms: number) => setTimeout(run, Math.floor(ms))) as never);
  const { loader, endpoint } = openTab({ storage: 'memory', autoRefresh: true }, json({ iceServers: meteredBody(), ttl: 5 }));
  await settle(loader.load());
  const { refreshAt } = loader.status!;
  await advanceQuickly(Math.ceil(refreshAt) - Date.now() + 1);
  expect(endpoint.requests).toHaveLength(2);
});
