import { expect, it } from 'vitest';
import { Pauses } from '../../demo/call/pauses.js';

/** The page runs at these instants. */
const runAt = (...instants: number[]): Pauses => {
  const pauses = new Pauses();
  for (const nowMs of instants) pauses.notice(nowMs);
  return pauses;
};

it('a page that runs every 40 ms has no pause', () => {
  expect(runAt(0, 40, 80, 130, 400).all).toEqual([]);
});

it('a busy page has one, as long as it was busy', () => {
  expect(runAt(0, 40, 2640, 2680).all).toEqual([{ fromMs: 40, toMs: 2640 }]);
});

it('tells how long the page was paused', () => {
  const pauses = runAt(0, 40);
  expect(pauses.notice(2640)).toBe(2600);
  expect(pauses.notice(2680)).toBe(0);
});

it('a hidden tab that runs once a second has one pause, not many', () => {
  expect(runAt(0, 1000, 2000, 3000, 3040).all).toEqual([{ fromMs: 0, toMs: 3000 }]);
});

it('a pause of less than a second is not worth telling', () => {
  const pauses = runAt(0, 600);
  for (let nowMs = 640; nowMs <= 3000; nowMs += 40) pauses.notice(nowMs);
  pauses.notice(5000);
  expect(pauses.all).toHaveLength(2);
  expect(pauses.long).toEqual([{ fromMs: 3000, toMs: 5000 }]);
});
