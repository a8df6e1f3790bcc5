import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPages } from './pages.js';
import { phrases, phrasesIn } from './phrases.js';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `src/${name.replaceAll('\\', '/')}`);

describe('no translated phrase', () => {
  it.each(readPages())('is in $path', ({ text }) => {
    expect(phrasesIn(text)).toEqual([]);
  });

  it.each(sources)('is in a comment or a message of %s', (path) => {
    expect(phrasesIn(readFileSync(path, 'utf8'))).toEqual([]);
  });
});

describe.each(phrases)('the check for $pattern', ({ pattern, translated, native }) => {
  it('finds the translated sentence', () => {
    expect(translated).toMatch(pattern);
  });

  it('does not find the native sentence', () => {
    expect(native).not.toMatch(pattern);
  });
});
