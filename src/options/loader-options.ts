import { copyServers } from '../credentials/ice-servers.js';
import { parseResponse } from '../credentials/parse-response.js';
import { usageError } from '../errors/usage-error.js';
import type { IceServersOptions, IceServersStorage } from '../types.js';
import { expectedApiKey, readApiKey } from './api-key.js';
import { ownerOfCallOption, secondsCheck } from './call-options.js';
import { isMeteredHost, parseAppName, parseHttpUrl } from './endpoint-url.js';
import { isFunction, isPositive, isText, validateOptions, type OptionCheck, type OptionChecks } from './validate.js';

/** The options after their check, under their own names and in their own units. */
export interface Settings {
  /** The address of the request. It contains key and region, so it also identifies the entry: it is digested, and never shown. */
  readonly url: string;
  /** Seconds. */
  readonly maxAge: number;
  /** Seconds. */
  readonly staleIfError: number;
  /** Epoch milliseconds; `Infinity` if the app does not know. */
  readonly expiresAt: number;
  readonly autoRefresh: boolean;
  /** Milliseconds. */
  readonly timeout: number;
  readonly rtcConfiguration: RTCConfiguration & { readonly iceServers: RTCIceServer[] };
  readonly maxUrls: number;
  readonly fallback: readonly RTCIceServer[] | undefined;
  readonly storage: 'indexeddb' | 'memory' | IceServersStorage;
  readonly fetch?: IceServersOptions['fetch'];
}

/** Epoch seconds are some 1e9: read as milliseconds, that is a day in January 1970. */
const smallestEpochMs = 1e11;

const maxAgeCheck: OptionCheck = { expected: 'seconds above 0', accepts: isPositive };
const timeoutCheck: OptionCheck = { expected: 'milliseconds above 0', accepts: isPositive };

const checks: OptionChecks = {
  apiKey: { expected: expectedApiKey, accepts: isText },
  appName: { expected: 'a Metered app name, such as demo', accepts: (value) => isText(value) && !!parseAppName(value) },
  endpoint: { expected: 'an http(s) address without a user name', accepts: (value) => !!parseHttpUrl(value) },
  region: { expected: 'text, such as europe', accepts: isText },
  maxAge: maxAgeCheck,
  staleIfError: secondsCheck,
  expiresAt: { expected: 'a Date or epoch milliseconds, not seconds', accepts: isEpochMs },
  autoRefresh: { expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
  timeout: timeoutCheck,
  rtcConfiguration: { expected: 'an RTCConfiguration with valid iceServers', accepts: isConfiguration },
  maxUrls: { expected: 'a whole number above 0', accepts: (value) => isPositive(value) && (Number.isInteger(value) || value === Infinity) },
  fallback: { expected: 'a list of valid ICE servers', accepts: (value) => areServers(value) && value.length > 0 },
  storage: { expected: '"indexeddb" or "memory" or { get, set, delete }', accepts: isStorage },
  fetch: { expected: 'a function', accepts: isFunction },
};

const defaults = {
  maxAge: 3600,
  staleIfError: 86_400,
  autoRefresh: false,
  timeout: 10_000,
  maxUrls: Infinity,
  storage: 'indexeddb',
} as const;

/**
 * Checks the options and brings them into one form.
 *
 * @throws `TypeError` for a wrong option, `IceServersError` `secret-key` for a key of another kind
 */
export function readOptions(given: IceServersOptions | string | URL): Settings {
  const options: IceServersOptions = isText(given) || given instanceof URL ? { endpoint: given } : given;
  const set = validateOptions(options, checks, ownerOfCallOption);
  const { appName, endpoint, apiKey, region, expiresAt = Infinity, rtcConfiguration, fallback, ...rest } = set;
  return {
    ...defaults,
    ...(rest as Partial<Settings>),
    url: requestUrl({ appName, endpoint, apiKey, region }),
    expiresAt: Number(expiresAt),
    rtcConfiguration: { ...rtcConfiguration, iceServers: copyServers(rtcConfiguration?.iceServers ?? []) },
    fallback: fallback && copyServers(fallback),
  };
}

type SourceOptions = Pick<IceServersOptions, 'appName' | 'endpoint' | 'apiKey' | 'region'>;

function requestUrl({ appName, endpoint, apiKey, region }: SourceOptions): string {
  if (appName && endpoint) throw usageError('drop endpoint, or appName if the endpoint is your own');
  if (!appName && !endpoint) throw usageError('appName, such as demo, or endpoint is missing');
  const url = endpoint ? parseHttpUrl(endpoint)! : parseAppName(appName!)!;
  const { searchParams } = url;
  const key = apiKey ?? searchParams.get('apiKey');
  // An endpoint of the app's own may hold the key itself. A key that is given and empty is a setting that was not filled in.
  if (key !== null || isMeteredHost(url)) searchParams.set('apiKey', readApiKey(key ?? ''));
  const requestedRegion = (region ?? searchParams.get('region') ?? '').trim();
  searchParams.delete('region');
  // Without a region, the dashboard's Default Region applies.
  if (requestedRegion) searchParams.set('region', requestedRegion);
  url.hash = '';
  return url.href;
}

function isEpochMs(value: unknown): boolean {
  const epochMs = value instanceof Date ? value.getTime() : value;
  return isPositive(epochMs) && epochMs > smallestEpochMs;
}

function isConfiguration(value: unknown): boolean {
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  const { certificates = [], iceServers = [] } = value as RTCConfiguration;
  return Array.isArray(certificates) && areServers(iceServers);
}

function areServers(value: unknown): value is readonly RTCIceServer[] {
  return Array.isArray(value) && (value.length === 0 || parseResponse(value)?.dropped === 0);
}

function isStorage(value: unknown): boolean {
  if (value === 'indexeddb' || value === 'memory') return true;
  const { get, set, delete: remove } = Object(value) as Record<string, unknown>;
  return [get, set, remove].every(isFunction);
}
