const mark = 'SIMULATED: ';

/** Returns the words that mark what leaves a page which simulates a problem. */
export function markOf(simulated: string): string {
  return mark + simulated;
}

/** Returns what a marked report simulates. */
export function simulatedIn(marked: string): string {
  return marked.replace(mark, '');
}
