import { vi } from 'vitest';

const methods = ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const;

/**
 * Gives the page an EventTarget whose methods are neither writable nor configurable, as a hardened page has it, until the test is over.
 * The real prototype could not be restored.
 */
export function hardenEventTarget(): void {
  const Plain = globalThis.EventTarget;
  class HardenedEventTarget extends Plain {}
  for (const name of methods) {
    Object.defineProperty(HardenedEventTarget.prototype, name, { value: Plain.prototype[name], writable: false, configurable: false });
  }
  vi.stubGlobal('EventTarget', HardenedEventTarget);
}

/** Returns whether a method can be replaced by an assignment, which fails on a hardened page. */
export function canAssignMethod(): boolean {
  const target = new EventTarget();
  try {
    target.addEventListener = () => {};
    return true;
  } catch {
    return false;
  }
}
