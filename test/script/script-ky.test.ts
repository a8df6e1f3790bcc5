import ky from 'ky';
import { expect, it, vi } from 'vitest';
import tries from '../../src/script/ky-stub.js';

vi.mock('ky', () => import('../../src/script/ky-stub.js'));

it('the tests of this file run with what stands in for ky in the script-tag file', () => {
  expect(ky).toBe(tries);
});

// The tests that send requests run once more: a test file registers its tests when it is imported.
const suites = import.meta.glob([
  '../loader/*.test.ts',
  '../request/*.test.ts',
  '!../request/ky-2.test.ts',
  '../secrets/loader.test.ts',
  // These are about time and other tabs alone.
  '!../loader/{auto-refresh,clock-jumps,max-age,*schedules}.test.ts',
  '!../request/tab-lock.test.ts',
]);
for (const path of Object.keys(suites).sort()) await suites[path]!();
