import { describe, expect, it } from 'vitest';
import { getLifetime, isValidFor } from '../../src/credentials/freshness.js';
import { dayMs, hourMs, minuteMs, secondMs, startOfTime as now } from '../support/world.js';

interface Case {
  readonly maxAge?: number;
  readonly ttl?: number;
  readonly expiresAt?: number;
  readonly hasTurn?: boolean;
}

function lifeFor({ maxAge, ttl, expiresAt = Infinity, hasTurn }: Case, random = 0.5) {
  return getLifetime(
    { fetchedAt: now, ttl, ...(hasTurn !== undefined && { hasTurn }) },
    { maxAge, staleIfError: 86_400, expiresAt },
    random,
  );
}

describe('the fresh time', () => {
  const rows: [what: string, given: Case, freshForMs: number][] = [
    ['an hour if nothing is known', {}, hourMs],
    ['the ttl if that is known', { ttl: 600 }, 10 * minuteMs],
    ['the ttl if that is longer than an hour', { ttl: 86_400 }, dayMs],
    ['the time until expiresAt if that is known', { expiresAt: now + 4 * hourMs }, 4 * hourMs],
    ['the earlier of both', { ttl: 7200, expiresAt: now + 4 * hourMs }, 2 * hourMs],
    ['maxAge if that is less than the known life', { maxAge: 60, ttl: 600 }, minuteMs],
    ['the known life if maxAge is more', { maxAge: 3600, ttl: 600 }, 10 * minuteMs],
    ['the known life if maxAge is Infinity', { maxAge: Infinity, ttl: 600 }, 10 * minuteMs],
    ['infinite if maxAge is, and nothing is known', { maxAge: Infinity }, Infinity],
    ['a minute without TURN', { hasTurn: false }, minuteMs],
    ['a minute without TURN, whatever the known life', { hasTurn: false, ttl: 86_400 }, minuteMs],
    ['a minute without TURN, whatever maxAge is', { hasTurn: false, maxAge: Infinity }, minuteMs],
    ['less than a minute without TURN if the known life is less', { hasTurn: false, ttl: 10 }, 10 * secondMs],
  ];

  it.each(rows)('is %s', (_, given, freshForMs) => {
    expect(lifeFor(given).freshForMs).toBe(freshForMs);
  });
});

describe('the refresh time of an answer whose whole life is its fresh time', () => {
  const lives = [1, 10, 60, 240, 300, 600, 1200, 3600, 14_400, 86_400];

  it.each(lives)('of %i s is never so late that the default minValidity is gone', (ttl) => {
    for (const random of [0, 0.5, 0.9, 1]) {
      const life = lifeFor({ ttl }, random);
      expect(isValidFor(life, life.refreshAfterMs)).toBe(true);
    }
  });

  it.each(lives)('of %i s leaves as much time again for the refresh itself', (ttl) => {
    const { refreshAfterMs } = lifeFor({ ttl }, 1);
    const defaultValidityMs = Math.min(minuteMs, ttl * 100);
    expect(ttl * secondMs - refreshAfterMs).toBeGreaterThanOrEqual(2 * defaultValidityMs - 0.001);
  });

  it.each([
    ['an hour', 3600, 0.5, 0.9],
    ['ten minutes', 600, 0.5, 0.8],
    ['a minute', 60, 0.5, 0.8],
  ])('of %s lies between these parts of it', (_, ttl, earliest, latest) => {
    expect(lifeFor({ ttl }, 0).refreshAfterMs).toBeCloseTo(earliest * ttl * secondMs);
    expect(lifeFor({ ttl }, 1).refreshAfterMs).toBeCloseTo(latest * ttl * secondMs);
  });

  it('is not brought forward if maxAge ends the fresh time well before', () => {
    expect(lifeFor({ maxAge: 3600, ttl: 86_400 }, 1).refreshAfterMs).toBeCloseTo(0.9 * hourMs);
  });
});
