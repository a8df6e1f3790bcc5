/** What went wrong, as one word for a program. The message explains it to a person. */
export type IceServersErrorCode =
  | 'not-configured'
  | 'secret-key'
  | 'source-failed'
  | 'invalid-api-key'
  | 'invalid-request'
  | 'not-found'
  | 'rate-limited'
  | 'server-error'
  | 'timeout'
  | 'network'
  | 'invalid-response'
  | 'not-cached'
  | 'credential-rejected';

/**
 * How long the endpoint is left alone after a failure.
 *
 * - `none`: no request was made, so there is nothing to wait for
 * - `final`: the endpoint refused, and a repetition will not help: five minutes
 * - `server`: the endpoint says how long, and nothing overrides that
 * - `backoff`: two seconds, doubling up to five minutes
 */
export type CooldownKind = 'none' | 'final' | 'server' | 'backoff';

/** Everything that depends on an error's code. What is left out is `false`. */
export interface ErrorPolicy {
  readonly message: string;
  readonly cooldown: CooldownKind;
  /** The same call may succeed later, although the app changes nothing. A stale answer may serve until then. */
  readonly retryable?: true;
  /** One `load` repeats the request, twice at most. */
  readonly retried?: true;
  /** The endpoint refused the request: a stale answer may no longer be served, and a fresh one only while it is fresh. */
  readonly isRefusal?: true;
  /** The credential no longer works, so the stored answer is deleted even if it is fresh. */
  readonly dropsAnswer?: true;
  /** The `online` event ends the cool-down: a device that reconnects need not wait. */
  readonly endsOnline?: true;
  /** Every region of the same app would fail in the same way. */
  readonly affectsAllRegions?: true;
}

/** The one table that decides what a code means. A new code does not compile without a row. */
const policies: Readonly<Record<IceServersErrorCode, ErrorPolicy>> = {
  'not-configured': {
    message: 'No source of ICE servers is configured. Set appName and apiKey, or endpoint, or getServers.',
    cooldown: 'none',
  },
  'secret-key': {
    message: 'This key is not the API key of a TURN credential.',
    cooldown: 'none',
  },
  'source-failed': {
    message: "The app's own function failed. Check apiKey or getServers, and see cause.",
    cooldown: 'backoff',
    retryable: true,
  },
  'invalid-api-key': {
    message: 'API key refused: it is wrong, expired, disabled, removed or of another app. Check appName, apiKey and expiresAt.',
    cooldown: 'final',
    isRefusal: true,
    dropsAnswer: true,
    affectsAllRegions: true,
  },
  'invalid-request': {
    message: 'The request was refused. Check appName, apiKey and region.',
    cooldown: 'backoff',
    isRefusal: true,
  },
  'not-found': {
    message: 'There is no such app or path. Check appName or endpoint.',
    cooldown: 'final',
    isRefusal: true,
  },
  'rate-limited': {
    message: 'Too many requests. Wait until retryAt, or raise maxAge.',
    cooldown: 'server',
    retryable: true,
    affectsAllRegions: true,
  },
  'server-error': {
    message: 'The server failed. Try again later.',
    cooldown: 'backoff',
    retryable: true,
    retried: true,
  },
  timeout: {
    message: 'No response in time. Check the network, or raise timeout.',
    cooldown: 'backoff',
    retryable: true,
  },
  network: {
    message:
      'No response: offline, blocked (extension, firewall, CSP), not in the DNS (check appName), or without CORS headers (check apiKey).',
    cooldown: 'backoff',
    retryable: true,
    retried: true,
    endsOnline: true,
  },
  'invalid-response': {
    message:
      'The response is not a usable list of ICE servers, such as { iceServers: [{ urls, username, credential }] }; perhaps it is a login page. Check appName or endpoint.',
    cooldown: 'backoff',
    retryable: true,
  },
  'not-cached': {
    message: 'Nothing fresh is cached. Load without only-if-cached.',
    cooldown: 'none',
  },
  'credential-rejected': {
    message: 'The TURN server refused the credential, and the endpoint returns no other. Create a new credential.',
    cooldown: 'none',
  },
};

/** Returns everything that depends on the code. */
export function policyFor(code: IceServersErrorCode): ErrorPolicy {
  return policies[code];
}

/** Tells whether there is such a code: a stored one may come from another version. */
export function isErrorCode(code: unknown): code is IceServersErrorCode {
  return typeof code === 'string' && Object.hasOwn(policies, code);
}
