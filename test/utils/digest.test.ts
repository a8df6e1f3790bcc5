import { describe, expect, it } from 'vitest';
import { digest } from '../../src/utils/digest.js';
import { address, apiKey, otherApiKey } from '../support/endpoint.js';

describe('the digest', () => {
  it('is the same for the same text', () => {
    expect(digest(`${address}?apiKey=${apiKey}`)).toBe(digest(`${address}?apiKey=${apiKey}`));
  });

  it.each([
    ['key', `${address}?apiKey=${otherApiKey}`],
    ['region', `${address}?apiKey=${apiKey}&region=eu`],
    ['app', `${address.replace('demo', 'demo2')}?apiKey=${apiKey}`],
    ['last character', `${address}?apiKey=${apiKey.slice(0, -1)}4`],
  ])('differs for another %s', (_, other) => {
    expect(digest(other)).not.toBe(digest(`${address}?apiKey=${apiKey}`));
  });

  it('is short and plain, so that it cannot hold a key', () => {
    for (const text of ['', 'a', apiKey, apiKey.repeat(100), 'ä€😀']) expect(digest(text)).toMatch(/^[\da-z]{2,14}$/);
  });

  it('has no collision among a hundred thousand similar texts', () => {
    const all = new Set(Array.from({ length: 100_000 }, (_, i) => digest(`${address}?apiKey=${i.toString(16).padStart(36, '0')}`)));
    expect(all.size).toBe(100_000);
  });
});
