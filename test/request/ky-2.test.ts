import ky from 'ky';
import ky2 from 'ky2';
import { expect, it, vi } from 'vitest';

vi.mock('ky', () => import('ky2'));

it('C-68: the tests of this file run with ky 2, those of the others with ky 1', () => {
  expect(ky).toBe(ky2);
});

// The tests that send requests run once more: a test file registers its tests when it is imported.
const suites = import.meta.glob([
  '../loader/*.test.ts',
  './*.test.ts',
  '!./ky-2.test.ts',
  '../secrets/loader.test.ts',
  '../credentials/properties.test.ts',
  // These are about time and other tabs alone.
  '!../loader/{auto-refresh,clock-jumps,max-age,tab-schedules}.test.ts',
  '!./tab-lock.test.ts',
]);
for (const path of Object.keys(suites).sort()) await suites[path]!();
