/** Runs the tasks, at most `concurrency` at once. When one ends, the next one starts. No task may reject. */
export async function runAll(tasks: readonly (() => Promise<void>)[], concurrency: number): Promise<void> {
  // All workers take their tasks from one iterator.
  const queue = tasks.values();
  const work = async (): Promise<void> => {
    for (const task of queue) await task();
  };
  await Promise.all(tasks.slice(0, concurrency).map(work));
}
