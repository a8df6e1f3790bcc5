import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, vi } from 'vitest';

/** The time at which every test starts. */
export const startOfTime: number = Date.UTC(2026, 5, 1, 12);

export const secondMs = 1000;
export const minuteMs: number = 60 * secondMs;
export const hourMs: number = 60 * minuteMs;
export const dayMs: number = 24 * hourMs;

const endings: (() => void)[] = [];

/** Runs a function after the test. */
export const afterTest = (ending: () => void): void => void endings.push(ending);

const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => void unhandled.push(reason));

/** Runs everything that does not wait for a timer: promises, and fake-indexeddb, which uses `setImmediate`. */
export const flush = async (count = 60): Promise<void> => {
  for (let i = 0; i < count; i++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (vi.isFakeTimers()) await vi.advanceTimersByTimeAsync(0);
  }
};

/** Advances the clock from timer to timer and flushes after each, because IndexedDB needs real turns of the event loop. */
export const advance = async (ms: number): Promise<void> => {
  let isOver = false;
  await flush();
  setTimeout(() => (isOver = true), ms);
  while (!isOver) {
    await vi.advanceTimersToNextTimerAsync();
    await flush();
  }
};

/** Advances the clock without flushing, which is fast enough for days; only for tests without IndexedDB. */
export const advanceQuickly = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
};

/** Moves the wall clock, as after sleep or when the user sets it: no timer fires, and `performance.now()` stays the same. */
export const jumpClock = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

/** The delay of each timer that is set from now on. */
export const recordTimerDelays = (): number[] => {
  const delays: number[] = [];
  const { setTimeout: real } = globalThis;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation((callback: () => void, ms = 0) => {
    delays.push(ms);
    return real(callback, ms);
  });
  return delays;
};

type Outcome<T> = { readonly value: T; readonly error?: never } | { readonly value?: never; readonly error: unknown };

/** Advances the clock from timer to timer until the promise settles; returns its outcome and how long it took. */
export const outcomeOf = async <T>(promise: Promise<T>, limitMs = 10 * minuteMs): Promise<Outcome<T> & { readonly ms: number }> => {
  const begunMs = performance.now();
  let outcome: Outcome<T> | undefined;
  promise.then(
    (value) => (outcome = { value }),
    (error: unknown) => (outcome = { error }),
  );
  for (;;) {
    for (let i = 0; i < 60 && !outcome; i++) await flush(1);
    const ms = performance.now() - begunMs;
    if (outcome) return { ...outcome, ms };
    if (!vi.getTimerCount()) throw new Error('The promise never settles: no timer is left.');
    if (ms > limitMs) throw new Error(`The promise has not settled after ${ms} ms.`);
    await vi.advanceTimersToNextTimerAsync();
  }
};

/** The value of the promise, however long it takes in fake time. */
export const settle = async <T>(promise: Promise<T>): Promise<T> => {
  const { value, error } = await outcomeOf(promise);
  if (error) throw error as Error;
  return value as T;
};

/** The reason with which the promise rejects, however long it takes in fake time. */
export const failureOf = async (promise: Promise<unknown>): Promise<unknown> => {
  const { error } = await outcomeOf(promise);
  if (error === undefined) throw new Error('The promise resolved.');
  return error;
};

/** Whether the promise is settled now. */
export const isSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  let settled = false;
  const markSettled = (): void => void (settled = true);
  promise.then(markSettled, markSettled);
  await flush();
  return settled;
};

beforeEach(() => {
  // C-69: fake-indexeddb hangs if setImmediate or queueMicrotask is faked.
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'performance'], now: startOfTime });
  vi.stubGlobal('indexedDB', new IDBFactory());
  // No test may reach the network.
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('fetch failed')));
});

afterEach(async () => {
  for (const ending of endings.splice(0)) ending();
  await flush();
  vi.useRealTimers();
  // C-33, for every test.
  expect(unhandled.splice(0), 'unhandled rejections').toEqual([]);
});
