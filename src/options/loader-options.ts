import { cleanServers, countBadEntries } from '../credentials/parse-response.js';
import type { IceServersOptions, IceServersStorage } from '../types.js';
import { loadChecks, secondsCheck } from './call-options.js';
import { anyPage, parseAppName, parseEndpoint } from './endpoint-url.js';
import { readSource, type Source } from './source.js';
import {
  isAddress,
  isEpochMs,
  isFunction,
  isPositive,
  isText,
  validateOptions,
  withEndpoint,
  type OptionCheck,
  type OptionChecks,
} from './validate.js';

/** The checked options, under their public names and in their public units. */
export interface Settings {
  /** Replaced if a later call with the same `cacheKey` has newer functions. */
  source: Source;
  readonly cacheKey: string | undefined;
  /** In seconds. If it is `undefined`, the known lifetime of an answer decides. */
  readonly maxAge: number | undefined;
  /** In seconds. */
  readonly staleIfError: number;
  /** In epoch milliseconds; `Infinity` if it is unknown. */
  readonly expiresAt: number;
  readonly autoRefresh: boolean;
  /** In milliseconds. */
  readonly timeout: number;
  readonly rtcConfiguration: RTCConfiguration & { readonly iceServers: RTCIceServer[] };
  readonly maxUrls: number;
  readonly fallback: readonly RTCIceServer[] | undefined;
  readonly storage: 'indexeddb' | 'memory' | IceServersStorage;
  /** Replaced like `source`. */
  fetch: IceServersOptions['fetch'];
}

const maxAgeCheck: OptionCheck = { expected: 'a number of seconds above 0', accepts: isPositive };
const timeoutCheck: OptionCheck = { expected: 'a number of milliseconds above 0', accepts: isPositive };

const checks: OptionChecks = {
  // Written out: with a template, a bundler keeps this table in an app that imports something else.
  apiKey: {
    expected: 'the API key of one TURN credential (dashboard: Show API Key), or a function that returns it',
    accepts: isTextOrFunction,
  },
  appName: {
    expected: 'a Metered app name, such as demo; a key belongs in apiKey',
    accepts: (value) => isText(value) && (isBlank(value) || !!parseAppName(value)),
  },
  endpoint: {
    expected: 'an http(s) URL without a username or password, or a path such as /api/turn; for a Metered app, set appName',
    accepts: isEndpoint,
  },
  getServers: { expected: 'a function', accepts: isFunction },
  cacheKey: { expected: 'a string, such as a user ID', accepts: isText },
  region: { expected: 'a string, such as europe', accepts: isText },
  maxAge: maxAgeCheck,
  staleIfError: secondsCheck,
  expiresAt: { expected: 'a Date or epoch milliseconds, not seconds', accepts: isExpiryDate },
  autoRefresh: { expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
  timeout: timeoutCheck,
  rtcConfiguration: { expected: 'an RTCConfiguration with valid iceServers', accepts: isConfiguration },
  maxUrls: { expected: 'a whole number above 0', accepts: (value) => isPositive(value) && (Number.isInteger(value) || value === Infinity) },
  fallback: { expected: 'a list of valid ICE servers', accepts: areServers },
  storage: { expected: '"indexeddb", "memory" or { get, set, delete }', accepts: isStorage },
  fetch: { expected: 'a function', accepts: isFunction },
};

/**
 * Checks the options and returns them in one form. A source that is not set is not an error: a page must not fail for a missing variable.
 *
 * @throws `TypeError` for a wrong option, `IceServersError` `secret-key` for a key of another kind
 */
export function readOptions(given: IceServersOptions | string | URL = {}): Settings {
  const set = validateOptions<IceServersOptions>(withEndpoint(given), checks, loadChecks);
  const source = readSource(set);
  const { maxAge, rtcConfiguration, fallback, expiresAt = Infinity } = set;
  // An empty string identifies nobody: the user may not be known yet.
  const cacheKey = set.cacheKey || undefined;
  return {
    source,
    cacheKey,
    maxAge,
    staleIfError: set.staleIfError ?? 86_400,
    expiresAt: Number(expiresAt),
    autoRefresh: set.autoRefresh ?? false,
    timeout: set.timeout ?? 10_000,
    rtcConfiguration: { ...rtcConfiguration, iceServers: cleanServers(rtcConfiguration?.iceServers ?? []) },
    maxUrls: set.maxUrls ?? Infinity,
    fallback: fallback && cleanServers(fallback),
    storage: choosesMemory(source, cacheKey) ? 'memory' : (set.storage ?? 'indexeddb'),
    fetch: set.fetch,
  };
}

/** Only a `cacheKey` identifies whose servers a function returned. Without one, they are not stored. */
function choosesMemory({ kind }: Source, cacheKey: string | undefined): boolean {
  return kind === 'missing' || (kind === 'function' && cacheKey === undefined);
}

function isTextOrFunction(value: unknown): boolean {
  return isText(value) || isFunction(value);
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function isEndpoint(value: unknown): boolean {
  if (!isAddress(value)) return false;
  const address = String(value).trim();
  return address === '' || !!parseEndpoint(address, anyPage);
}

function isExpiryDate(value: unknown): boolean {
  const epochMs = value instanceof Date ? value.getTime() : value;
  return isEpochMs(epochMs);
}

function isConfiguration(value: unknown): boolean {
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  const { certificates = [], iceServers = [] } = value as RTCConfiguration;
  return Array.isArray(certificates) && areServers(iceServers);
}

function areServers(value: unknown): value is readonly RTCIceServer[] {
  return Array.isArray(value) && countBadEntries(value) === 0;
}

function isStorage(value: unknown): boolean {
  if (value === 'indexeddb' || value === 'memory') return true;
  const { get, set, delete: remove } = Object(value) as Record<string, unknown>;
  return [get, set, remove].every(isFunction);
}
