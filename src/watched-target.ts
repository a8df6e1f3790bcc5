/**
 * An event target whose methods work detached and that keeps the set of its listeners of one type up to date,
 * so that what serves them runs only while somebody listens.
 */
export const createWatchedTarget = (watched: string, listeners: Set<unknown>, onChange: () => void): EventTarget => {
  const target = new EventTarget();
  const add = target.addEventListener.bind(target);
  const remove = target.removeEventListener.bind(target);
  const forget = (listener: unknown): void => {
    listeners.delete(listener);
    onChange();
  };

  const methods: Pick<EventTarget, 'addEventListener' | 'removeEventListener' | 'dispatchEvent'> = {
    addEventListener: (type, listener, options) => {
      add(type, listener, options);
      const { once, signal } = Object(options) as AddEventListenerOptions;
      if (type !== watched || !listener || signal?.aborted) return;
      listeners.add(listener);
      onChange();
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
