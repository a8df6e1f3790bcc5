import { describe, expect, it } from 'vitest';
import { coolDownAfter, dueInMs, freshnessAt, isCooling, isValidFor, lifeOf, retryPauseMs, type CoolDown } from '../src/freshness.js';
import { dayMs, hourMs, minuteMs, secondMs, startOfTime as now } from './support/world.js';

const rules = { maxAge: 3600, staleIfError: 86_400, expiresAt: Infinity };
const lifeFor = (more: Partial<typeof rules> = {}, ttl?: number, share = 0.5) =>
  lifeOf({ fetchedAt: now, ttl }, { ...rules, ...more }, share);

describe('the life of an answer', () => {
  it('is maxAge, then staleIfError, and has no known end', () => {
    expect(lifeFor()).toMatchObject({ freshMs: hourMs, staleMs: hourMs + dayMs, deadMs: Infinity });
  });

  it.each([
    [0, 0.5],
    [0.5, 0.7],
    [1, 0.9],
  ])('with a draw of %d asks for a refresh at %d of its fresh part', (share, part) => {
    expect(lifeFor({}, undefined, share).softMs).toBeCloseTo(part * hourMs);
  });

  it('ends for good at expiresAt, the stale part included', () => {
    expect(lifeFor({ expiresAt: now + 2 * hourMs })).toMatchObject({ freshMs: hourMs, staleMs: 2 * hourMs, deadMs: 2 * hourMs });
  });

  it('is shorter than maxAge where expiresAt comes first', () => {
    expect(lifeFor({ expiresAt: now + 10 * minuteMs })).toMatchObject({ freshMs: 10 * minuteMs, staleMs: 10 * minuteMs });
  });

  it('takes a ttl in seconds', () => {
    expect(lifeFor({}, 600)).toMatchObject({ freshMs: 600_000, staleMs: 600_000, deadMs: 600_000 });
  });

  it('is not made longer than maxAge by a ttl', () => {
    expect(lifeFor({}, 7200)).toMatchObject({ freshMs: hourMs, staleMs: 2 * hourMs, deadMs: 2 * hourMs });
  });

  it('ends with the first of ttl and expiresAt', () => {
    expect(lifeFor({ expiresAt: now + 5 * minuteMs }, 600).deadMs).toBe(5 * minuteMs);
    expect(lifeFor({ expiresAt: now + 20 * minuteMs }, 600).deadMs).toBe(10 * minuteMs);
  });

  it('may have no end at all', () => {
    expect(lifeFor({ maxAge: Infinity })).toEqual({ softMs: Infinity, freshMs: Infinity, staleMs: Infinity, deadMs: Infinity });
  });

  it('has no stale part where staleIfError is 0', () => {
    expect(lifeFor({ staleIfError: 0 }).staleMs).toBe(hourMs);
  });
});

describe('an answer', () => {
  const life = lifeFor();
  it.each([
    ['fresh', 'at once', 0],
    ['fresh', 'just before its soft time', life.softMs - 1],
    ['ageing', 'at its soft time', life.softMs],
    ['ageing', 'just before maxAge', hourMs - 1],
    ['stale', 'at maxAge', hourMs],
    ['stale', 'just before the end of staleIfError', hourMs + dayMs - 1],
    ['dead', 'at the end of staleIfError', hourMs + dayMs],
    ['dead', 'from the future', -1],
    ['dead', 'of no age that is a number', NaN],
  ])('is %s %s', (freshness, _, ageMs) => {
    expect(freshnessAt(life, ageMs)).toBe(freshness);
  });

  it('without a stale part is dead at maxAge', () => {
    expect(freshnessAt(lifeFor({ staleIfError: 0 }), hourMs)).toBe('dead');
  });

  it('is dead when the credential is, fresh by maxAge or not', () => {
    expect(freshnessAt(lifeFor({ expiresAt: now + minuteMs }), minuteMs)).toBe('dead');
  });

  it('of an expiresAt in the past is dead at once', () => {
    expect(freshnessAt(lifeFor({ expiresAt: now - 1 }), 0)).toBe('dead');
  });
});

describe('enough life', () => {
  const tenMinutes = lifeFor({}, 600);
  it.each([
    [true, 'exactly what is wanted is left', 600 * secondMs - 60_000, 60_000],
    [false, 'a millisecond less is left', 600 * secondMs - 59_999, 60_000],
    [true, 'nothing is wanted', 600 * secondMs, 0],
    [true, 'more is wanted than a new answer has, and half of it is left', 300 * secondMs, 601_000],
    [false, 'more is wanted than a new answer has, and less than half of it is left', 301 * secondMs, 601_000],
    [true, 'all of it is wanted of a new answer', 0, 600_000],
    [false, 'all of it is wanted of an older answer', 1, 600_000],
  ])('is %s where %s', (isEnough, _, ageMs, minValidityMs) => {
    expect(isValidFor(tenMinutes, ageMs, minValidityMs)).toBe(isEnough);
  });

  it('is always there where the life is unknown', () => {
    expect(isValidFor(lifeFor(), hourMs, dayMs)).toBe(true);
    expect(isValidFor(lifeFor(), hourMs)).toBe(true);
  });

  it.each([
    ['60 s of a life of an hour', 3600, 60],
    ['60 s of a life of 10 minutes', 600, 60],
    ['a tenth of a life of 5 minutes', 300, 30],
    ['a tenth of a life of 10 s', 10, 1],
  ])('is %s by default', (_, ttl, needed) => {
    const life = lifeFor({}, ttl);
    expect(isValidFor(life, (ttl - needed) * secondMs)).toBe(true);
    expect(isValidFor(life, (ttl - needed) * secondMs + 1)).toBe(false);
  });
});

const after = (code: string, more: { retryAt?: number; status?: number; last?: CoolDown; share?: number; at?: number } = {}) =>
  coolDownAfter({ code, status: more.status, retryAt: more.retryAt }, more.last, more.at ?? now, more.share ?? 0);

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
  ])('after %s is %d ms', (code, ms) => {
    expect(after(code)).toMatchObject({ code, failedAt: now, until: now + ms, count: 1 });
  });

  it.each(['invalid-api-key', 'not-found', 'rate-limited'])('after %s has no jitter: it is a promise', (code) => {
    expect(after(code, { share: 1 }).until).toBe(after(code).until);
  });

  it('after a passing failure is up to a half longer by chance, so that pages come back one by one', () => {
    expect(after('network', { share: 1 }).until).toBe(now + 3 * secondMs);
  });

  it('after a 429 lasts until retryAt', () => {
    expect(after('rate-limited', { retryAt: now + hourMs }).until).toBe(now + hourMs);
  });

  it.each([now - hourMs, now])('after a 429 with a retryAt that has passed is short but not nothing', (retryAt) => {
    expect(after('rate-limited', { retryAt }).until).toBe(now + secondMs);
  });

  it('after a 429 that asks for a year is a day', () => {
    expect(after('rate-limited', { retryAt: now + 365 * dayMs }).until).toBe(now + dayMs);
  });

  it('ignores a retryAt that comes with anything but a 429', () => {
    expect(after('server-error', { retryAt: now + hourMs }).until).toBe(now + 2 * secondMs);
  });

  it('keeps the HTTP status for the next caller', () => {
    expect(after('server-error', { status: 503 }).status).toBe(503);
  });

  it('doubles with each failure, to 5 minutes and no further', () => {
    const delays: number[] = [];
    let last: CoolDown | undefined;
    let at: number = now;
    for (let i = 0; i < 10; i++) {
      last = after('network', { ...(last && { last }), at });
      delays.push((last.until - at) / secondMs);
      at = last.until;
    }
    expect(delays).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  it('stays within 5 minutes with jitter as well', () => {
    const last = { code: 'network', status: undefined, failedAt: now, until: now, count: 40 };
    expect(after('network', { last, share: 1 }).until).toBe(now + 5 * minuteMs);
  });

  it('begins anew where the last failure was long ago', () => {
    const last = { code: 'network', status: undefined, failedAt: now - hourMs, until: now - 5 * minuteMs, count: 9 };
    expect(after('network', { last })).toMatchObject({ count: 1, until: now + 2 * secondMs });
  });

  it('goes on where the last failure was a moment ago', () => {
    const last = { code: 'network', status: undefined, failedAt: now - hourMs, until: now - 5 * minuteMs + 1, count: 2 };
    expect(after('network', { last })).toMatchObject({ count: 3, until: now + 8 * secondMs });
  });

  const cool = after('network');
  it.each([
    [true, 'at once', now],
    [true, 'just before its end', now + 2 * secondMs - 1],
    [false, 'at its end', now + 2 * secondMs],
    [false, 'seen from before it began: the clock was turned back', now - 1],
  ])('holds: %s, %s', (holds, _, at) => {
    expect(isCooling(cool, at)).toBe(holds);
  });

  it('does not hold where there is none', () => {
    expect(isCooling(undefined, now)).toBe(false);
  });
});

describe('the pause of refreshes behind the scenes after a failure', () => {
  it.each([
    ['85 % of what is left after an early soft time', hourMs, 0, 25.5 * minuteMs],
    ['85 % of what is left after a late one', hourMs, 1, 5.1 * minuteMs],
    ['shorter for a short life', 10 * minuteMs, 0, 4.25 * minuteMs],
    ['that of an hour for a longer life', dayMs, 0, 25.5 * minuteMs],
    ['none where there is no soft time', Infinity, 0, 0],
  ])('is %s', (_, maxAgeMs, share, pauseMs) => {
    expect(retryPauseMs(lifeFor({ maxAge: maxAgeMs / 1000 }, undefined, share), 0)).toBeCloseTo(pauseMs);
  });

  it('is no more than half of what is left of a known life', () => {
    expect(retryPauseMs(lifeFor({}, 3600, 0), 56 * minuteMs)).toBe(2 * minuteMs);
  });
});

describe('the next refresh behind the scenes', () => {
  const life = lifeFor();
  const failure = after('network');

  it('is due at the soft time', () => {
    expect(dueInMs(life, 10 * minuteMs, undefined, now)).toBe(life.softMs - 10 * minuteMs);
  });

  it('is due at once where nothing is held', () => {
    expect(dueInMs(undefined, 0, undefined, now)).toBe(0);
  });

  it('waits for the end of a cool-down where nothing is held', () => {
    expect(dueInMs(undefined, 0, failure, now + secondMs)).toBe(secondMs);
  });

  it('waits for its pause, counted from the failure', () => {
    expect(dueInMs(life, life.softMs + minuteMs, failure, now + minuteMs)).toBeCloseTo(retryPauseMs(life, life.softMs) - minuteMs);
  });

  it('waits for a cool-down that is longer than the pause', () => {
    expect(dueInMs(life, life.softMs, after('rate-limited', { retryAt: now + hourMs }), now)).toBe(hourMs);
  });

  it('has one more try before the end of the life, however late the soft time', () => {
    const late = lifeFor({}, undefined, 1);
    expect(late.softMs + dueInMs(late, late.softMs, failure, now)).toBeLessThan(late.freshMs);
  });
});
