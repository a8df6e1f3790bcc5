import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPages } from './pages.js';
import { phrases, phrasesIn } from './phrases.js';

/** What a user of the package or of the demo may read. The server of the demo has messages for developers of this project. */
const sources = ['src', 'demo'].flatMap(filesIn).filter((path) => /\.(?:ts|html)$/.test(path) && !path.startsWith('demo/server/'));

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

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
