import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fieldBugs } from './support/field-bugs.js';

const numbers = Object.keys(fieldBugs);

/** Quoted text with a number: a title, or the part of one that stands in a table of cases. */
const titles = /(['"`])((?:(?!\1|\n).)*\bC-\d\d\b(?:(?!\1|\n).)*)\1/g;

/** For each number, the titles that have it, as `file: title`. */
const namedIn = (): Map<string, string[]> => {
  const named = new Map<string, string[]>();
  for (const folder of ['test', 'e2e']) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!/\.(test|spec)\.ts$/.test(name) || name === 'field-bugs.test.ts') continue;
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      const code = readFileSync(path, 'utf8').replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '');
      for (const [, , title = ''] of code.matchAll(titles)) {
        for (const [number] of title.matchAll(/\bC-\d\d\b/g)) named.set(number, [...(named.get(number) ?? []), `${path}: ${title}`]);
      }
    }
  }
  return named;
};

describe('the field bugs', () => {
  const named = namedIn();

  it.each(numbers)('%s is named in the title of a test', (number) => {
    expect(named.get(number)).toBeDefined();
  });

  it('are numbered without a gap', () => {
    const all = [...numbers].sort();
    expect(all).toEqual(all.map((_, index) => `C-${String(index + 1).padStart(2, '0')}`));
  });

  it('stand in the order of their numbers', () => {
    expect(numbers).toEqual([...numbers].sort());
  });

  it('have no other numbers', () => {
    expect([...named.keys()].filter((number) => !numbers.includes(number))).toEqual([]);
  });

  // A removed or renamed test shows up in the diff of this file; `npx vitest run field-bugs -u` updates it.
  it('are listed in field-bugs.md, each with its tests', async () => {
    const parts = numbers.map((number) => {
      const tests = [...new Set(named.get(number))].map((test) => `- ${test}`);
      return `## ${number} ${fieldBugs[number]}\n\n${tests.join('\n')}\n`;
    });
    const head = '# Field bugs, and the tests that prevent them\n\nWritten by `npx vitest run field-bugs -u`.\n';
    await expect([head, ...parts].join('\n')).toMatchFileSnapshot('field-bugs.md');
  });
});
