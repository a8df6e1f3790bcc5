import type { Form } from '../app-address.js';

const name = 'connectivity-page:key';

/** The key of an earlier visit and the app that it belongs to, where the person asked for that. Storage may be forbidden, or hold anything. */
export function keptKey(): Pick<Form, 'app' | 'apiKey'> | undefined {
  try {
    const { app, apiKey } = JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<Form>;
    return app && apiKey ? { app, apiKey } : undefined;
  } catch {
    return undefined;
  }
}

export function keepKey({ app, apiKey }: Form): void {
  try {
    localStorage.setItem(name, JSON.stringify({ app, apiKey }));
  } catch {
    // Then it is not kept.
  }
}

export function forgetKey(): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // Then there is none.
  }
}
