import { describe, expect, it, vi } from 'vitest';
import type { Freshness } from '../../src/credentials/freshness.js';
import { CombinedDemand, type Demand } from '../../src/request/combined-demand.js';

/** What `load()` without options wants. */
const plain: Demand = { skipsCache: false, bypassesCooldown: false, shouldStore: true, requiredValidityMs: undefined };
const reload: Demand = { ...plain, skipsCache: true, bypassesCooldown: true };
const noStore: Demand = { ...plain, skipsCache: true, shouldStore: false };

function combine(...demands: Demand[]): CombinedDemand {
  const combined = new CombinedDemand();
  for (const demand of demands) combined.add(demand);
  return combined;
}

/** A cache whose answer has so much known life left. */
function cacheWith(freshness: Freshness | undefined, leftMs = 0) {
  return { freshness, isUsable: vi.fn((requiredMs = 60_000) => leftMs >= requiredMs) };
}

describe('the demand of all callers', () => {
  type Flags = Pick<CombinedDemand, 'skipsCache' | 'bypassesCooldown' | 'shouldStore'>;

  const rows: [who: string, demands: Demand[], flags: Flags][] = [
    ['nobody', [], { skipsCache: false, bypassesCooldown: false, shouldStore: false }],
    ['a plain load', [plain], { skipsCache: false, bypassesCooldown: false, shouldStore: true }],
    ['a reload', [reload], { skipsCache: true, bypassesCooldown: true, shouldStore: true }],
    ['a load with no-store', [noStore], { skipsCache: true, bypassesCooldown: false, shouldStore: false }],
    ['a plain load and a reload', [plain, reload], { skipsCache: true, bypassesCooldown: true, shouldStore: true }],
    ['a reload and a plain load', [reload, plain], { skipsCache: true, bypassesCooldown: true, shouldStore: true }],
    ['a plain load and one with no-store', [plain, noStore], { skipsCache: true, bypassesCooldown: false, shouldStore: true }],
    ['one with no-store and a plain load', [noStore, plain], { skipsCache: true, bypassesCooldown: false, shouldStore: true }],
  ];

  it.each(rows)('is as large as the largest: %s', (_, demands, flags) => {
    const { skipsCache, bypassesCooldown, shouldStore } = combine(...demands);
    expect({ skipsCache, bypassesCooldown, shouldStore }).toEqual(flags);
  });

  it('has somebody who waits as soon as there is a caller, and not for a background refresh', () => {
    expect([combine().isAwaited, combine(plain).isAwaited]).toEqual([false, true]);
  });
});

describe('the cached answer', () => {
  type Row = [isEnough: boolean, why: string, demands: Demand[], cache: ReturnType<typeof cacheWith>];

  const longer: Demand = { ...plain, requiredValidityMs: 600_000 };
  const shorter: Demand = { ...plain, requiredValidityMs: 0 };

  const rows: Row[] = [
    [true, 'it is fresh, for a background refresh', [], cacheWith('fresh')],
    [false, 'it needs a refresh, for a background refresh', [], cacheWith('needs-refresh', 900_000)],
    [false, 'it is stale, for a background refresh', [], cacheWith('stale')],
    [false, 'there is none, for a background refresh', [], cacheWith(undefined)],
    [true, 'a caller finds the default validity', [plain], cacheWith('needs-refresh', 60_000)],
    [false, 'a caller misses the default validity', [plain], cacheWith('needs-refresh', 59_999)],
    [true, 'a caller finds the validity that it wants', [longer], cacheWith('fresh', 600_000)],
    [false, 'a caller misses the validity that it wants', [longer], cacheWith('fresh', 599_999)],
    [true, 'the caller with the largest wish finds it', [shorter, longer, plain], cacheWith('fresh', 600_000)],
    [false, 'one of several callers misses it', [shorter, longer, plain], cacheWith('fresh', 599_999)],
    [true, 'a caller needs no validity at all', [shorter], cacheWith('needs-refresh', 0)],
    [false, 'a caller wants the endpoint’s own answer', [reload], cacheWith('fresh', 900_000)],
    [false, 'one of several callers wants the endpoint’s own answer', [plain, noStore], cacheWith('fresh', 900_000)],
  ];

  it.each(rows)('is enough for everybody (%s): %s', (isEnough, _, demands, cache) => {
    expect(combine(...demands).isSatisfiedBy(cache)).toBe(isEnough);
  });

  it('is asked for the default validity by a caller that names none, and for its own by one that does', () => {
    const cache = cacheWith('fresh', Infinity);
    combine(plain, longer).isSatisfiedBy(cache);
    expect(cache.isUsable.mock.calls).toEqual([[undefined], [600_000]]);
  });
});
