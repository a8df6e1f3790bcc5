import type { PacketTimes } from './relay-traffic.js';
import type { RelayQuality } from './types.js';

/** Rounds to tenths, because a tenth of a millisecond is more precise than any network or browser clock. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Returns the times of the packets that arrived. */
export function arrivedTimes(timesMs: PacketTimes): number[] {
  return timesMs.filter((timeMs) => timeMs !== undefined);
}

/** Returns the quality of a relay. An echo is relayed twice, so half of its time is one round trip to the server. */
export function qualityOf(echoTimesMs: readonly number[], sentCount: number): RelayQuality {
  return summarize(
    echoTimesMs.map((timeMs) => timeMs / 2),
    sentCount,
  );
}

/**
 * Summarizes the round trips to a server.
 *
 * @param roundTripsMs the times of the packets that arrived, at least one, in the order in which they were sent
 */
export function summarize(roundTripsMs: readonly number[], sentCount: number): RelayQuality {
  const ascending = [...roundTripsMs].sort((a, b) => a - b);
  const quantile = (share: number): number => rounded(ascending[Math.round(share * (ascending.length - 1))]!);
  return {
    rtt: { min: quantile(0), median: quantile(0.5), p95: quantile(0.95) },
    jitter: rounded(meanDifference(roundTripsMs)),
    loss: (sentCount - roundTripsMs.length) / sentCount,
  };
}

function meanDifference(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const differences = values.slice(1).map((value, index) => Math.abs(value - values[index]!));
  return differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
}
