/**
 * A short name for an entry that tells nothing of the key in it: 64 bits cannot hold the 144 of a credential's key.
 * Not `crypto.subtle`, which is asynchronous and missing on plain-http pages.
 */
export const digest = (text: string): string => {
  let a = 0x811c9dc5;
  let b = text.length;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ a ^ (b >>> 13), 0x5bd1e995);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
};
