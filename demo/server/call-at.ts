/** Node fires a longer timer at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Calls back at any time in the future, without keeping the process alive. Returns a function that cancels the call. */
export function callAt(epochMs: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;

  const wait = (): void => {
    const left = epochMs - Date.now();
    if (left <= 0) {
      callback();
      return;
    }
    timer = setTimeout(wait, Math.min(left, longestTimerMs)).unref();
  };

  // An endless lifetime needs no timer.
  if (epochMs !== Infinity) timer = setTimeout(wait, 0).unref();
  return () => clearTimeout(timer);
}
