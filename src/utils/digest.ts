/**
 * Returns a short name for a text that reveals nothing of a key in it: its 64 bits cannot hold the 144 of an API key.
 *
 * `crypto.subtle` would be asynchronous, and is missing on pages without HTTPS.
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
