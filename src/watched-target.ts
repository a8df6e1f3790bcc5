/**
 * An event target whose methods work detached and that tells how many listeners of one type it has,
 * so that what serves them can run only while somebody listens.
 */
export const createWatchedTarget = (watched: string, onChange: (count: number) => void): EventTarget => {
  const target = new EventTarget();
  const { addEventListener, removeEventListener, dispatchEvent } = target;
  let live: { readonly listener: unknown; readonly capture: boolean }[] = [];

  const forget = (listener: unknown, capture: boolean): void => {
    const left = live.filter((one) => one.listener !== listener || one.capture !== capture);
    if (left.length === live.length) return;
    live = left;
    onChange(live.length);
  };

  const captureOf = (options: boolean | EventListenerOptions | undefined): boolean =>
    typeof options === 'object' ? !!options.capture : !!options;

  return Object.assign(target, {
    addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void {
      addEventListener.call(target, type, listener, options);
      const capture = captureOf(options);
      const { once, signal } = Object(options) as AddEventListenerOptions;
      if (type !== watched || !listener || signal?.aborted) return;
      if (live.some((one) => one.listener === listener && one.capture === capture)) return;
      live.push({ listener, capture });
      onChange(live.length);
      const gone = (): void => forget(listener, capture);
      if (once) addEventListener.call(target, type, gone, { once: true });
      signal?.addEventListener('abort', gone, { once: true });
    },
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void {
      removeEventListener.call(target, type, listener, options);
      if (type === watched) forget(listener, captureOf(options));
    },
    dispatchEvent: (event: Event) => dispatchEvent.call(target, event),
  });
};
