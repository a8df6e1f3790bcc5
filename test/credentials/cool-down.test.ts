import { describe, expect, it } from 'vitest';
import { nextCooldown, isActiveCooldown, type Cooldown } from '../../src/credentials/cooldown.js';
import type { IceServersErrorCode } from '../../src/errors/error-policy.js';
import { dayMs, hourMs, minuteMs, secondMs, startOfTime as now } from '../support/world.js';

const after = (code: IceServersErrorCode, more: { retryAt?: number; status?: number; last?: Cooldown; share?: number; at?: number } = {}) =>
  nextCooldown({ code, status: more.status, retryAt: more.retryAt }, more.last, more.at ?? now, more.share ?? 0);

describe('the cool-down', () => {
  it.each([
    ['invalid-api-key', 5 * minuteMs],
    ['not-found', 5 * minuteMs],
    ['rate-limited', minuteMs],
    ['network', 2 * secondMs],
    ['timeout', 2 * secondMs],
    ['server-error', 2 * secondMs],
    ['invalid-response', 2 * secondMs],
    ['invalid-request', 2 * secondMs],
  ] as const)('after %s is %d ms', (code, ms) => {
    expect(after(code)).toMatchObject({ code, failedAt: now, until: now + ms, count: 1 });
  });

  it.each(['invalid-api-key', 'not-found', 'rate-limited'] as const)('after %s has no jitter, because its end is announced', (code) => {
    expect(after(code, { share: 1 }).until).toBe(after(code).until);
  });

  it('after a temporary failure is up to 50% longer at random, so that pages do not retry together', () => {
    expect(after('network', { share: 1 }).until).toBe(now + 3 * secondMs);
  });

  it('after a 429 lasts until retryAt', () => {
    expect(after('rate-limited', { retryAt: now + hourMs }).until).toBe(now + hourMs);
  });

  it.each([now - hourMs, now])('after a 429 with a retryAt in the past lasts one second', (retryAt) => {
    expect(after('rate-limited', { retryAt }).until).toBe(now + secondMs);
  });

  it('after a 429 with a retryAt in a year lasts one day', () => {
    expect(after('rate-limited', { retryAt: now + 365 * dayMs }).until).toBe(now + dayMs);
  });

  it('ignores the retryAt of any other failure', () => {
    expect(after('server-error', { retryAt: now + hourMs }).until).toBe(now + 2 * secondMs);
  });

  it('keeps the HTTP status for the next caller', () => {
    expect(after('server-error', { status: 503 }).status).toBe(503);
  });

  it('doubles with each failure, up to 5 minutes', () => {
    const delays: number[] = [];
    let last: Cooldown | undefined;
    let at: number = now;
    for (let i = 0; i < 10; i++) {
      last = after('network', { ...(last && { last }), at });
      delays.push((last.until - at) / secondMs);
      at = last.until;
    }
    expect(delays).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  it('stays within 5 minutes even with jitter', () => {
    const last: Cooldown = { code: 'network', status: undefined, failedAt: now, until: now, count: 40 };
    expect(after('network', { last, share: 1 }).until).toBe(now + 5 * minuteMs);
  });

  it('starts again from 2 seconds if the last failure was long ago', () => {
    const last: Cooldown = { code: 'network', status: undefined, failedAt: now - hourMs, until: now - 5 * minuteMs, count: 9 };
    expect(after('network', { last })).toMatchObject({ count: 1, until: now + 2 * secondMs });
  });

  it('keeps doubling if the last failure was recent', () => {
    const last: Cooldown = { code: 'network', status: undefined, failedAt: now - hourMs, until: now - 5 * minuteMs + 1, count: 2 };
    expect(after('network', { last })).toMatchObject({ count: 3, until: now + 8 * secondMs });
  });

  const cool = after('network');

  it.each([
    [true, 'at once', now],
    [true, 'just before its end', now + 2 * secondMs - 1],
    [false, 'at its end', now + 2 * secondMs],
    [false, 'before it began, as the clock was set back', now - 1],
  ])('is active (%s) %s', (holds, _, at) => {
    expect(isActiveCooldown(cool, at)).toBe(holds);
  });

  it('is not active if there is none', () => {
    expect(isActiveCooldown(undefined, now)).toBe(false);
  });
});
