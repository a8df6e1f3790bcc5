/** Node fires a longer timer at once instead of late. */
const longestTimerMs = 2 ** 31 - 1;

/** Calls back at a moment however far away, without keeping the process alive for it. Returns what cancels the call. */
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

  // An endless life needs no timer.
  if (epochMs !== Infinity) timer = setTimeout(wait, 0).unref();
  return () => clearTimeout(timer);
}
