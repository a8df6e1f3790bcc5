import type { Form } from '../app-address.js';

const name = 'connectivity-page:key';

/** Returns the key of an earlier visit and its app, if the user chose to keep them. Storage may be forbidden or contain anything. */
export function keptKey(): Pick<Form, 'app' | 'apiKey'> | undefined {
  try {
    const { app, apiKey } = JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<Form>;
    return app && apiKey ? { app, apiKey } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the key. A form without one changes nothing for another app, whose link may have been opened in between. */
export function keepKey({ app, apiKey }: Form): void {
  const kept = keptKey();
  if (apiKey === '' && kept && kept.app !== app) return;
  try {
    localStorage.setItem(name, JSON.stringify({ app, apiKey }));
  } catch {
    // Without storage, the key is not kept.
  }
}

export function forgetKey(): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // Without storage, there is no key to forget.
  }
}
