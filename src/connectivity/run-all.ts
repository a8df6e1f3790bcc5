/** Runs the tasks, at most so many at once, each as soon as there is room. No task may reject. */
export const runAll = async (tasks: readonly (() => Promise<void>)[], concurrency: number): Promise<void> => {
  const queue = tasks.values();
  // They share one iterator: whoever is done takes the next.
  const worker = async (): Promise<void> => {
    for (const task of queue) await task();
  };
  await Promise.all(tasks.slice(0, concurrency).map(worker));
};
