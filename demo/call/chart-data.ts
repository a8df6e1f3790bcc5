import type { CallState, LaneState } from './call-state.js';
import { isLost } from './messages.js';

/** Two bands with one time axis: the call with keepFresh above, the call without it below. */
export interface ChartData {
  /** Seconds since Start. */
  readonly times: number[];
  /** The height of one band in milliseconds of round trip. The upper band starts where the lower one ends. */
  readonly bandMs: number;
  readonly kept: (number | null)[];
  readonly plain: (number | null)[];
}

const smallestBandMs = 10;
/** The upper part of a band is reserved for its name and for numbers. */
const lineShare = 0.65;

export function chartData({ lanes: { kept, plain }, nowMs }: CallState): ChartData {
  const [upper, lower] = [roundTrips(kept, nowMs), roundTrips(plain, nowMs)];
  const bandMs = bandFor([...upper, ...lower]);
  const clip = (value: number | null): number | null => (value === null ? null : Math.min(value, lineShare * bandMs));
  return {
    // Both calls send at the same times.
    times: kept.messages.map(({ sentMs }) => sentMs / 1000),
    bandMs,
    kept: upper.map((value) => (value === null ? null : clip(value)! + bandMs)),
    plain: lower.map(clip),
  };
}

function roundTrips({ messages }: LaneState, nowMs: number): (number | null)[] {
  return messages.map((message) => (isLost(message, nowMs) ? null : (message.roundTripMs ?? null)));
}

/** Returns the height of a band that fits nearly all values: a single slow response must not flatten the rest. */
function bandFor(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const high = known[Math.floor(known.length * 0.99)] ?? 0;
  return Math.max(smallestBandMs, Math.ceil(high / lineShare / 10) * 10);
}
