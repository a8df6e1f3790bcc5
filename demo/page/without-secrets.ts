/** A key anywhere in a text: an API key, a Secret Key, or a key of another product. A UUID is not a key: it may be an app name. */
const keyInText = /[\da-f]{36}|[\w-]{48}|\b[ps]k_/i;

/**
 * Returns the part of an address or a name that a link may contain: without query, fragment and user, and empty if anything looks like a key.
 *
 * The element has the same rule for its report, and the package does not export it. `test/element/without-secrets.test.ts` compares the two.
 */
export function withoutSecrets(text: string): string {
  const bare = text.replace(/[?#].*/s, '').replace(/\/\/[^/]*@/, '//');
  return containsKey(bare) ? '' : bare;
}

/** Returns whether a text contains something that looks like a key. */
export function containsKey(text: string): boolean {
  return keyInText.test(text);
}
