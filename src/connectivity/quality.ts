import type { RelayQuality } from './types.js';

/** Rounds to tenths: a tenth of a millisecond is finer than any network, and than any browser's clock. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/**
 * Returns the quality of a relay. An echo is relayed twice, so half of its time is the way to the server and back.
 *
 * @param echoTimesMs in the order in which they came back
 * @param sentCount how many were sent
 */
export function qualityOf(echoTimesMs: readonly number[], sentCount: number): RelayQuality {
  const roundTripsMs = echoTimesMs.map((timeMs) => timeMs / 2);
  const ascending = [...roundTripsMs].sort((a, b) => a - b);
  const quantile = (share: number): number => rounded(ascending[Math.round(share * (ascending.length - 1))]!);
  return {
    rtt: { min: quantile(0), median: quantile(0.5), p95: quantile(0.95) },
    jitter: rounded(meanDifference(roundTripsMs)),
    loss: (sentCount - echoTimesMs.length) / sentCount,
  };
}

function meanDifference(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const differences = values.slice(1).map((value, index) => Math.abs(value - values[index]!));
  return differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
}
