import ky from 'ky';
import ky2 from 'ky2';
import { expect, it, vi } from 'vitest';

vi.mock('ky', () => import('ky2'));

it('C-68: the tests of this file run with ky 2, those of the others with ky 1', () => {
  expect(ky).toBe(ky2);
});

// Every test that may touch the request, once more: they register themselves as they are imported.
await import('./loader-cache.test.js');
await import('./loader-failures.test.js');
await import('./loader-sharing.test.js');
await import('./properties.test.js');
await import('./request.test.js');
await import('./secrets.test.js');
