import { IceServersError } from './errors.js';
import { readServers } from './response.js';
import { copyServers } from './servers.js';
import type { IceServersOptions, IceServersStorage, LoadOptions } from './types.js';

/** The options, checked once and brought into one form. */
export interface Settings {
  /** The address that is asked, with the key in it: never to be shown. */
  readonly url: string;
  /** What tells one entry from another; holds the key: only ever digested. */
  readonly identity: string;
  readonly maxAgeMs: number;
  readonly staleIfErrorMs: number;
  readonly expiresAt: number;
  readonly timeoutMs: number;
  readonly rtcConfiguration: RTCConfiguration;
  readonly maxUrls: number;
  readonly fallback: readonly RTCIceServer[] | undefined;
  readonly storage: 'indexeddb' | 'memory' | IceServersStorage;
  readonly fetch: IceServersOptions['fetch'];
}

type Check = readonly [wanted: string, passes: (value: never) => unknown];

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isAboveZero = (value: unknown): boolean => isNumber(value) && value > 0;
const isAtLeastZero = (value: unknown): boolean => isNumber(value) && value >= 0;
const areServers = (value: unknown): boolean => {
  const { dropped } = readServers(value) ?? { dropped: 1 };
  return !dropped || (Array.isArray(value) && !value.length);
};

const wholeAddress = 'a whole http(s) address, such as https://<appname>.metered.live/api/v1/turn/credentials?apiKey=…';

const checks: Record<string, Check> = {
  apiKey: ["a credential's API key, as text (dashboard: Show API Key)", (value) => isText(value) && unquote(value)],
  appName: ['a Metered app name, such as demo or demo.metered.live; for another host give endpoint', (value) => isText(value) && appOf(value)],
  endpoint: [wholeAddress, (value) => addressOf(value)],
  region: ['text, such as europe', isText],
  maxAge: ['seconds above 0', isAboveZero],
  staleIfError: ['seconds, 0 or more', isAtLeastZero],
  // Epoch seconds are some 1e9: read as milliseconds they are a day in January 1970.
  expiresAt: [
    'a valid Date or epoch milliseconds; a number this small can only be seconds: multiply it by 1000',
    (value) => +value > 1e11 && (isNumber(value) || Object.prototype.toString.call(value) === '[object Date]'),
  ],
  timeout: ['milliseconds above 0', isAboveZero],
  rtcConfiguration: [
    'an RTCConfiguration whose iceServers the browser would take',
    (value: RTCConfiguration) => isObject(value) && areServers(value.iceServers ?? []),
  ],
  maxUrls: ['a whole number above 0', (value) => isAboveZero(value) && (value === Infinity || Number.isInteger(value))],
  fallback: ['a list of ICE servers that the browser would take', (value) => Array.isArray(value) && areServers(value)],
  storage: [
    '"indexeddb", "memory" or an object with the methods get, set and delete',
    (value: Partial<IceServersStorage> | string) =>
      isText(value) ? /^(indexeddb|memory)$/.test(value) : [value.get, value.set, value.delete].every(isFunction),
  ],
  fetch: ['a function', isFunction],
};

const loadChecks: Record<string, Check> = {
  signal: ['an AbortSignal', (value: AbortSignal) => isFunction(value.addEventListener)],
  cache: ['"default", "reload", "no-store" or "only-if-cached"', (value) => /^(default|reload|no-store|only-if-cached)$/.test(value)],
  minValidity: ['seconds, 0 or more', isAtLeastZero],
};

/** White space and quotes come along when a key is pasted from a file or an environment, and end in a plain 401. */
const unquote = (text: string): string => text.trim().replace(/^(["'`])(.*)\1$/s, '$2').trim();

const appOf = (text: string): string | undefined =>
  /^(?:https?:\/\/)?([\w-]+)(?:\.metered\.live(?::\d+)?(?:[/?#].*)?)?$/i.exec(text.trim())?.[1]?.toLowerCase();

const addressOf = (value: unknown): URL | undefined => {
  try {
    const url = new URL(String(value).trim());
    // `fetch` refuses an address with a user name or a password in it.
    return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : undefined;
  } catch {
    return undefined;
  }
};

// What came is told by its type alone: it may be a secret.
const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const wrong = (sentence: string): TypeError => new TypeError(`ice-servers-loader: ${sentence}.`);

/** Throws a TypeError that names the option and the cure, unless every given option is a known one and right. */
const check = (options: unknown, table: Record<string, Check>): void => {
  const names = Object.keys(table);
  if (!isObject(options)) throw wrong(`the options must be an object with ${names.join(', ')}, not ${kindOf(options)}`);
  for (const [name, value] of Object.entries(options)) {
    const known = names.find((other) => other.toLowerCase() === name.toLowerCase());
    if (known !== name) {
      // A name that is no plain word is not repeated: it may be a key that was put in the wrong place.
      throw wrong(
        `unknown option${/^[a-z]{1,24}$/i.test(name) ? ` ${name}` : ''}: ${known ? `did you mean ${known}` : `the options are ${names.join(', ')}`}`,
      );
    }
    if (value === undefined) continue;
    const [wanted, passes] = table[name]!;
    let right: unknown;
    try {
      right = passes(value as never);
    } catch {
      right = false;
    }
    if (!right) throw wrong(`${name} must be ${wanted} (${kindOf(value)} given)`);
  }
};

/** Keys of Metered's that are no credential's key, by their documented shapes. */
const guardKey = (apiKey: string): void => {
  const use = "Use the API key of one TURN credential (dashboard: Show API Key beside the credential) instead.";
  const sentence = /^pk_live_/.test(apiKey)
    ? 'This is the key of a Realtime Messaging app, which Get Credential does not take.'
    : /^pk_/.test(apiKey)
      ? "This is a project's key, which must not be in a page."
      : /^sk_|^[\w-]{48}$/.test(apiKey)
        ? "This is a secret key, and whoever has it controls the account: rotate it in the Metered dashboard now, for it may have been seen, and never put it in a page."
        : undefined;
  if (sentence) throw new IceServersError('secret-key', {}, `${sentence} ${use}`);
};

/**
 * Brings the options into one form.
 *
 * @throws `TypeError` for a wrong option, `IceServersError` `secret-key` for a key of the wrong kind
 */
export const readOptions = (given: IceServersOptions | string | URL): Settings => {
  const options = (isText(given) || given instanceof URL ? { endpoint: given } : given) as IceServersOptions;
  check(options, checks);
  const { appName, endpoint, maxAge = 3600, staleIfError = 86400, expiresAt = Infinity, rtcConfiguration = {} } = options;
  if ((appName === undefined) === (endpoint === undefined)) {
    throw wrong('give exactly one of appName (such as demo) and endpoint (the address of an own proxy)');
  }
  const address = addressOf(endpoint ?? `https://${appOf(appName!)}.metered.live/api/v1/turn/credentials`)!;
  const { searchParams } = address;
  const apiKey = unquote(options.apiKey ?? searchParams.get('apiKey') ?? '');
  if (!apiKey) throw wrong(`apiKey is missing: it must be ${checks.apiKey![0]}`);
  guardKey(apiKey);
  const region = (options.region ?? searchParams.get('region') ?? '').trim();
  searchParams.set('apiKey', apiKey);
  // Left out when unset: the dashboard's Default Region then applies.
  if (region) searchParams.set('region', region);
  else searchParams.delete('region');
  address.hash = '';
  searchParams.sort();
  return {
    url: address.href,
    identity: address.href,
    maxAgeMs: maxAge * 1000,
    staleIfErrorMs: staleIfError * 1000,
    expiresAt: +expiresAt,
    timeoutMs: options.timeout ?? 10_000,
    rtcConfiguration: { ...rtcConfiguration, iceServers: copyServers(rtcConfiguration.iceServers ?? []) },
    maxUrls: options.maxUrls ?? Infinity,
    fallback: options.fallback && copyServers(options.fallback),
    storage: options.storage ?? 'indexeddb',
    fetch: options.fetch,
  };
};

/** Checks what one call of `load` was given. */
export const readLoadOptions = (options: LoadOptions): LoadOptions => {
  check(options, loadChecks);
  return options;
};
