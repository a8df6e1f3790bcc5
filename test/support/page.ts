import { vi } from 'vitest';

/** Gives Node a page's global listeners; tells what is heard and fires events. */
export const stubPage = () => {
  const page = new EventTarget();
  const heard: string[] = [];
  vi.stubGlobal('addEventListener', (type: string, listener: EventListener) => {
    if (!heard.includes(type)) heard.push(type);
    page.addEventListener(type, listener);
  });
  vi.stubGlobal('removeEventListener', (type: string, listener: EventListener) => {
    const index = heard.indexOf(type);
    if (index >= 0) heard.splice(index, 1);
    page.removeEventListener(type, listener);
  });
  return {
    /** The types that anybody listens for now. */
    heard,
    fire: (type: string, more: object = {}): void => void page.dispatchEvent(Object.assign(new Event(type), more)),
  };
};
