import pDefer, { type DeferredPromise } from 'p-defer';
import { describe, expect, it } from 'vitest';
import { CurrentRun } from '../../src/element/current-run.js';
import type { IceReport } from '../../src/element/types.js';

/** Runs that end when the test says so. */
function createRuns() {
  const current = new CurrentRun();
  const started: DeferredPromise<IceReport>[] = [];
  const join = (): Promise<IceReport> =>
    current.join(() => {
      const run = pDefer<IceReport>();
      started.push(run);
      return run.promise;
    });
  return { current, started, join };
}

const reportOf = (summary: string): IceReport => ({ summary }) as IceReport;

describe('a run in progress', () => {
  it('is joined', async () => {
    const { started, join } = createRuns();
    const both = Promise.all([join(), join()]);
    started[0]!.resolve(reportOf('one'));
    expect(await both).toEqual([reportOf('one'), reportOf('one')]);
    expect(started).toHaveLength(1);
  });

  it('is followed by a new one if it was stopped', async () => {
    const { current, started, join } = createRuns();
    const first = join();
    current.stop();
    const second = join();
    started[0]!.resolve(reportOf('one'));
    await first;
    await expect.poll(() => started.length).toBe(2);
    started[1]!.resolve(reportOf('two'));
    expect(await second).toEqual(reportOf('two'));
  });

  it('is not followed by one that was stopped while it waited', async () => {
    const { current, started, join } = createRuns();
    void join();
    current.stop();
    const second = join();
    current.stop();
    started[0]!.resolve(reportOf('one'));
    expect(await second).toEqual(reportOf('one'));
    expect(started).toHaveLength(1);
  });

  it('that fails does not keep the next one from starting', async () => {
    const { current, started, join } = createRuns();
    const first = join();
    current.stop();
    const second = join();
    started[0]!.reject(new TypeError('a wrong option'));
    await expect(first).rejects.toThrow('a wrong option');
    await expect.poll(() => started.length).toBe(2);
    started[1]!.resolve(reportOf('two'));
    expect(await second).toEqual(reportOf('two'));
  });
});

it('without a run, there is no end to wait for', () => {
  expect(createRuns().current.ended()).toBeUndefined();
});
