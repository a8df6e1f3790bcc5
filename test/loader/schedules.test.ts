import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIceServersError, type IceServersLoader } from '../../src/index.js';
import { whyConstructorThrows } from '../support/constructor-oracle.js';
import { delayed, endlessBody, good, httpError, json, meteredBody, noAnswer, unreachable, type Answer } from '../support/endpoint.js';
import { openTab } from '../support/loaders.js';
import { stubLocks } from '../support/locks.js';
import { advance, flush, hourMs, jumpClock, minuteMs, outcomeOf, secondMs } from '../support/world.js';

type Step = (tab: Stage) => void | Promise<void>;

interface Stage {
  readonly loader: IceServersLoader;
  readonly pending: Promise<unknown>[];
  readonly callers: AbortController[];
}

describe('no sequence', () => {
  const modes = fc.constantFrom('default', 'reload', 'no-store', 'only-if-cached' as const);

  const steps: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 5,
      arbitrary: modes.map(
        (cache): Step =>
          ({ loader, pending }) =>
            void pending.push(loader.load({ cache })),
      ),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(modes, fc.option(fc.integer({ min: 0, max: 7200 }), { nil: undefined }))
        .map(([cache, minValidity]): Step => ({ loader, pending, callers }) => {
          const controller = new AbortController();
          callers.push(controller);
          pending.push(loader.load({ cache, minValidity, signal: controller.signal }));
        }),
    },
    {
      weight: 2,
      arbitrary: fc.nat(20).map(
        (index): Step =>
          ({ callers }) =>
            callers[index % Math.max(callers.length, 1)]?.abort(),
      ),
    },
    { weight: 1, arbitrary: fc.constant<Step>(({ loader, pending }) => void pending.push(loader.invalidate())) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(0, 1, 90, 300, 2 * secondMs, 20 * secondMs).map(
        (ms): Step =>
          () =>
            advance(ms),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(-minuteMs, minuteMs, hourMs / 2, hourMs, 30 * hourMs).map(
        (ms): Step =>
          () =>
            jumpClock(ms),
      ),
    },
    { weight: 3, arbitrary: fc.constant<Step>(() => flush(2)) },
  );

  const answers: fc.Arbitrary<Answer> = fc.constantFrom(
    good,
    delayed(50),
    delayed(secondMs),
    delayed(5 * secondMs),
    json({ iceServers: meteredBody(), ttl: 30 }),
    json({ error: 'x' }),
    unreachable,
    httpError(401),
    httpError(429),
    httpError(503),
    delayed(400, httpError(500)),
    noAnswer,
    endlessBody(),
  );

  it.each([
    ['with locks', true],
    ['without locks', false],
  ])('of loads, aborts, invalidations and time sends two requests at once, and every promise settles (%s)', async (_, hasLocks) => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(steps, { minLength: 2, maxLength: 25 }),
        fc.array(answers, { maxLength: 12 }),
        async (autoRefresh, schedule, script) => {
          if (hasLocks) stubLocks();
          const { loader, endpoint } = openTab({ storage: 'memory', timeout: 3000, autoRefresh }, ...script);
          const stage: Stage = { loader, pending: [], callers: [] };
          for (const step of schedule) {
            await step(stage);
            for (const promise of stage.pending) promise.catch(() => {});
          }
          const settled = await outcomeOf(Promise.allSettled(stage.pending), 10 * minuteMs);
          for (const result of settled.value!) {
            if (result.status === 'rejected') {
              expect(isIceServersError(result.reason) || (result.reason as Error).name === 'AbortError').toBe(true);
            } else if (result.value) expect(whyConstructorThrows(result.value as RTCConfiguration)).toBeUndefined();
          }
          expect(endpoint.maxConcurrent()).toBeLessThanOrEqual(1);
          loader.dispose();
          await flush();
          expect(endpoint.pendingCount()).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('leaves a loader that cannot load within an hour of a working endpoint', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(steps, { minLength: 2, maxLength: 15 }),
        fc.array(answers, { maxLength: 6 }),
        async (autoRefresh, schedule, script) => {
          const { loader } = openTab({ storage: 'memory', timeout: 3000, autoRefresh }, ...script);
          const stage: Stage = { loader, pending: [], callers: [] };
          for (const step of schedule) {
            await step(stage);
            for (const promise of stage.pending) promise.catch(() => {});
          }
          await outcomeOf(Promise.allSettled(stage.pending));
          let found = false;
          for (let i = 0; i < 12 && !found; i++) {
            jumpClock(6 * minuteMs);
            found = !(await outcomeOf(loader.load())).error;
          }
          expect(found).toBe(true);
          loader.dispose();
        },
      ),
      { numRuns: 60 },
    );
  });
});
