/** Returns the error for a wrong use of this package. The sentence must not repeat a value, which may be a secret. */
export function usageError(sentence: string): TypeError {
  return new TypeError(`ice-servers-loader: ${sentence}.`);
}
