/** What the runs of one contender took: the median, and the middle half of the runs. */
export interface Spread {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

/** By the name of the contender. */
export type Spreads = Readonly<Record<string, Spread>>;

/** Measures each contender in turn, so that a busy machine slows all of them. The first round only warms up. */
export async function inTurns(names: readonly string[], rounds: number, measure: (name: string) => Promise<number>): Promise<Spreads> {
  const all = names.map((name) => ({ name, taken: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    // The order changes, so that none always comes after the same other one.
    for (let i = 0; i < all.length; i++) {
      const { name, taken } = all[(i + round) % all.length]!;
      const result = await measure(name);
      if (round > 0) taken.push(result);
    }
  }
  return Object.fromEntries(all.map(({ name, taken }) => [name, spreadOf(taken)]));
}

export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (share: number): number => {
    const position = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!];
    return below + (above - below) * (position % 1);
  };
  return { median: at(0.5), lowerQuartile: at(0.25), upperQuartile: at(0.75) };
}
