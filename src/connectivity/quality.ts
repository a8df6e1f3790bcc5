import type { RelayQuality } from './types.js';

/** Tenths of a millisecond: finer than any network, and than any browser's clock. */
export const rounded = (value: number): number => Math.round(value * 10) / 10;

/** What the echoes say, in milliseconds each, in the order they came back. An echo is relayed twice: half of it is the way to the server and back. */
export const qualityOf = (echoes: readonly number[], sent: number): RelayQuality => {
  const ways = echoes.map((echo) => echo / 2);
  const sorted = [...ways].sort((a, b) => a - b);
  const at = (share: number): number => rounded(sorted[Math.round(share * (sorted.length - 1))]!);
  return {
    rtt: { min: at(0), median: at(0.5), p95: at(0.95) },
    jitter: rounded(ways.reduce((sum, way, index) => sum + Math.abs(way - (ways[index - 1] ?? way)), 0) / (ways.length - 1 || 1)),
    loss: (sent - echoes.length) / sent,
  };
};
