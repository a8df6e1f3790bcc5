import { describe, expect, it } from 'vitest';
import { nextCooldown } from '../../src/credentials/cooldown.js';
import { refreshDueInMs, getLifetime, refreshPauseMs } from '../../src/credentials/freshness.js';
import type { IceServersErrorCode } from '../../src/errors/error-policy.js';
import { dayMs, hourMs, minuteMs, secondMs, startOfTime as now } from '../support/world.js';

const rules = { maxAge: 3600, staleIfError: 86_400, expiresAt: Infinity };

const lifeFor = (more: Partial<typeof rules> = {}, ttl?: number, share = 0.5) =>
  getLifetime({ fetchedAt: now, ttl }, { ...rules, ...more }, share);

describe('the pause of background refreshes after a failure', () => {
  it.each([
    ['85% of what is left after an early refresh time', hourMs, 0, 25.5 * minuteMs],
    ['85% of what is left after a late one', hourMs, 1, 5.1 * minuteMs],
    ['shorter for a short lifetime', 10 * minuteMs, 0, 4.25 * minuteMs],
    ['longer for a longer lifetime', 2 * hourMs, 0, 51 * minuteMs],
    ['that of two hours for any longer lifetime', dayMs, 0, 51 * minuteMs],
    ['zero if there is no refresh time', Infinity, 0, 0],
  ])('is %s', (_, maxAgeMs, share, pauseMs) => {
    expect(refreshPauseMs(lifeFor({ maxAge: maxAgeMs / 1000 }, undefined, share), 0)).toBeCloseTo(pauseMs);
  });

  it('is at most half of the remaining validity', () => {
    expect(refreshPauseMs(lifeFor({}, 3600, 0), 56 * minuteMs)).toBe(2 * minuteMs);
  });
});

const coolDown = (code: IceServersErrorCode, retryAt?: number) => nextCooldown({ code, status: undefined, retryAt }, undefined, now, 0);

describe('the next background refresh', () => {
  const life = lifeFor();

  const failure = coolDown('network');

  it('is due at the refresh time', () => {
    expect(refreshDueInMs(life, 10 * minuteMs, undefined, now)).toBe(life.refreshAfterMs - 10 * minuteMs);
  });

  it('is due at once if there is no entry', () => {
    expect(refreshDueInMs(undefined, 0, undefined, now)).toBe(0);
  });

  it('waits for the end of a cool-down if there is no entry', () => {
    expect(refreshDueInMs(undefined, 0, failure, now + secondMs)).toBe(secondMs);
  });

  it('waits for its pause, which starts at the failure', () => {
    expect(refreshDueInMs(life, life.refreshAfterMs + minuteMs, failure, now + minuteMs)).toBeCloseTo(
      refreshPauseMs(life, life.refreshAfterMs) - minuteMs,
    );
  });

  it('waits for a cool-down that is longer than the pause', () => {
    expect(refreshDueInMs(life, life.refreshAfterMs, coolDown('rate-limited', now + hourMs), now)).toBe(hourMs);
  });

  it('has one more attempt before maxAge, however late the refresh time', () => {
    const late = lifeFor({}, undefined, 1);
    expect(late.refreshAfterMs + refreshDueInMs(late, late.refreshAfterMs, failure, now)).toBeLessThan(late.freshForMs);
  });
});
