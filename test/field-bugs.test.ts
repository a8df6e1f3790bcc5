import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The scenarios that no title in test/ or e2e/ names yet, and who has them. An entry goes when its test comes. */
const elsewhere: Readonly<Record<string, string>> = {
  'C-65': 'testConnectivity: each TURN URL proved; needs TURN servers',
};

const numbers = Array.from({ length: 70 }, (_, i) => `C-${String(i + 1).padStart(2, '0')}`);

const isTest = (path: string): boolean => /\.(test|spec)\.ts$/.test(path) && path !== 'test/field-bugs.test.ts';

/** Where each number stands in a title: in text, that is, and not in a comment. */
const namedIn = (): Map<string, Set<string>> => {
  const named = new Map<string, Set<string>>();
  for (const folder of ['test', 'e2e']) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      if (!isTest(path)) continue;
      const code = readFileSync(path, 'utf8').replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '');
      for (const [number] of code.matchAll(/\bC-\d\d\b/g)) named.set(number, (named.get(number) ?? new Set()).add(path));
    }
  }
  return named;
};

describe('the field bugs of the field', () => {
  const named = namedIn();

  it.each(numbers)('%s is named in the title of a test, or listed here with who has it', (number) => {
    expect(named.has(number) || number in elsewhere, `${number}: no title in test/ or e2e/ names it, and it is not in the list`).toBe(true);
  });

  it('are not listed as left to others where a test names them', () => {
    expect(Object.keys(elsewhere).filter((number) => named.has(number))).toEqual([]);
  });

  it('have no other numbers', () => {
    expect([...named.keys(), ...Object.keys(elsewhere)].filter((number) => !numbers.includes(number))).toEqual([]);
  });
});
