import { comparableSamples } from './region-measurement.js';
import type { RegionResult } from './types.js';

/** One step of Firefox's clock. A smaller difference means nothing. */
const clockStepMs = 1;

/** Returns the results, each with the regions that cannot be told apart from it. */
export function withTies(results: readonly RegionResult[]): RegionResult[] {
  return results.map((result) => {
    const tiedWith = results.filter((other) => other !== result && overlap(result, other)).map(({ region }) => region);
    return tiedWith.length > 0 ? { ...result, tiedWith } : result;
  });
}

function overlap(a: RegionResult, b: RegionResult): boolean {
  if (a.rtt === undefined || b.rtt === undefined) return false;
  const [samplesOfA, samplesOfB] = [comparableSamples(a), comparableSamples(b)];
  return isBelow(samplesOfA, samplesOfB) && isBelow(samplesOfB, samplesOfA);
}

/** Returns whether the first list begins before the second one ends. */
function isBelow(some: readonly number[], others: readonly number[]): boolean {
  return Math.min(...some) <= Math.max(...others) + clockStepMs;
}
