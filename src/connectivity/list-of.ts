/** Joins words as in "UDP, TCP and TLS". */
export function listOf(words: readonly string[]): string {
  return words.join(', ').replace(/, ([^,]*)$/, ' and $1');
}
