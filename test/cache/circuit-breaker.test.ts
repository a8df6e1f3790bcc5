import { describe, expect, it, vi } from 'vitest';
import { CircuitBreaker } from '../../src/cache/circuit-breaker.js';
import { advanceQuickly, jumpClock, minuteMs, outcomeOf, secondMs, settle } from '../support/world.js';

function succeed(): string {
  return 'done';
}

function fail(): never {
  throw new Error('refused');
}

function hang(): Promise<never> {
  return new Promise(() => {});
}

/** A breaker after so many failures in a row. */
async function failedBreaker(failureCount: number, step: () => unknown = fail): Promise<CircuitBreaker> {
  const breaker = new CircuitBreaker(new AbortController().signal);
  for (let index = 0; index < failureCount; index++) await settle(breaker.run(step));
  return breaker;
}

/** Whether the breaker lets a step run. */
async function runsStep(breaker: CircuitBreaker, isUrgent?: boolean): Promise<boolean> {
  const step = vi.fn(succeed);
  await settle(breaker.run(step, isUrgent));
  return step.mock.calls.length > 0;
}

describe('a storage step', () => {
  const steps: [what: string, step: () => unknown, result: unknown][] = [
    ['that returns at once', succeed, 'done'],
    ['that resolves', async () => 'done', 'done'],
    ['that resolves within half a second', () => new Promise((resolve) => setTimeout(resolve, 499, 'done')), 'done'],
    ['that resolves too late', () => new Promise((resolve) => setTimeout(resolve, 501, 'done')), undefined],
    ['that throws', fail, undefined],
    ['that rejects', async () => fail(), undefined],
    ['that rejects with null, as IndexedDB sometimes does', async () => Promise.reject(null), undefined],
    ['that never settles', hang, undefined],
  ];

  it.each(steps)('%s has a result or undefined, and never rejects', async (_, step, result) => {
    expect(await settle((await failedBreaker(0)).run(step))).toBe(result);
  });

  it('takes half a second at most', async () => {
    expect((await outcomeOf((await failedBreaker(0)).run(hang))).ms).toBe(500);
  });

  it('begins in the same tick, so that what follows sees its effect', async () => {
    const step = vi.fn(succeed);
    void (await failedBreaker(0)).run(step);
    expect(step).toHaveBeenCalledOnce();
  });

  it('ends at once with the loader, and leaves no timer', async () => {
    const controller = new AbortController();
    const running = new CircuitBreaker(controller.signal).run(hang);
    controller.abort();
    expect(await outcomeOf(running)).toMatchObject({ value: undefined, ms: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('storage counts as failing', () => {
  it.each([
    [false, 'before the first step', 0],
    [true, 'after one failure', 1],
    [true, 'after three', 3],
  ])('(%s) %s', async (isFailing, _, failureCount) => {
    expect((await failedBreaker(failureCount)).isFailing).toBe(isFailing);
  });

  it('no longer after a step that succeeds', async () => {
    const breaker = await failedBreaker(2);
    await settle(breaker.run(succeed));
    expect(breaker.isFailing).toBe(false);
  });
});

describe('the next step', () => {
  it.each([
    [true, 'two failures', 2, fail],
    [false, 'three failures', 3, fail],
    [false, 'three steps that took too long', 3, hang],
  ])('runs (%s) after %s in a row', async (runs, _, failureCount, step) => {
    expect(await runsStep(await failedBreaker(failureCount, step))).toBe(runs);
  });

  it('runs if a success came between the failures', async () => {
    const breaker = await failedBreaker(2);
    await settle(breaker.run(succeed));
    await settle(breaker.run(fail));
    await settle(breaker.run(fail));
    expect(await runsStep(breaker)).toBe(true);
  });

  it.each([
    [false, 'just before a minute has passed', minuteMs - 1],
    [true, 'after a minute', minuteMs],
  ])('after three failures runs (%s) %s', async (runs, _, pauseMs) => {
    const breaker = await failedBreaker(3);
    await advanceQuickly(pauseMs);
    expect(await runsStep(breaker)).toBe(runs);
  });

  it('after three failures does not run earlier because the wall clock was changed', async () => {
    const breaker = await failedBreaker(3);
    jumpClock(10 * minuteMs);
    expect(await runsStep(breaker)).toBe(false);
  });

  it('after the minute waits for another one if the first step fails again', async () => {
    const breaker = await failedBreaker(3);
    await advanceQuickly(minuteMs);
    await settle(breaker.run(fail));
    await advanceQuickly(minuteMs - secondMs);
    expect(await runsStep(breaker)).toBe(false);
  });

  it('after the minute is the first of many if it succeeds', async () => {
    const breaker = await failedBreaker(3);
    await advanceQuickly(minuteMs);
    await settle(breaker.run(succeed));
    await settle(breaker.run(fail));
    await settle(breaker.run(fail));
    expect(await runsStep(breaker)).toBe(true);
  });

  it('runs all the same if it is urgent: what is to be deleted must not come back', async () => {
    expect(await runsStep(await failedBreaker(9), true)).toBe(true);
  });

  it('runs if an urgent one before it has succeeded', async () => {
    const breaker = await failedBreaker(3);
    await settle(breaker.run(succeed, true));
    expect(await runsStep(breaker)).toBe(true);
  });
});
