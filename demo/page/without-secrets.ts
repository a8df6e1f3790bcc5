/** A key anywhere in a text: of a credential, of the account, or of another product. A UUID is not one: it may be the name of an app. */
const keyInText = /[\da-f]{36}|[\w-]{48}|\b[ps]k_/i;

/**
 * Returns the part of an address or a name that a link may contain: without query, fragment and user, and nothing that looks like a key.
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
