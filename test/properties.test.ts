import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIceServersError, type IceServersLoader } from '../src/index.js';
import { coolDownAfter, freshnessAt, isValidFor, lifeOf } from '../src/freshness.js';
import { readServers } from '../src/response.js';
import { trimServers } from '../src/servers.js';
import { bodies, entries } from './support/bodies.js';
import { whyConstructorThrows } from './support/constructor-oracle.js';
import { endlessBody, good, json, delayed, meteredBody, httpError, noAnswer, text, unreachable, type Answer } from './support/endpoint.js';
import { openTab, refreshesOf, urlsOf } from './support/loaders.js';
import { stubLocks } from './support/locks.js';
import { advance, dayMs, hourMs, jumpClock, minuteMs, outcomeOf, secondMs, flush } from './support/world.js';

describe('whatever body comes', () => {
  it('readServers gives a list that Chromium and Firefox take, or nothing', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const list = readServers(body);
        if (!list) return;
        expect(whyConstructorThrows({ iceServers: [...list.iceServers] })).toBeUndefined();
        expect(list.iceServers.length).toBeGreaterThan(0);
        expect(list.iceServers.length).toBeLessThanOrEqual(16);
      }),
      { numRuns: 5000 },
    );
  });

  it('load gives a configuration that they take, or rejects with invalid-response', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }), async (body, maxUrls) => {
        const { loader } = openTab({ storage: 'memory', maxUrls }, text(JSON.stringify(body) ?? ''));
        const { value, error } = await outcomeOf(loader.load());
        if (error) expect(error).toMatchObject({ name: 'IceServersError', code: 'invalid-response' });
        else expect(whyConstructorThrows(value!)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('even bytes that are no JSON, load settles with invalid-response', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const { loader } = openTab({ storage: 'memory' }, async () => new Response(bytes));
        expect((await outcomeOf(loader.load())).error).toMatchObject({ code: 'invalid-response' });
      }),
      { numRuns: 200 },
    );
  });

  it('what is good in it stays: a good entry is never lost to bad neighbours, as long as there is room', () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 8 }), fc.nat(8), (others, at) => {
        const [, turn] = meteredBody('kept');
        const list = readServers([...others.slice(0, at), turn, ...others.slice(at)]);
        expect(list?.iceServers).toContainEqual(turn);
      }),
    );
  });

  it('a second reading of what was read changes nothing: what is stored is believed again', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const list = readServers(body);
        if (list) expect(readServers({ ...list })).toMatchObject({ iceServers: list.iceServers, dropped: 0, ttl: list.ttl });
      }),
    );
  });
});

describe('maxUrls', () => {
  it('keeps at most so many, only what was there, in its order, and each transport that there is room for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...meteredBody()), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (servers, maxUrls) => {
          const before = urlsOf({ iceServers: servers });
          const after = urlsOf({ iceServers: trimServers(servers, maxUrls) });
          expect(after.length).toBeLessThanOrEqual(Math.max(maxUrls, before.length > maxUrls ? maxUrls : before.length));
          let from = 0;
          for (const url of after) {
            const index = before.indexOf(url, from);
            expect(index).toBeGreaterThanOrEqual(from);
            from = index + 1;
          }
          if (before.some((url) => url.startsWith('turns:'))) expect(after.some((url) => url.startsWith('turns:'))).toBe(true);
        },
      ),
    );
  });
});

describe('time', () => {
  const times = fc.double({ min: 0, max: 1e12, noNaN: true });
  const lives = fc
    .record({
      maxAge: fc.double({ min: 1, noNaN: true }),
      staleIfError: times,
      expiresAt: fc.oneof(times, fc.constant(Infinity)),
      fetchedAt: times,
      ttl: fc.oneof(fc.constant(undefined), times),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ fetchedAt, ttl, share, ...rules }) => lifeOf({ fetchedAt, ttl }, rules, share));
  const order = ['fresh', 'ageing', 'stale', 'dead'];

  it('only makes an answer older: freshness is monotone in age', () => {
    fc.assert(
      fc.property(lives, times, times, (life, one, two) => {
        const [young, old] = [Math.min(one, two), Math.max(one, two)];
        expect(order.indexOf(freshnessAt(life, young))).toBeLessThanOrEqual(order.indexOf(freshnessAt(life, old)));
      }),
    );
  });

  it('only takes life away: enough life left later was enough before', () => {
    fc.assert(
      fc.property(lives, times, times, times, (life, one, two, minValidityMs) => {
        const [young, old] = [Math.min(one, two), Math.max(one, two)];
        if (isValidFor(life, old, minValidityMs)) expect(isValidFor(life, young, minValidityMs)).toBe(true);
      }),
    );
  });

  it('of an answer is in order: soft, fresh, stale, dead', () => {
    fc.assert(
      fc.property(lives, (life) => {
        if (life.freshMs > 0) expect(life.softMs).toBeLessThanOrEqual(life.freshMs);
        expect(life.freshMs).toBeLessThanOrEqual(life.staleMs);
        expect(life.staleMs).toBeLessThanOrEqual(life.deadMs);
      }),
    );
  });

  it('of a cool-down is between one second and a day, and it never shrinks while failures go on', () => {
    const codes = fc.constantFrom(
      'network',
      'timeout',
      'server-error',
      'rate-limited',
      'invalid-response',
      'invalid-api-key',
      'not-found',
      'invalid-request',
    );
    fc.assert(
      fc.property(
        codes,
        fc.option(times, { nil: undefined }),
        times,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (code, retryAt, now, shares) => {
          let last: ReturnType<typeof coolDownAfter> | undefined;
          let at = now;
          for (const share of shares) {
            const next = coolDownAfter({ code, status: undefined, retryAt }, last, at, share);
            expect(next.until - at).toBeGreaterThanOrEqual(999);
            expect(next.until - at).toBeLessThanOrEqual(dayMs + 1);
            last = next;
            at = next.until;
          }
        },
      ),
    );
  });
});

type Step = (tab: Stage) => void | Promise<void>;

interface Stage {
  readonly loader: IceServersLoader;
  readonly pending: Promise<unknown>[];
  readonly callers: AbortController[];
}

describe('no schedule', () => {
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
    { weight: 1, arbitrary: fc.constant<Step>(({ loader }) => void refreshesOf(loader)) },
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
  ])(
    'of loads, aborts, invalidations and time makes two requests at once for one key, and every promise settles (%s)',
    async (_, hasLocks) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(steps, { minLength: 2, maxLength: 25 }),
          fc.array(answers, { maxLength: 12 }),
          async (schedule, script) => {
            if (hasLocks) stubLocks();
            const { loader, endpoint } = openTab({ storage: 'memory', timeout: 3000 }, ...script);
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
    },
  );

  it('ends in a loader that cannot load: a good endpoint and an hour later, it does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 15 }), fc.array(answers, { maxLength: 6 }), async (schedule, script) => {
        const { loader } = openTab({ storage: 'memory', timeout: 3000 }, ...script);
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
      }),
      { numRuns: 60 },
    );
  });
});
