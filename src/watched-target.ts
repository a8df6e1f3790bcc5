/**
 * An event target whose methods work detached and that tells when it has listeners of one type,
 * so that what serves them runs only while somebody listens.
 */
export const createWatchedTarget = (watched: string, onChange: (hasListeners: boolean) => void): EventTarget => {
  const target = new EventTarget();
  const add = target.addEventListener.bind(target);
  const remove = target.removeEventListener.bind(target);
  const live = new Set<unknown>();
  const forget = (listener: unknown): void => {
    if (live.delete(listener)) onChange(live.size > 0);
  };

  const methods: Pick<EventTarget, 'addEventListener' | 'removeEventListener' | 'dispatchEvent'> = {
    addEventListener: (type, listener, options) => {
      add(type, listener, options);
      const { once, signal } = Object(options) as AddEventListenerOptions;
      if (type !== watched || !listener || signal?.aborted) return;
      live.add(listener);
      onChange(true);
      const gone = (): void => forget(listener);
      if (once) add(type, gone, { once });
      signal?.addEventListener('abort', gone);
    },
    removeEventListener: (type, listener, options) => {
      remove(type, listener, options);
      if (type === watched) forget(listener);
    },
    dispatchEvent: target.dispatchEvent.bind(target),
  };
  return Object.assign(target, methods);
};
