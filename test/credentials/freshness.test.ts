import { describe, expect, it } from 'vitest';
import { getFreshness, isValidFor, getLifetime } from '../../src/credentials/freshness.js';
import { dayMs, hourMs, minuteMs, secondMs, startOfTime as now } from '../support/world.js';

const rules = { maxAge: 3600, staleIfError: 86_400, expiresAt: Infinity };

const lifeFor = (more: Partial<typeof rules> = {}, ttl?: number, share = 0.5) =>
  getLifetime({ fetchedAt: now, ttl }, { ...rules, ...more }, share);

describe('the lifetime of an answer', () => {
  it('is maxAge and then staleIfError, and the credential has no known expiry', () => {
    expect(lifeFor()).toMatchObject({ freshForMs: hourMs, usableForMs: hourMs + dayMs, expiresAfterMs: Infinity });
  });

  it.each([
    [0, 0.5],
    [0.5, 0.7],
    [1, 0.9],
  ])('with a random value of %d has its refresh time at %d of the fresh part', (share, part) => {
    expect(lifeFor({}, undefined, share).refreshAfterMs).toBeCloseTo(part * hourMs);
  });

  it('ends at expiresAt, including the stale part', () => {
    expect(lifeFor({ expiresAt: now + 2 * hourMs })).toMatchObject({
      freshForMs: hourMs,
      usableForMs: 2 * hourMs,
      expiresAfterMs: 2 * hourMs,
    });
  });

  it('is shorter than maxAge if expiresAt comes first', () => {
    expect(lifeFor({ expiresAt: now + 10 * minuteMs })).toMatchObject({ freshForMs: 10 * minuteMs, usableForMs: 10 * minuteMs });
  });

  it('takes a ttl in seconds', () => {
    expect(lifeFor({}, 600)).toMatchObject({ freshForMs: 600_000, usableForMs: 600_000, expiresAfterMs: 600_000 });
  });

  it('is never longer than maxAge, even with a longer ttl', () => {
    expect(lifeFor({}, 7200)).toMatchObject({ freshForMs: hourMs, usableForMs: 2 * hourMs, expiresAfterMs: 2 * hourMs });
  });

  it('ends at the earlier of ttl and expiresAt', () => {
    expect(lifeFor({ expiresAt: now + 5 * minuteMs }, 600).expiresAfterMs).toBe(5 * minuteMs);
    expect(lifeFor({ expiresAt: now + 20 * minuteMs }, 600).expiresAfterMs).toBe(10 * minuteMs);
  });

  it('may be infinite', () => {
    expect(lifeFor({ maxAge: Infinity })).toEqual({
      refreshAfterMs: Infinity,
      freshForMs: Infinity,
      usableForMs: Infinity,
      expiresAfterMs: Infinity,
    });
  });

  it('has no stale part if staleIfError is 0', () => {
    expect(lifeFor({ staleIfError: 0 }).usableForMs).toBe(hourMs);
  });
});

describe('an answer', () => {
  const life = lifeFor();

  it.each([
    ['fresh', 'at once', 0],
    ['fresh', 'just before its refresh time', life.refreshAfterMs - 1],
    ['needs-refresh', 'at its refresh time', life.refreshAfterMs],
    ['needs-refresh', 'just before maxAge', hourMs - 1],
    ['stale', 'at maxAge', hourMs],
    ['stale', 'just before the end of staleIfError', hourMs + dayMs - 1],
    ['expired', 'at the end of staleIfError', hourMs + dayMs],
    ['expired', 'from the future', -1],
    ['expired', 'with an age of NaN', NaN],
  ])('is %s %s', (freshness, _, ageMs) => {
    expect(getFreshness(life, ageMs)).toBe(freshness);
  });

  it('without a stale part is dead at maxAge', () => {
    expect(getFreshness(lifeFor({ staleIfError: 0 }), hourMs)).toBe('expired');
  });

  it('is dead once the credential has expired, even before maxAge', () => {
    expect(getFreshness(lifeFor({ expiresAt: now + minuteMs }), minuteMs)).toBe('expired');
  });

  it('with an expiresAt in the past is dead at once', () => {
    expect(getFreshness(lifeFor({ expiresAt: now - 1 }), 0)).toBe('expired');
  });
});

describe('enough remaining validity', () => {
  const tenMinutes = lifeFor({}, 600);

  it.each([
    [true, 'exactly as much as required is left', 600 * secondMs - 60_000, 60_000],
    [false, 'a millisecond less is left', 600 * secondMs - 59_999, 60_000],
    [true, 'none is required', 600 * secondMs, 0],
    [true, 'more is required than a new answer has, and half of its lifetime is left', 300 * secondMs, 601_000],
    [false, 'more is required than a new answer has, and less than half of its lifetime is left', 301 * secondMs, 601_000],
    [true, 'the whole lifetime is required of a new answer', 0, 600_000],
    [true, 'the whole lifetime is required of an older answer, and half of it is left', 300 * secondMs, 600_000],
    [false, 'the whole lifetime is required, and less than half of it is left', 301 * secondMs, 600_000],
  ])('is %s if %s', (isEnough, _, ageMs, minValidityMs) => {
    expect(isValidFor(tenMinutes, ageMs, minValidityMs)).toBe(isEnough);
  });

  it('is always left if the expiry is unknown', () => {
    expect(isValidFor(lifeFor(), hourMs, dayMs)).toBe(true);
    expect(isValidFor(lifeFor(), hourMs)).toBe(true);
  });

  it.each([
    ['60 s of a lifetime of an hour', 3600, 60],
    ['60 s of a lifetime of 10 minutes', 600, 60],
    ['a tenth of a lifetime of 5 minutes', 300, 30],
    ['a tenth of a lifetime of 10 s', 10, 1],
  ])('is %s by default', (_, ttl, needed) => {
    const life = lifeFor({}, ttl);
    expect(isValidFor(life, (ttl - needed) * secondMs)).toBe(true);
    expect(isValidFor(life, (ttl - needed) * secondMs + 1)).toBe(false);
  });
});
