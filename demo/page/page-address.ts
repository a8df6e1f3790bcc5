import type { Form } from '../app-address.js';

/** Reads app and region from this page's address, and takes everything else out of it: a key that somebody put there is not used. */
export function takeAddress(): Partial<Form> {
  const address = new URL(location.href);
  const wanted = ['app', 'region'].flatMap((name) => {
    const value = address.searchParams.get(name);
    return value ? [[name, value]] : [];
  });
  const query = new URLSearchParams(wanted).toString();
  if (address.search.slice(1) !== query || address.hash) history.replaceState(null, '', address.pathname + (query && `?${query}`));
  return Object.fromEntries(wanted) as Partial<Form>;
}

/** An address may carry a key behind the question mark. */
export const withoutQuery = (app: string): string => app.replace(/[?#].*/s, '');

/** A link that opens this page with the same app and region. The key stays out of it. */
export function linkTo({ app, region }: Form): string {
  const link = new URL(location.pathname, location.origin);
  link.searchParams.set('app', withoutQuery(app));
  if (region) link.searchParams.set('region', region);
  return link.href;
}

const keyName = 'connectivity-page:key';

/** The key of an earlier visit, where the person asked for that. Storage may be forbidden. */
export function keptKey(): string | undefined {
  try {
    return localStorage.getItem(keyName) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepKey(key: string | undefined): void {
  try {
    if (key) localStorage.setItem(keyName, key);
    else localStorage.removeItem(keyName);
  } catch {
    // Then it is not kept.
  }
}
