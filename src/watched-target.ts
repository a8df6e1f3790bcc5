/**
 * An event target whose methods work detached and that keeps its listeners of one type listed, each with what takes it off the list,
 * so that what serves them runs only while somebody listens.
 */
export const createWatchedTarget = (watched: string, listeners: Map<unknown, () => void>, onChange: () => void): EventTarget => {
  const target = new EventTarget();
  const add = target.addEventListener.bind(target);
  const remove = target.removeEventListener.bind(target);

  const methods: Pick<EventTarget, 'addEventListener' | 'removeEventListener' | 'dispatchEvent'> = {
    addEventListener: (type, listener, options) => {
      add(type, listener, options);
      const { once, signal } = Object(options) as AddEventListenerOptions;
      if (type !== watched || !listener || signal?.aborted || listeners.has(listener)) return;
      const gone = (): void => {
        // It may have been removed, and added again for longer.
        if (listeners.get(listener) !== gone) return;
        listeners.delete(listener);
        onChange();
      };
      listeners.set(listener, gone);
      onChange();
      if (once) add(type, gone, { once });
      signal?.addEventListener('abort', gone);
    },
    removeEventListener: (type, listener, options) => {
      remove(type, listener, options);
      if (type === watched) listeners.get(listener)?.();
    },
    dispatchEvent: target.dispatchEvent.bind(target),
  };
  return Object.assign(target, methods);
};
