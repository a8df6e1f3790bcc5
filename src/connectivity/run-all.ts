/** Runs the tasks, no more than `concurrency` of them at once. The next one starts as soon as one ends. No task may reject. */
export async function runAll(tasks: readonly (() => Promise<void>)[], concurrency: number): Promise<void> {
  // All workers take their tasks from one iterator.
  const queue = tasks.values();
  const work = async (): Promise<void> => {
    for (const task of queue) await task();
  };
  await Promise.all(tasks.slice(0, concurrency).map(work));
}
