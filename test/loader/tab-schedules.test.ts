import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIceServersError, type IceServersLoader } from '../../src/index.js';
import { good, json, delayed, meteredBody, httpError, unreachable, type Answer } from '../support/endpoint.js';
import { openTab } from '../support/loaders.js';
import { stubLocks } from '../support/locks.js';
import { createStorage } from '../support/storage.js';
import { advance, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, flush } from '../support/world.js';

interface Stage {
  readonly tabs: IceServersLoader[];
  readonly open: () => void;
  readonly pending: Promise<unknown>[];
}

type Step = (stage: Stage) => void | Promise<void>;

const modes = fc.constantFrom('default', 'default', 'reload', 'no-store', 'only-if-cached' as const);
const which = fc.nat(9);
const tabOf = ({ tabs }: Stage, index: number): IceServersLoader => tabs[index % tabs.length]!;

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(which, modes).map(
      ([index, cache]): Step =>
        (stage) =>
          void stage.pending.push(tabOf(stage, index).load({ cache })),
    ),
  },
  // A page reload: one tab closes, and another one opens.
  {
    weight: 2,
    arbitrary: which.map((index): Step => (stage) => {
      tabOf(stage, index).dispose();
      stage.tabs.splice(index % stage.tabs.length, 1);
      stage.open();
    }),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(0, 90, 300, 3 * secondMs, 40 * secondMs).map(
      (ms): Step =>
        () =>
          advance(ms),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(minuteMs, hourMs / 2, hourMs, 30 * hourMs).map(
      (ms): Step =>
        () =>
          jumpClock(ms),
    ),
  },
  { weight: 3, arbitrary: fc.constant<Step>(() => flush(2)) },
);

const limitMs = 5 * minuteMs;
const limited = httpError(429, { 'retry-after': String(limitMs / 1000) });

const answers: fc.Arbitrary<Answer> = fc.constantFrom(
  good,
  delayed(50),
  delayed(secondMs),
  json({ iceServers: meteredBody(), ttl: 30 }),
  json({ error: 'x' }),
  unreachable,
  httpError(401),
  limited,
  delayed(300, limited),
  delayed(400, httpError(500)),
);

interface Asked {
  readonly at: number;
  /** When a tab received a 429. */
  limitedAt?: number;
}

/** Runs a sequence in tabs that share storage and locks, and passes the requests to `check`. */
const runInTabs = async (
  schedule: readonly Step[],
  script: readonly Answer[],
  check: (asked: readonly Asked[], maxConcurrent: number) => void,
): Promise<void> => {
  stubLocks();
  const asked: Asked[] = [];
  const recorded = script.map((answer): Answer => async (init, count) => {
    const request: Asked = { at: Date.now() };
    asked.push(request);
    // No answer comes within the same millisecond, so that before and after differ.
    const response = await delayed(1, answer)(init, count);
    // Not reached if the tab was closed meanwhile.
    if (response.status === 429) request.limitedAt = Date.now();
    return response;
  });
  const { loader, endpoint, anotherTab } = openTab({ storage: createStorage() }, ...recorded);
  endpoint.always(async (init, count) => {
    asked.push({ at: Date.now() });
    return good(init, count);
  });
  const stage: Stage = { tabs: [loader, anotherTab()], pending: [], open: () => void stage.tabs.push(anotherTab()) };
  for (const step of schedule) {
    await step(stage);
    for (const promise of stage.pending) promise.catch(() => {});
  }
  const { value } = await outcomeOf(Promise.allSettled(stage.pending));
  for (const result of value!) {
    if (result.status === 'fulfilled') continue;
    expect(isIceServersError(result.reason) || (result.reason as Error).name === 'AbortError').toBe(true);
  }
  check(asked, endpoint.maxConcurrent());
  for (const tab of stage.tabs) tab.dispose();
  await flush();
  expect(endpoint.pendingCount()).toBe(0);
};

const invalidations: fc.Arbitrary<Step> = which.map(
  (index): Step =>
    (stage) =>
      void stage.pending.push(tabOf(stage, index).invalidate()),
);

/** Answers that come before another tab stops waiting for the lock. */
const quick: readonly Answer[] = [good, delayed(50), json({ error: 'x' }), httpError(401), httpError(404), limited];

describe('no sequence in several tabs', () => {
  const schedules = fc.array(steps, { minLength: 3, maxLength: 25 });
  const scripts = fc.array(answers, { maxLength: 10 });

  it('sends two requests at once, and every promise settles', async () => {
    const all = fc.array(fc.oneof({ weight: 20, arbitrary: steps }, { weight: 1, arbitrary: invalidations }), {
      minLength: 3,
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(all, fc.array(fc.constantFrom(...quick), { maxLength: 10 }), (schedule, script) =>
        runInTabs(schedule, script, (_, maxConcurrent) => expect(maxConcurrent).toBeLessThanOrEqual(1)),
      ),
      { numRuns: 150 },
    );
  });

  it('C-45: sends a request before the time that a 429 named, whichever tab loads', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, scripts, (schedule, script) =>
        runInTabs(schedule, script, (asked) => {
          for (const { limitedAt = Infinity } of asked) {
            // A tab that stopped waiting for the lock may have sent its request before the answer.
            const next = asked.find(({ at }) => at > limitedAt);
            expect(next?.at ?? Infinity).toBeGreaterThanOrEqual(limitedAt + limitMs);
          }
        }),
      ),
      { numRuns: 150 },
    );
  });
});
