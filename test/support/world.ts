import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, vi } from 'vitest';

/** When every test begins. */
export const startOfTime: number = Date.UTC(2026, 5, 1, 12);

export const secondMs = 1000;
export const minuteMs: number = 60 * secondMs;
export const hourMs: number = 60 * minuteMs;
export const dayMs: number = 24 * hourMs;

const endings: (() => void)[] = [];

/** Runs something when the test is over. */
export const afterTest = (ending: () => void): void => void endings.push(ending);

const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => void unhandled.push(reason));

/** Lets everything that waits for no timer go on: promises, and fake-indexeddb, which runs on `setImmediate`. */
export const flush = async (count = 60): Promise<void> => {
  for (let i = 0; i < count; i++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (vi.isFakeTimers()) await vi.advanceTimersByTimeAsync(0);
  }
};

/** Lets time pass from timer to timer, and what each began go on: else fake time would run out on IndexedDB, which takes real turns. */
export const advance = async (ms: number): Promise<void> => {
  let isOver = false;
  await flush();
  setTimeout(() => (isOver = true), ms);
  while (!isOver) {
    await vi.advanceTimersToNextTimerAsync();
    await flush();
  }
};

/** Lets days pass in a moment; fine where nothing but promises follows a timer, so not with IndexedDB. */
export const advanceQuickly = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
};

/** The wall clock jumps, as after sleep or when it is set: no timer fires, and `performance.now()` stands still. */
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

/** Lets time pass from timer to timer until the promise settles; says how, and how long it took. */
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

/** What the promise resolves with, however long that takes in fake time. */
export const settle = async <T>(promise: Promise<T>): Promise<T> => {
  const { value, error } = await outcomeOf(promise);
  if (error) throw error as Error;
  return value as T;
};

/** What the promise rejects with, however long that takes in fake time. */
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
  // C-69: fake-indexeddb hangs where setImmediate or queueMicrotask are faked.
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'performance'], now: startOfTime });
  vi.stubGlobal('indexedDB', new IDBFactory());
  // No test may reach the network.
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('fetch failed')));
});

afterEach(async () => {
  for (const ending of endings.splice(0)) ending();
  await flush();
  vi.useRealTimers();
  // C-33, for every test there is.
  expect(unhandled.splice(0), 'unhandled rejections').toEqual([]);
});
