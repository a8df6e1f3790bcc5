import type { Form } from '../app-address.js';

/** Reads app and region from this page's address, and takes everything else out of it: a key that somebody put there is not used. */
export function takeAddress(): Partial<Form> {
  const address = new URL(location.href);
  const wanted = ['app', 'region'].flatMap((name) => {
    const value = withoutSecrets(address.searchParams.get(name) ?? '');
    return value ? [[name, value]] : [];
  });
  const query = new URLSearchParams(wanted).toString();
  if (address.search.slice(1) !== query || address.hash) history.replaceState(null, '', address.pathname + (query && `?${query}`));
  return Object.fromEntries(wanted) as Partial<Form>;
}

/** The shapes of Metered's keys: a credential's, the account's, and those of other products. An app's name may be a UUID, which is none. */
const keyShape = /[\da-f]{36}|[\w-]{48}|\b[ps]k_/i;

/** What may stand in a link: nothing that an address carries behind the question mark or before the host, and nothing that looks like a key. */
export const withoutSecrets = (text: string): string => {
  const bare = text.replace(/[?#].*/s, '').replace(/\/\/[^/]*@/, '//');
  return keyShape.test(bare) ? '' : bare;
};

/** A link that opens this page with the same app and region. The key stays out of it. */
export function linkTo({ app, region }: Form): string {
  const link = new URL(location.pathname, location.origin);
  for (const [name, value] of Object.entries({ app: withoutSecrets(app), region: withoutSecrets(region) })) {
    if (value) link.searchParams.set(name, value);
  }
  return link.href;
}
