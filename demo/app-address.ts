import type { IceServersOptions } from 'ice-servers-loader';

export interface Form {
  readonly app: string;
  readonly apiKey: string;
  readonly region: string;
}

/** Moves a key and a region out of a pasted address, so that the key does not stay in the open field. Other parameters stay. */
export function withoutKeyInAddress(form: Form): Form {
  const address = readUrl(form.app);
  if (!address?.search && !address?.hash) return form;
  const { searchParams } = address;
  const apiKey = searchParams.get('apiKey') ?? form.apiKey;
  const region = searchParams.get('region') ?? form.region;
  for (const name of ['apiKey', 'region']) searchParams.delete(name);
  address.hash = '';
  return { app: address.href, apiKey, region };
}

/** An address with a path is an endpoint. Everything else is an app name. */
export function appOrEndpoint(app: string): { readonly appName: string } | { readonly endpoint: URL } {
  const address = readUrl(app);
  return address && address.pathname !== '/' ? { endpoint: address } : { appName: app };
}

/** Returns whether a text can be an app name or an address. */
export function isAppOrEndpoint(app: string): boolean {
  return 'endpoint' in appOrEndpoint(app) || /^(https?:\/\/)?[\w-]+(\.metered\.live)?\/?$/i.test(app.trim());
}

export function loaderOptions({ app, apiKey, region }: Form, expiresAt?: number): IceServersOptions {
  return {
    ...appOrEndpoint(app),
    ...(apiKey && { apiKey }),
    ...(region && { region }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** Returns the host that the servers are requested from. */
export function serviceHost(app: string): string {
  return readUrl(app)?.host ?? `${app.trim().replace(/\.metered\.live$/i, '')}.metered.live`;
}

/** A key belongs to one app, and is sent only to that app's host. */
export const isSameApp = (one: string, other: string): boolean => serviceHost(one) === serviceHost(other);

/** A host with a path also counts as an address, because people copy that. */
function readUrl(text: string): URL | undefined {
  const [, scheme, rest] = /^(https?:\/\/)?([\w.-]+(?::\d+)?\/.*|.*)$/is.exec(text.trim())!;
  const whole = scheme || /^[\w.-]+\.[a-z]+(?::\d+)?\//i.test(rest!) ? `${scheme ?? 'https://'}${rest}` : '';
  return URL.canParse(whole) ? new URL(whole) : undefined;
}
