/**
 * A short name for an entry that tells nothing of the key in it: 64 bits cannot hold the 144 of a credential's key.
 * Not `crypto.subtle`, which is asynchronous and missing on plain-http pages.
 */
export const digest = (text: string): string => {
  let [a, b] = [0x9dc5811c, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x85ebca6b);
    b = Math.imul(b ^ (a >>> 13), 0xc2b2ae35) + unit;
  }
  a ^= b >>> 16;
  b ^= a >>> 15;
  return [a, b].map((half) => (Math.imul(half, 0x27d4eb2d) >>> 0).toString(36)).join('');
};
