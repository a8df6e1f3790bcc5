import { expect, it } from 'vitest';
import { hourMs, meanOf, peakOf, peakOverMean, requestsByMinute, usual } from '../../bench/herd/herd.js';

const herd = { ...usual, pages: 10_000, seed: 7 };
const mean = meanOf(requestsByMinute(herd));

it('pages that loaded in the same minute have spread out after their second refresh: no minute has more than 1.5 times the mean', () => {
  expect(peakOverMean(requestsByMinute(herd), hourMs)).toBeLessThanOrEqual(1.5);
});

it('without jitter they would all refresh in the same minute', () => {
  expect(peakOverMean(requestsByMinute({ ...herd, reloadMs: Infinity, hasJitter: false }), hourMs)).toBeGreaterThan(20);
});

it.each([3, 12])('after an outage of ten minutes in hour %d, no minute has more than twice the mean', (hour) => {
  const outage = { from: hour * 60, to: hour * 60 + 10 };
  expect(peakOf(requestsByMinute({ ...herd, outage }).subarray(outage.to)) / mean).toBeLessThanOrEqual(2);
});
