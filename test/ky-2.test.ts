import ky from 'ky';
import ky2 from 'ky2';
import { expect, it, vi } from 'vitest';
// C-68: every test that may touch the request, once more with ky 2. They register their tests here as they are imported.
import './loader-cache.test.js';
import './loader-failures.test.js';
import './loader-sharing.test.js';
import './properties.test.js';
import './request.test.js';
import './secrets.test.js';

vi.mock('ky', () => import('ky2'));

it('C-68: the tests of this file run with ky 2, those of the others with ky 1', () => {
  expect(ky).toBe(ky2);
});
