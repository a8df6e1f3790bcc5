export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Medians by name. */
export type Medians = Readonly<Record<string, number>>;

/** Takes a sample of each in turns, so that whatever slows the machine slows them all; the first round is for warming up. */
export const inTurns = async (names: readonly string[], rounds: number, sample: (name: string) => Promise<number>): Promise<Medians> => {
  const all = names.map((name) => ({ name, taken: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    // Each goes first once in a while.
    for (let i = 0; i < all.length; i++) {
      const { name, taken } = all[(i + round) % all.length]!;
      const result = await sample(name);
      if (round) taken.push(result);
    }
  }
  return Object.fromEntries(all.map(({ name, taken }) => [name, median(taken)]));
};
