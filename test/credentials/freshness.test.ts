import { describe, expect, it } from 'vitest';
import { getFreshness, isValidFor, getLifetime } from '../../src/credentials/freshness.js';
import { dayMs, hourMs, minuteMs, secondMs, startOfTime as now } from '../support/world.js';

const rules = { maxAge: 3600, staleIfError: 86_400, expiresAt: Infinity };

const lifeFor = (more: Partial<typeof rules> = {}, ttl?: number, share = 0.5) =>
  getLifetime({ fetchedAt: now, ttl }, { ...rules, ...more }, share);

describe('the life of an answer', () => {
  it('is maxAge, then staleIfError, and has no known end', () => {
    expect(lifeFor()).toMatchObject({ freshForMs: hourMs, usableForMs: hourMs + dayMs, expiresAfterMs: Infinity });
  });

  it.each([
    [0, 0.5],
    [0.5, 0.7],
    [1, 0.9],
  ])('with a draw of %d asks for a refresh at %d of its fresh part', (share, part) => {
    expect(lifeFor({}, undefined, share).refreshAfterMs).toBeCloseTo(part * hourMs);
  });

  it('ends for good at expiresAt, the stale part included', () => {
    expect(lifeFor({ expiresAt: now + 2 * hourMs })).toMatchObject({ freshForMs: hourMs, usableForMs: 2 * hourMs, expiresAfterMs: 2 * hourMs });
  });

  it('is shorter than maxAge where expiresAt comes first', () => {
    expect(lifeFor({ expiresAt: now + 10 * minuteMs })).toMatchObject({ freshForMs: 10 * minuteMs, usableForMs: 10 * minuteMs });
  });

  it('takes a ttl in seconds', () => {
    expect(lifeFor({}, 600)).toMatchObject({ freshForMs: 600_000, usableForMs: 600_000, expiresAfterMs: 600_000 });
  });

  it('is not made longer than maxAge by a ttl', () => {
    expect(lifeFor({}, 7200)).toMatchObject({ freshForMs: hourMs, usableForMs: 2 * hourMs, expiresAfterMs: 2 * hourMs });
  });

  it('ends with the first of ttl and expiresAt', () => {
    expect(lifeFor({ expiresAt: now + 5 * minuteMs }, 600).expiresAfterMs).toBe(5 * minuteMs);
    expect(lifeFor({ expiresAt: now + 20 * minuteMs }, 600).expiresAfterMs).toBe(10 * minuteMs);
  });

  it('may have no end at all', () => {
    expect(lifeFor({ maxAge: Infinity })).toEqual({ refreshAfterMs: Infinity, freshForMs: Infinity, usableForMs: Infinity, expiresAfterMs: Infinity });
  });

  it('has no stale part where staleIfError is 0', () => {
    expect(lifeFor({ staleIfError: 0 }).usableForMs).toBe(hourMs);
  });
});

describe('an answer', () => {
  const life = lifeFor();

  it.each([
    ['fresh', 'at once', 0],
    ['fresh', 'just before its soft time', life.refreshAfterMs - 1],
    ['needs-refresh', 'at its soft time', life.refreshAfterMs],
    ['needs-refresh', 'just before maxAge', hourMs - 1],
    ['stale', 'at maxAge', hourMs],
    ['stale', 'just before the end of staleIfError', hourMs + dayMs - 1],
    ['expired', 'at the end of staleIfError', hourMs + dayMs],
    ['expired', 'from the future', -1],
    ['expired', 'of no age that is a number', NaN],
  ])('is %s %s', (freshness, _, ageMs) => {
    expect(getFreshness(life, ageMs)).toBe(freshness);
  });

  it('without a stale part is dead at maxAge', () => {
    expect(getFreshness(lifeFor({ staleIfError: 0 }), hourMs)).toBe('expired');
  });

  it('is dead when the credential is, fresh by maxAge or not', () => {
    expect(getFreshness(lifeFor({ expiresAt: now + minuteMs }), minuteMs)).toBe('expired');
  });

  it('of an expiresAt in the past is dead at once', () => {
    expect(getFreshness(lifeFor({ expiresAt: now - 1 }), 0)).toBe('expired');
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
