import { describe, expect, it } from 'vitest';
import { nextCooldown } from '../../src/credentials/cooldown.js';
import { refreshDueInMs, getLifetime, refreshPauseMs } from '../../src/credentials/freshness.js';
import type { IceServersErrorCode } from '../../src/errors/error-policy.js';
import { dayMs, hourMs, minuteMs, secondMs, startOfTime as now } from '../support/world.js';

const rules = { maxAge: 3600, staleIfError: 86_400, expiresAt: Infinity };

const lifeFor = (more: Partial<typeof rules> = {}, ttl?: number, share = 0.5) =>
  getLifetime({ fetchedAt: now, ttl }, { ...rules, ...more }, share);

describe('the pause of refreshes behind the scenes after a failure', () => {
  it.each([
    ['85 % of what is left after an early soft time', hourMs, 0, 25.5 * minuteMs],
    ['85 % of what is left after a late one', hourMs, 1, 5.1 * minuteMs],
    ['shorter for a short life', 10 * minuteMs, 0, 4.25 * minuteMs],
    ['that of an hour for a longer life', dayMs, 0, 25.5 * minuteMs],
    ['none where there is no soft time', Infinity, 0, 0],
  ])('is %s', (_, maxAgeMs, share, pauseMs) => {
    expect(refreshPauseMs(lifeFor({ maxAge: maxAgeMs / 1000 }, undefined, share), 0)).toBeCloseTo(pauseMs);
  });

  it('is no more than half of what is left of a known life', () => {
    expect(refreshPauseMs(lifeFor({}, 3600, 0), 56 * minuteMs)).toBe(2 * minuteMs);
  });
});

const coolDown = (code: IceServersErrorCode, retryAt?: number) => nextCooldown({ code, status: undefined, retryAt }, undefined, now, 0);

describe('the next refresh behind the scenes', () => {
  const life = lifeFor();

  const failure = coolDown('network');

  it('is due at the soft time', () => {
    expect(refreshDueInMs(life, 10 * minuteMs, undefined, now)).toBe(life.refreshAfterMs - 10 * minuteMs);
  });

  it('is due at once where nothing is held', () => {
    expect(refreshDueInMs(undefined, 0, undefined, now)).toBe(0);
  });

  it('waits for the end of a cool-down where nothing is held', () => {
    expect(refreshDueInMs(undefined, 0, failure, now + secondMs)).toBe(secondMs);
  });

  it('waits for its pause, counted from the failure', () => {
    expect(refreshDueInMs(life, life.refreshAfterMs + minuteMs, failure, now + minuteMs)).toBeCloseTo(refreshPauseMs(life, life.refreshAfterMs) - minuteMs);
  });

  it('waits for a cool-down that is longer than the pause', () => {
    expect(refreshDueInMs(life, life.refreshAfterMs, coolDown('rate-limited', now + hourMs), now)).toBe(hourMs);
  });

  it('has one more try before the end of the life, however late the soft time', () => {
    const late = lifeFor({}, undefined, 1);
    expect(late.refreshAfterMs + refreshDueInMs(late, late.refreshAfterMs, failure, now)).toBeLessThan(late.freshForMs);
  });
});
