import type { Form } from '../app-address.js';
import { withoutSecrets } from './without-secrets.js';

export interface PageAddress {
  readonly link: Partial<Pick<Form, 'app' | 'region'>>;
  readonly mode: string;
  /** With its `#`; empty if there is none. */
  readonly fragment: string;
}

const kept = ['app', 'region', 'mode'];

/** Reads the address of this page, and removes everything else from it. A key in the address is not used. */
export function takeAddress(): PageAddress {
  const { searchParams, hash } = new URL(location.href);
  const wanted = kept.flatMap((name) => {
    const value = withoutSecrets(searchParams.get(name) ?? '');
    return value ? [[name, value]] : [];
  });
  const { mode = '', ...link } = Object.fromEntries(wanted) as Record<string, string>;
  const query = new URLSearchParams(wanted).toString();
  setAddress(query, hash.startsWith('#result=') ? hash : '');
  return { link, mode, fragment: hash };
}

/** Sets what follows the path in the address bar. */
export function setAddress(query: string, fragment: string): void {
  const address = location.pathname + (query && `?${query}`) + fragment;
  if (location.pathname + location.search + location.hash !== address) history.replaceState(null, '', address);
}

/** Copies the address. Returns `false` if that fails: without https, there is no clipboard. */
export async function copyAddress(): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(location.href);
    return true;
  } catch {
    return false;
  }
}

/** Returns the query of a link: app, region and mode, but not the key. */
export function queryOf({ app, region }: Form, mode: string): string {
  const values = { app: withoutSecrets(app), region: withoutSecrets(region), mode: withoutSecrets(mode) };
  return String(new URLSearchParams(Object.entries(values).filter(([, value]) => value)));
}
