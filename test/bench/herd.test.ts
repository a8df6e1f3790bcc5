import { describe, expect, it } from 'vitest';
import { dayOf, hourMs, meanOf, minted, peakOf, peakOverMean, requestsByMinute, usual } from '../../bench/herd/herd.js';

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

// A minute has few mints, so that fewer pages would show chance alone.
describe('a hundred thousand pages whose apiKey function mints credentials of four hours', () => {
  const pages = { ...minted, pages: 100_000, seed: 7 };
  const calm = dayOf(pages);

  it.each(['endpoint', 'mintRoute'] as const)('have spread out at the %s after their second refresh', (name) => {
    expect(peakOverMean(calm[name], minted.maxAgeMs)).toBeLessThanOrEqual(1.5);
  });

  it.each([
    ['endpoint', 8],
    ['endpoint', 9],
    ['endpoint', 12],
    ['mintRoute', 9],
    ['mintRoute', 12],
  ] as const)('after ten minutes of outage of the %s in hour %d, no minute has more than twice the mean at either', (of, hour) => {
    const outage = { from: hour * 60, to: hour * 60 + 10, of };
    const day = dayOf({ ...pages, outage });
    const peaks = (['endpoint', 'mintRoute'] as const).map((name) => peakOf(day[name].subarray(outage.to)) / meanOf(calm[name]));
    expect(Math.max(...peaks)).toBeLessThanOrEqual(2);
  });

  it('ask the endpoint for nothing while the mint route is down', () => {
    const day = dayOf({ ...pages, outage: { from: 720, to: 730, of: 'mintRoute' } });
    expect(peakOf(day.endpoint.subarray(720, 730))).toBe(0);
  });
});
