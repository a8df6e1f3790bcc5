/** What went wrong, as one word for a program. The message explains it to a person. */
export type IceServersErrorCode =
  | 'secret-key'
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

/** Everything that depends on an error's code. */
export interface ErrorPolicy {
  readonly message: string;
  /** The same call may succeed later, although the app changes nothing. A stale answer may serve until then. */
  readonly retryable: boolean;
  /** One `load` repeats the request, twice at most. */
  readonly retried: boolean;
  readonly cooldown: CooldownKind;
  /** The credential is dead: what is stored goes, however fresh it is. */
  readonly dropsAnswer: boolean;
  /** The `online` event ends the cool-down: a device that reconnects need not wait. */
  readonly endsOnline: boolean;
  /** Every region of the same app would fail in the same way. */
  readonly affectsAllRegions: boolean;
}

const refused = {
  retryable: false,
  retried: false,
  cooldown: 'none',
  dropsAnswer: false,
  endsOnline: false,
  affectsAllRegions: false,
} as const;

const passing = { ...refused, retryable: true, cooldown: 'backoff' } as const;

/** The one table that decides what a code means. A new code does not compile without a row. */
const policies: Readonly<Record<IceServersErrorCode, ErrorPolicy>> = {
  'secret-key': { ...refused, message: 'The key is not the API key of one TURN credential.' },
  'invalid-api-key': {
    ...refused,
    message:
      'The API key was refused: it is wrong, expired, disabled, removed or belongs to another app. Check appName, apiKey and expiresAt.',
    cooldown: 'final',
    dropsAnswer: true,
    affectsAllRegions: true,
  },
  'invalid-request': { ...refused, message: 'The request was refused. Check appName, apiKey and region.', cooldown: 'backoff' },
  'not-found': { ...refused, message: 'There is no such app or path. Check appName or endpoint.', cooldown: 'final' },
  'rate-limited': {
    ...passing,
    message: 'Too many requests. Wait until retryAt, or raise maxAge.',
    cooldown: 'server',
    affectsAllRegions: true,
  },
  'server-error': { ...passing, message: 'The server failed. Try again later.', retried: true },
  timeout: { ...passing, message: 'No response in time. Check the network, or raise timeout.' },
  network: {
    ...passing,
    message:
      'No response: the device is offline, the request is blocked (extension, firewall, CSP), the host is not in the DNS (check appName), or the response has no CORS headers (check apiKey).',
    retried: true,
    endsOnline: true,
  },
  'invalid-response': {
    ...passing,
    message: 'The response is not a usable list of ICE servers. It may be a login page. Check appName or endpoint.',
  },
  'not-cached': { ...refused, message: 'Nothing fresh is cached. Load without only-if-cached.' },
  'credential-rejected': {
    ...refused,
    message: 'The TURN server refused the credential, and the endpoint returns no other. Create a new credential.',
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
