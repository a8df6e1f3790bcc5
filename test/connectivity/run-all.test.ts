import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runAll } from '../../src/connectivity/run-all.js';

describe('running tasks', () => {
  it('never exceeds the concurrency, and runs each task once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(20), fc.integer({ min: 1, max: 8 }), async (count, concurrency) => {
        let running = 0;
        let most = 0;
        const done: number[] = [];
        const tasks = Array.from({ length: count }, (_, index) => async () => {
          most = Math.max(most, ++running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
          done.push(index);
        });
        await runAll(tasks, concurrency);
        expect(done).toHaveLength(count);
        expect(most).toBe(Math.min(count, concurrency));
      }),
      { numRuns: 30 },
    );
  });
});
