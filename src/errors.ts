/** What went wrong, as one word for a program; the message says it to a person. */
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

/** The numbers that go with a failure. */
export interface IceServersErrorDetails {
  /** The HTTP status of the answer, where there was one. */
  readonly status?: number | undefined;
  /** Epoch milliseconds before which asking again is pointless, where that is known. */
  readonly retryAt?: number | undefined;
}

const sentences: Record<IceServersErrorCode, string> = {
  'secret-key': '',
  'invalid-api-key':
    "The API key was refused: it is wrong, expired, disabled or removed, or belongs to another app. Copy the credential's own key from the Metered dashboard (Show API Key), and check the app name and any expiresAt.",
  'invalid-request': 'The endpoint did not accept the request. Check the app name, the API key and the region.',
  'not-found': 'The endpoint knows no such app or path. Check the app name, or the address given as endpoint.',
  'rate-limited': 'The endpoint is being asked too often. Wait until retryAt; a longer maxAge asks less.',
  'server-error': 'The endpoint has a fault of its own. It is not your key: try again later.',
  timeout: 'The endpoint did not answer in time. Check the connection, or give a longer timeout.',
  network:
    'Nothing came back from the endpoint: the browser is offline, something blocks the request (an extension, a firewall, a Content-Security-Policy), the name does not resolve (a wrong app name), or the answer, perhaps a refusal of the key, had no CORS headers.',
  'invalid-response':
    'The endpoint answered, but not with a usable list of ICE servers. Check that the address is a Get Credential endpoint and that no login page or proxy stands in between.',
  'not-cached': "No fresh answer is kept, and cache: 'only-if-cached' forbids asking. Load once without it.",
  'credential-rejected':
    'The TURN server refused the credential, and asking again brought the same one. It is expired, disabled or over its quota: create a new credential in the Metered dashboard.',
};

/** Codes after which asking again, later, may well succeed. */
const passing = /^(rate|serv|time|net|invalid-res)/;

/**
 * The one kind of error about the servers themselves that this package rejects with; wrong options are a `TypeError`.
 *
 * No property, message or stack of it holds an API key, a username, a credential or a piece of an answer, and it never has a `cause`.
 *
 * @example
 * ```ts
 * import { isIceServersError, loadRTCConfiguration } from 'ice-servers-loader';
 *
 * try {
 *   const configuration = await loadRTCConfiguration({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });
 *   new RTCPeerConnection(configuration);
 * } catch (error) {
 *   if (isIceServersError(error) && error.retryable) console.warn(error.message, error.retryAt);
 *   else throw error;
 * }
 * ```
 */
export class IceServersError extends Error {
  override readonly name = 'IceServersError' as const;
  /** What went wrong, for a program. */
  readonly code: IceServersErrorCode;
  /** The HTTP status, where an answer came. */
  readonly status: number | undefined;
  /** Whether the same call may succeed later without a change by the developer. */
  readonly retryable: boolean;
  /** Epoch milliseconds from which the endpoint is asked again, where that is known. */
  readonly retryAt: number | undefined;

  constructor(code: IceServersErrorCode, details: IceServersErrorDetails = {}, sentence: string = sentences[code]) {
    super(details.status ? `${sentence} (HTTP ${details.status})` : sentence);
    this.code = code;
    this.status = details.status;
    this.retryable = passing.test(code);
    this.retryAt = details.retryAt;
  }

  /** The error as plain data, for a log: no secret is in it. */
  toJSON(): Record<string, unknown> {
    const { name, message, code, status, retryable, retryAt } = this;
    return { name, message, code, status, retryable, retryAt };
  }
}

/**
 * Tells whether a value is an {@link IceServersError}, also one from another frame or another copy of this package.
 *
 * @example
 * ```ts
 * import { isIceServersError } from 'ice-servers-loader';
 *
 * const refused = (error: unknown) => isIceServersError(error) && error.code === 'invalid-api-key';
 * ```
 */
export const isIceServersError = (value: unknown): value is IceServersError => {
  const { name, code } = Object(value) as { name?: unknown; code?: unknown };
  return name === 'IceServersError' && typeof code === 'string';
};

/** The error for an answer that is not a success. */
export const httpError = (status: number, retryAt?: number): IceServersError =>
  new IceServersError(
    status === 401 || status === 403
      ? 'invalid-api-key'
      : status === 404
        ? 'not-found'
        : status === 429
          ? 'rate-limited'
          : status < 500
            ? 'invalid-request'
            : 'server-error',
    { status, retryAt },
  );
