import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withDeadline } from '../../src/utils/with-deadline.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<never>(() => {});

it('work that never ends leaves no listener on its signal once its time is up', async () => {
  const { signal } = new AbortController();
  const heard = vi.spyOn(signal, 'addEventListener');
  const left = vi.spyOn(signal, 'removeEventListener');
  const outcome = expect(withDeadline(never, { signal, timeoutMs: 500 })).rejects.toMatchObject({ code: 'timeout' });
  await vi.advanceTimersByTimeAsync(500);
  await outcome;
  expect(left.mock.calls).toEqual(heard.mock.calls);
});

it('work that never ends leaves no timer once its signal is aborted', async () => {
  const controller = new AbortController();
  const outcome = expect(withDeadline(never, { signal: controller.signal, timeoutMs: 500 })).rejects.toBe('over');
  controller.abort('over');
  await outcome;
  expect(vi.getTimerCount()).toBe(0);
});
