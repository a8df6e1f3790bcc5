import { vi } from 'vitest';

/** Gives Node the global event listeners of a page. */
export const stubPage = () => {
  const page = new EventTarget();
  const listenedTypes: string[] = [];
  vi.stubGlobal('addEventListener', (type: string, listener: EventListener) => {
    if (!listenedTypes.includes(type)) listenedTypes.push(type);
    page.addEventListener(type, listener);
  });
  vi.stubGlobal('removeEventListener', (type: string, listener: EventListener) => {
    const index = listenedTypes.indexOf(type);
    if (index >= 0) listenedTypes.splice(index, 1);
    page.removeEventListener(type, listener);
  });
  return {
    /** The event types that have a listener now. */
    listenedTypes,
    fire: (type: string, more: object = {}): void => void page.dispatchEvent(Object.assign(new Event(type), more)),
  };
};
