import { usageError } from '../errors/usage-error.js';
import type { ApiKeyFunction, GetServersFunction, IceServersOptions } from '../types.js';
import { isKeySet, readApiKey } from './api-key.js';
import { anyPage, isMeteredHost, pageAddress, parseAppName, parseEndpoint } from './endpoint-url.js';
import { isFunction } from './validate.js';

/** A URL to request, from Metered or from the app's server. */
export interface EndpointSource {
  readonly kind: 'endpoint';
  /** A full URL, or one that is relative to the page. */
  readonly address: string;
  /** The key, or the function that returns it. If it is `undefined`, no key is added to the URL. */
  readonly apiKey: string | ApiKeyFunction | undefined;
  /** Empty if the URL or the dashboard decides. */
  readonly region: string;
}

/** A function of the app. */
export interface FunctionSource {
  readonly kind: 'function';
  readonly getServers: GetServersFunction;
  readonly region: string;
}

/** An option is not set, for example because an environment variable is missing. No request is made. */
export interface MissingSource {
  readonly kind: 'missing';
  /** What to set, for the message of the error. */
  readonly missing: string;
}

/** Where the servers come from. */
export type Source = EndpointSource | FunctionSource | MissingSource;

type SourceOptions = Pick<IceServersOptions, 'appName' | 'endpoint' | 'apiKey' | 'getServers' | 'region'>;

/**
 * Returns the only source in the options.
 *
 * @throws `TypeError` for options that contradict each other, `IceServersError` `secret-key` for another kind of key
 */
export function readSource({ appName, endpoint, apiKey, getServers, region }: SourceOptions): Source {
  const name = appName?.trim();
  const address = String(endpoint ?? '').trim();
  if ([name, address, getServers].filter(Boolean).length > 1) {
    throw usageError('set only one of appName, endpoint and getServers');
  }
  const requestedRegion = region?.trim() ?? '';
  if (getServers) return readFunctionSource(getServers, apiKey, requestedRegion);
  if (address) return readEndpointSource(address, apiKey, requestedRegion);
  if (name) return withKey(parseAppName(name)!.href, apiKey, requestedRegion);
  return { kind: 'missing', missing: 'appName and apiKey, or endpoint, or getServers' };
}

/**
 * Returns the URL of a request, with the key and the region. The fragment is removed, because it is never sent.
 *
 * @throws `TypeError` if the URL is relative and there is no page
 */
export function requestUrl({ address, region }: EndpointSource, apiKey: string | undefined): URL {
  const url = parseEndpoint(address, pageAddress);
  if (!url) throw usageError('endpoint is relative, and there is no page to resolve it against: set the full URL');
  const { searchParams } = url;
  if (apiKey !== undefined) searchParams.set('apiKey', apiKey);
  const requestedRegion = region || (searchParams.get('region') ?? '').trim();
  // The query changes only if it must: each change rewrites all of it, and it may be signed.
  if (searchParams.has('region')) searchParams.delete('region');
  // Without a region, the dashboard's Default Region applies.
  if (requestedRegion) searchParams.set('region', requestedRegion);
  url.hash = '';
  return url;
}

/** Returns whether requests carry an API key. Without one, the endpoint is a route of the app. */
export function hasApiKey(source: Source): boolean {
  return source.kind === 'endpoint' && source.apiKey !== undefined;
}

/**
 * Returns a text that identifies the cache entry. It may contain a key, so only its digest is used: it is never shown or stored.
 *
 * @throws `TypeError` if the URL is relative and there is no page
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
  if (isKeyOrFunction(apiKey)) throw usageError('apiKey is not used with getServers: remove it');
  return { kind: 'function', getServers, region };
}

function readEndpointSource(address: string, apiKey: SourceOptions['apiKey'], region: string): Source {
  const url = parseEndpoint(address, anyPage)!;
  const isMetered = isMeteredHost(url);
  if (isMetered && url.pathname === '/') {
    throw usageError('endpoint must be the full URL with its path; for a Metered app, set appName');
  }
  const key = apiKey ?? url.searchParams.get('apiKey') ?? undefined;
  return isMetered || key !== undefined ? withKey(address, key, region) : { kind: 'endpoint', address, apiKey: undefined, region };
}

function withKey(address: string, apiKey: SourceOptions['apiKey'], region: string): Source {
  if (!isKeyOrFunction(apiKey)) return { kind: 'missing', missing: 'apiKey' };
  return { kind: 'endpoint', address, apiKey: isFunction(apiKey) ? apiKey : readApiKey(apiKey), region };
}

function isKeyOrFunction(apiKey: SourceOptions['apiKey']): apiKey is string | ApiKeyFunction {
  return isFunction(apiKey) || isKeySet(apiKey);
}
