/** Calls a listener of the page in a microtask, so that what it throws is an uncaught error of the page and does not stop the test. */
export function notify<T>(listener: ((value: T) => void) | undefined, value: T): void {
  queueMicrotask(() => listener?.(value));
}
