/** Calls a listener of the page, later: what it throws is reported like any error of the page, and does not stop the test. */
export function notify<T>(listener: ((value: T) => void) | undefined, value: T): void {
  queueMicrotask(() => listener?.(value));
}
