import { usageError } from '../errors/usage-error.js';
import type { ApiKeyFunction, GetServersFunction, IceServersOptions } from '../types.js';
import { isKeySet, readApiKey } from './api-key.js';
import { anyPage, isMeteredHost, isRelativeAddress, pageAddress, parseAppName, parseHttpUrl } from './endpoint-url.js';
import { isFunction } from './validate.js';

/** An address to request, Metered's or the app's own. */
export interface EndpointSource {
  readonly kind: 'endpoint';
  /** A whole address, or one that is relative to the page. */
  readonly address: string;
  /** The key, or the function that returns it. Without one, the address is used as it is. */
  readonly apiKey: string | ApiKeyFunction | undefined;
  /** Empty if the address, or the dashboard, decides. */
  readonly region: string;
}

/** The app's own function. */
export interface FunctionSource {
  readonly kind: 'function';
  readonly getServers: GetServersFunction;
  readonly region: string;
}

/** An option is not set, as in a deployment without its environment: nothing is requested. */
export interface MissingSource {
  readonly kind: 'missing';
  /** What to set, for the error's message. */
  readonly missing: string;
}

/** Where servers come from. */
export type Source = EndpointSource | FunctionSource | MissingSource;

type SourceOptions = Pick<IceServersOptions, 'appName' | 'endpoint' | 'apiKey' | 'getServers' | 'region'>;

/**
 * Finds the one source in the options.
 *
 * @throws `TypeError` for a contradiction, `IceServersError` `secret-key` for a key of another kind
 */
export function readSource({ appName, endpoint, apiKey, getServers, region }: SourceOptions): Source {
  const isAppSet = isSet(appName);
  const isEndpointSet = isSet(endpoint);
  if (Number(isAppSet) + Number(isEndpointSet) + Number(!!getServers) > 1) {
    throw usageError('set only one of appName, endpoint and getServers');
  }
  const requestedRegion = region?.trim() ?? '';
  if (getServers) return readFunctionSource(getServers, apiKey, requestedRegion);
  if (isEndpointSet) return readEndpointSource(String(endpoint).trim(), apiKey, requestedRegion);
  if (!isAppSet) return { kind: 'missing', missing: 'appName and apiKey, or endpoint, or getServers' };
  return withKey(parseAppName(appName!)!.href, apiKey, requestedRegion);
}

/**
 * Returns the address of a request: with the key and the region, and without a fragment, which is never sent.
 *
 * @throws `TypeError` if the address is relative and there is no page
 */
export function requestUrl({ address, region }: EndpointSource, apiKey: string | undefined): URL {
  const isRelative = isRelativeAddress(address);
  const base = isRelative ? pageAddress() : undefined;
  const url = parseHttpUrl(address, base);
  if (!url) throw usageError('endpoint is relative and cannot be resolved here: set the whole address');
  const { searchParams } = url;
  if (apiKey !== undefined) searchParams.set('apiKey', apiKey);
  const requestedRegion = region || (searchParams.get('region') ?? '').trim();
  // Each change writes the whole query anew: one that may be signed stays as it is.
  if (searchParams.has('region')) searchParams.delete('region');
  // Without a region, the dashboard's Default Region applies.
  if (requestedRegion) searchParams.set('region', requestedRegion);
  url.hash = '';
  return url;
}

/**
 * Returns the text that tells one entry from another. It may contain a key, so it is digested, and never shown or stored.
 *
 * @throws `TypeError` if the address is relative and there is no page
 */
export function entryIdentity(source: Source, cacheKey: string | undefined): string {
  const identity = sourceIdentity(source);
  return cacheKey === undefined ? identity : JSON.stringify([identity, cacheKey]);
}

function sourceIdentity(source: Source): string {
  if (source.kind === 'missing') return '';
  if (source.kind === 'function') return `getServers() ${source.region}`;
  const { apiKey } = source;
  return isFunction(apiKey) ? `${requestUrl(source, undefined).href} apiKey()` : requestUrl(source, apiKey).href;
}

function readFunctionSource(getServers: GetServersFunction, apiKey: SourceOptions['apiKey'], region: string): FunctionSource {
  if (isFunction(apiKey) || isKeySet(apiKey)) throw usageError('drop apiKey: getServers sends none');
  return { kind: 'function', getServers, region };
}

function readEndpointSource(address: string, apiKey: SourceOptions['apiKey'], region: string): Source {
  const url = parseHttpUrl(address, isRelativeAddress(address) ? anyPage : undefined)!;
  const keyInAddress = url.searchParams.get('apiKey') ?? undefined;
  if (isMeteredHost(url)) {
    if (url.pathname === '/')
      throw usageError('endpoint must be a whole address with its path; if you have only the host, set it as appName');
    return withKey(address, apiKey ?? keyInAddress, region);
  }
  const key = apiKey ?? keyInAddress;
  return key === undefined ? { kind: 'endpoint', address, apiKey: undefined, region } : withKey(address, key, region);
}

function withKey(address: string, apiKey: SourceOptions['apiKey'], region: string): Source {
  if (isFunction(apiKey)) return { kind: 'endpoint', address, apiKey, region };
  return isKeySet(apiKey) ? { kind: 'endpoint', address, apiKey: readApiKey(apiKey), region } : { kind: 'missing', missing: 'apiKey' };
}

function isSet(value: string | URL | undefined): boolean {
  return value !== undefined && String(value).trim() !== '';
}
