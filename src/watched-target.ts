/**
 * An event target whose methods work detached and that tells when it has listeners of one type,
 * so that what serves them runs only while somebody listens.
 */
export const createWatchedTarget = (watched: string, onChange: (hasListeners: boolean) => void): EventTarget => {
  const target = new EventTarget();
  const { addEventListener, removeEventListener, dispatchEvent } = target;
  const live = new Set<unknown>();
  const forget = (listener: unknown): void => {
    if (live.delete(listener)) onChange(live.size > 0);
  };

  return Object.assign(target, {
    addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void {
      addEventListener.call(target, type, listener, options);
      const { once, signal } = Object(options) as AddEventListenerOptions;
      if (type !== watched || !listener || signal?.aborted) return;
      onChange(!!live.add(listener));
      const gone = (): void => forget(listener);
      if (once) addEventListener.call(target, type, gone, { once });
      signal?.addEventListener('abort', gone);
    },
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void {
      removeEventListener.call(target, type, listener, options);
      if (type === watched) forget(listener);
    },
    dispatchEvent: (event: Event) => dispatchEvent.call(target, event),
  });
};
