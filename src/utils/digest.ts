/**
 * Returns a short digest of a text. It does not reveal an API key in the text: its 64 bits cannot hold the 144 bits of a key.
 *
 * `crypto.subtle` is not used, because it is asynchronous, and missing on pages without HTTPS.
 */
export function digest(text: string): string {
  let first = 0x811c9dc5;
  let second = text.length;
  for (let index = 0; index < text.length; index++) {
    first = Math.imul(first ^ text.charCodeAt(index), 0x01000193);
    second = Math.imul(second ^ first ^ (second >>> 13), 0x5bd1e995);
  }
  return (first >>> 0).toString(36) + (second >>> 0).toString(36);
}
