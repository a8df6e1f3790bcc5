import ky from 'ky';
import { expect, it, vi } from 'vitest';
import tries from '../src/script-ky.js';

vi.mock('ky', () => import('../src/script-ky.js'));

it('the tests of this file run with what stands in for ky in the script-tag file', () => {
  expect(ky).toBe(tries);
});

await import('./loader-failures.test.js');
await import('./loader-sharing.test.js');
await import('./request.test.js');
await import('./secrets.test.js');
