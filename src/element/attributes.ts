import type { IceServersOptions } from '../index.js';

/** What the attributes say, beside the key. */
export interface AttributeOptions {
  readonly appName: string | null;
  readonly endpoint: string | null;
  readonly region: string | null;
  readonly apiKey: string | undefined;
}

/** Takes the key out of an address, so that it does not stay in the attribute. */
export function splitEndpoint(endpoint: string): { readonly address: string; readonly apiKey: string | undefined } {
  const [beforeFragment = ''] = endpoint.split('#');
  const [path = '', query] = beforeFragment.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const apiKey = parameters.get('apiKey');
  if (apiKey === null) return { address: endpoint, apiKey: undefined };
  parameters.delete('apiKey');
  const rest = String(parameters);
  return { address: rest ? `${path}?${rest}` : path, apiKey };
}

/** Returns the loader's options. Those of the property take precedence, and a source there replaces the source and the key of the attributes. */
export function mergeOptions({ region, ...source }: AttributeOptions, options: IceServersOptions | undefined): IceServersOptions {
  const hasSource = [options?.appName, options?.endpoint, options?.getServers].some(Boolean);
  const given = Object.entries({ region, ...(!hasSource && source) }).filter(([, value]) => value !== null && value !== undefined);
  return { ...Object.fromEntries(given), ...options };
}

/** Returns what to call the app in a report. It may still hold a secret. */
export function appOf({ appName, endpoint }: IceServersOptions): string {
  return appName ?? String(endpoint ?? '');
}
