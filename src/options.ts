import { IceServersError, wrong } from './errors.js';
import { readServers } from './response.js';
import { copyServers } from './servers.js';
import type { IceServersOptions, IceServersStorage, LoadOptions } from './types.js';

/** The options, checked once and brought into one form, under their own names and in their own units. */
export interface Settings {
  /** The address that is asked. It holds key and region, so it also tells one entry from another: never shown, only digested. */
  readonly url: string;
  /** Seconds. */
  readonly maxAge: number;
  /** Seconds. */
  readonly staleIfError: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly rtcConfiguration: RTCConfiguration;
  readonly maxUrls: number;
  readonly fallback: readonly RTCIceServer[] | undefined;
  readonly storage: 'indexeddb' | 'memory' | IceServersStorage;
  readonly fetch?: IceServersOptions['fetch'];
}

type Check = readonly [wanted: string, passes: (value: never) => unknown];

const isText = (value: unknown): value is string => typeof value === 'string';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isAboveZero = (value: unknown): boolean => typeof value === 'number' && value > 0;
const areServers = (value: unknown): boolean => Array.isArray(value) && (!value.length || readServers(value)?.dropped === 0);

const credentialKey = 'the API key of one TURN credential (dashboard: Show API Key)';
const secondsOrNone: Check = ['seconds, 0 or more', (value) => value === 0 || isAboveZero(value)];

const checks: Record<string, Check> = {
  apiKey: [credentialKey, isText],
  appName: ['a Metered app name, such as demo', (value) => isText(value) && addressOfApp(value)],
  endpoint: ['an http(s) address without a user name', (value) => addressOf(value)],
  region: ['text, such as europe', isText],
  maxAge: ['seconds above 0', isAboveZero],
  staleIfError: secondsOrNone,
  // Epoch seconds are some 1e9: as milliseconds, a day in January 1970.
  expiresAt: [
    'a Date or epoch milliseconds, not seconds',
    (value) => ((value as object) instanceof Date || isAboveZero(value)) && value > 1e11,
  ],
  timeout: ['milliseconds above 0', isAboveZero],
  rtcConfiguration: [
    'an RTCConfiguration with valid iceServers',
    (value: RTCConfiguration, { certificates = [], iceServers = [] } = value) =>
      typeof value === 'object' && !Array.isArray(value) && Array.isArray(certificates) && areServers(iceServers),
  ],
  maxUrls: ['a whole number above 0', (value) => isAboveZero(value) && !(value % 1)],
  fallback: ['a list of valid ICE servers', (value: []) => areServers(value) && value.length],
  storage: [
    '"indexeddb" or "memory" or { get, set, delete }',
    (value) =>
      value === 'indexeddb' ||
      value === 'memory' ||
      [(value as IceServersStorage).get, (value as IceServersStorage).set, (value as IceServersStorage).delete].every(isFunction),
  ],
  fetch: ['a function', isFunction],
};

const signal: Check = ['an AbortSignal', (value: AbortSignal) => isFunction(value.throwIfAborted)];
const keepChecks: Record<string, Check> = { signal };
const loadChecks: Record<string, Check> = {
  signal,
  cache: [
    '"default" or "reload" or "no-store" or "only-if-cached"',
    (value) => isText(value) && /^(default|reload|no-store|only-if-cached)$/.test(value),
  ],
  minValidity: secondsOrNone,
};

/** White space and quotes come along when a key is pasted from a file or an environment, and end in a plain 401. */
const unquote = (text: string): string =>
  text
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim();

const addressOf = (value: unknown): URL | undefined => {
  try {
    const url = new URL(String(value).trim());
    // `fetch` refuses an address with a user name or a password in it.
    return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : undefined;
  } catch {
    return undefined;
  }
};

/** The address for a Metered app's name. One that starts with xn-- may be no host. */
const addressOfApp = (text: string): URL | undefined => {
  const name = /^(?:https?:\/\/)?([\w-]+)(?:\.metered\.live(?:[:/?#].*)?)?$/.exec(text.trim().toLowerCase())?.[1];
  return addressOf(name && `https://${name}.metered.live/api/v1/turn/credentials`);
};

/** Gives what is set, or throws a TypeError that names the option and the cure. What came is told by its type alone, for it may be a secret. */
const check = <T extends object>(options: T, table: Record<string, Check>): T => {
  const names = Object.keys(table).join(', ');
  if (Object(options) !== options) throw wrong(`options must be an object with ${names}`);
  const given = Object.entries(options).filter(([name, value]) => {
    const [wanted, passes] = Object.hasOwn(table, name) ? table[name]! : [];
    // A name that is no plain word is not repeated: it may be a key in the wrong place.
    if (!wanted)
      throw wrong(
        `unknown option${/^[a-z_]{1,24}$/i.test(name) ? ` ${name}` : ''}${name in loadChecks ? ', one of load' : ''}; there are ${names}`,
      );
    if (value !== undefined && (value === null || !passes!(value as never)))
      throw wrong(`${name} must be ${wanted}, given: ${value === null || Number.isNaN(value) ? value : typeof value}`);
    return value !== undefined;
  });
  return Object.fromEntries(given) as T;
};

/** Cleans a key, and stops one that is no credential's key, by the documented shapes, before it is sent anywhere. */
const readKey = (given: string): string => {
  const apiKey = unquote(given);
  if (!apiKey) throw wrong(`apiKey is missing: ${credentialKey}`);
  const kind = /^pk_live_/.test(apiKey)
    ? 'a Realtime key'
    : /^pk_/.test(apiKey)
      ? 'a project key'
      : /^sk_|^[\w-]{48}$/.test(apiKey) && 'a Secret Key: rotate it; keep it out of pages';
  if (kind) throw new IceServersError('secret-key', undefined, undefined, `apiKey must be ${credentialKey}, not ${kind}.`);
  return apiKey;
};

/**
 * Brings the options into one form.
 *
 * @throws `TypeError` for a wrong option, `IceServersError` `secret-key` for a key of the wrong kind
 */
export const readOptions = (given: IceServersOptions | string | URL): Settings => {
  const options: IceServersOptions = isText(given) || given instanceof URL ? { endpoint: given } : given;
  const { appName, endpoint, apiKey, region, expiresAt = Infinity, rtcConfiguration, fallback, ...rest } = check(options, checks);
  if (!appName === !endpoint)
    throw wrong(endpoint ? 'drop endpoint, or appName for your own endpoint' : 'appName, such as demo, or endpoint is missing');
  const address = (endpoint ? addressOf(endpoint) : addressOfApp(appName!))!;
  const { searchParams } = address;
  const key = apiKey ?? searchParams.get('apiKey');
  // A proxy of the app's own may hold the key itself. One that is given and empty is a setting that was not filled in.
  if (key !== null || /(^|\.)metered\.live$/.test(address.hostname)) searchParams.set('apiKey', readKey(key ?? ''));
  const place = (region ?? searchParams.get('region') ?? '').trim();
  // Left out when unset: the dashboard's Default Region then applies.
  searchParams.delete('region');
  if (place) searchParams.set('region', place);
  address.hash = '';
  return {
    maxAge: 3600,
    staleIfError: 86400,
    timeout: 10_000,
    maxUrls: Infinity,
    storage: 'indexeddb',
    ...(rest as Partial<Settings>),
    url: address.href,
    expiresAt: +expiresAt,
    rtcConfiguration: { ...rtcConfiguration, iceServers: copyServers(rtcConfiguration?.iceServers ?? []) },
    fallback: fallback && copyServers(fallback),
  };
};

/** Checks what one call of `load` was given. */
export const checkLoadOptions = (options: LoadOptions): LoadOptions => check(options, loadChecks);

/** Checks what `keepFresh` was given beside the connection. */
export const checkKeepOptions = (options: { readonly signal?: AbortSignal | undefined }): typeof options => check(options, keepChecks);
