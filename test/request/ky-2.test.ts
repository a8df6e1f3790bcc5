import ky from 'ky';
import ky2 from 'ky2';
import { expect, it, vi } from 'vitest';

vi.mock('ky', () => import('ky2'));

it('C-68: the tests of this file run with ky 2, those of the others with ky 1', () => {
  expect(ky).toBe(ky2);
});

// Every test that may send a request runs once more: a test file registers its tests when it is imported.
const suites = import.meta.glob([
  '../loader/*.test.ts',
  './*.test.ts',
  '!./ky-2.test.ts',
  '../credentials/properties.test.ts',
  '../secrets/loader.test.ts',
]);
for (const path of Object.keys(suites).sort()) await suites[path]!();
