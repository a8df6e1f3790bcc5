/**
 * What went wrong, for a program to compare. The message of the error explains it to a person.
 *
 * - `not-configured`: no source is set, or its value is empty, so no request was made. Set `appName` and `apiKey`, or `endpoint`, or
 *   `getServers`
 * - `secret-key`: the key is not the API key of one TURN credential, for example because it is the account's Secret Key. No request was made
 * - `source-failed`: the `apiKey` or `getServers` function threw, or `apiKey` returned no valid key. `cause` is what the function threw
 * - `invalid-api-key`: the endpoint responded with 401, or with a 403 that is not an HTML page, or the time in `expiresAt` has passed. The
 *   key is wrong, expired, disabled or deleted. If the endpoint is a route on your server, the user is not signed in or has no permission. Cached
 *   servers are no longer used
 * - `invalid-request`: the endpoint responded with 400, or another 4xx without its own code
 * - `not-found`: the endpoint responded with 404. The app or the path does not exist
 * - `rate-limited`: the endpoint responded with 429, or with 503 and `Retry-After`. No request is made before `retryAt`
 * - `server-error`: the endpoint responded with 5xx, 408 or 425, and so did two retries
 * - `timeout`: no result arrived within `timeout`
 * - `network`: no response arrived. The device is offline, the request is blocked (an extension, a firewall, a CSP), the host is not in the
 *   DNS, or the response has no CORS headers. A browser does not reveal which of these it is
 *   (https://fetch.spec.whatwg.org/#concept-network-error)
 * - `invalid-response`: a response arrived that is not a usable list of ICE servers, for example the login page of a hotel, or the 403 page
 *   of a firewall
 * - `not-cached`: `cache: "only-if-cached"` found no fresh response
 * - `credential-rejected`: the TURN server refused the credential, and the endpoint returned the same one again
 */
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
 * How long no request is made after a failure.
 *
 * - `none`: there is no cool-down, because no request failed
 * - `final`: five minutes, because the endpoint refused the request and would refuse it again
 * - `server`: as long as the endpoint says, and nothing overrides that
 * - `backoff`: two seconds, doubling up to five minutes
 */
export type CooldownKind = 'none' | 'final' | 'server' | 'backoff';

/** Everything that depends on the code of an error. A property that is left out counts as `false`. */
export interface ErrorPolicy {
  readonly message: string;
  readonly cooldown: CooldownKind;
  /** The same call may succeed later without a change to the app. Until then, a stale answer may be served. */
  readonly retryable?: true;
  /** A `load` repeats the request, at most twice. */
  readonly retried?: true;
  /** The endpoint refused the request. After that, an answer may be served only while it is fresh. */
  readonly isRefusal?: true;
  /** The API key no longer works, so the stored answer is deleted even if it is fresh. */
  readonly dropsAnswer?: true;
  /** The `online` event ends the cool-down, so that a device that reconnects does not wait. */
  readonly endsOnline?: true;
  /** Every region of the same app fails in the same way. */
  readonly affectsAllRegions?: true;
}

/** The only table that decides what a code means. A new code does not compile without a row here. */
const policies: Readonly<Record<IceServersErrorCode, ErrorPolicy>> = {
  'not-configured': {
    message: 'No source of ICE servers is configured. Set appName and apiKey, or endpoint, or getServers.',
    cooldown: 'none',
  },
  'secret-key': {
    message: 'This is not the API key of a TURN credential (dashboard: Show API Key).',
    cooldown: 'none',
  },
  'source-failed': {
    message: "The app's function failed. Check apiKey or getServers, and see the cause of this error.",
    cooldown: 'backoff',
    retryable: true,
  },
  'invalid-api-key': {
    message: 'The API key was refused: it is wrong, expired, disabled, deleted or from another app. Check appName, apiKey and expiresAt.',
    cooldown: 'final',
    isRefusal: true,
    dropsAnswer: true,
    affectsAllRegions: true,
  },
  'invalid-request': {
    message: 'The endpoint refused the request. Check appName, apiKey and region.',
    cooldown: 'backoff',
    isRefusal: true,
  },
  'not-found': {
    message: 'The app or the path does not exist. Check appName or endpoint.',
    cooldown: 'final',
    isRefusal: true,
  },
  'rate-limited': {
    message: 'There were too many requests. Wait until retryAt, or raise maxAge.',
    cooldown: 'server',
    retryable: true,
    affectsAllRegions: true,
  },
  'server-error': {
    message: 'The endpoint failed. Try again later.',
    cooldown: 'backoff',
    retryable: true,
    retried: true,
  },
  timeout: {
    message: 'The request took too long. Check the network, or raise timeout.',
    cooldown: 'backoff',
    retryable: true,
  },
  network: {
    message:
      'No response arrived. Check whether the device is offline, the request is blocked (extension, firewall, CSP), the host is ' +
      'down or not in the DNS, or the response has no CORS headers. Check appName and apiKey, or endpoint.',
    cooldown: 'backoff',
    retryable: true,
    retried: true,
    endsOnline: true,
  },
  'invalid-response': {
    message:
      'The response is not a usable list of ICE servers, such as { iceServers: [{ urls, username, credential }] }. ' +
      'Check appName or endpoint, and whether this network shows a login page.',
    cooldown: 'backoff',
    retryable: true,
  },
  'not-cached': {
    message: 'No fresh response is cached. Load without cache: "only-if-cached".',
    cooldown: 'none',
  },
  'credential-rejected': {
    message: 'The TURN server refused the credential, and the endpoint returned it again. Create a new one.',
    cooldown: 'none',
  },
};

/** Returns everything that depends on the code. */
export function policyFor(code: IceServersErrorCode): ErrorPolicy {
  return policies[code];
}

/** Returns whether the code exists. A stored code may come from another version of this package. */
export function isErrorCode(code: unknown): code is IceServersErrorCode {
  return typeof code === 'string' && Object.hasOwn(policies, code);
}
