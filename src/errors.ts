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

const sentences: Partial<Record<IceServersErrorCode, string>> = {
  'invalid-api-key': 'API key refused: wrong, expired, disabled, removed or of another app. Check appName, apiKey and expiresAt.',
  'invalid-request': 'Request refused. Check appName, apiKey and region.',
  'not-found': 'No such app or path. Check appName or endpoint.',
  'rate-limited': 'Too many requests: wait until retryAt, or raise maxAge.',
  'server-error': 'The server failed. Try again later.',
  timeout: 'No answer in time. Check the network, or raise timeout.',
  network:
    'No answer: offline, blocked (extension, firewall, CSP), not in the DNS (check appName), or without CORS headers (check apiKey).',
  'invalid-response': 'The answer is no usable list of ICE servers; perhaps a login page. Check appName or endpoint.',
  'not-cached': 'Nothing fresh is cached: load without only-if-cached.',
  'credential-rejected': 'TURN refused the credential, and the endpoint has no other. Make a new one.',
};

/** Whether the endpoint could not answer, rather than said no: asking again, later, may well succeed. */
export const isPassing = (code: string): boolean => /network|timeout|server|rate|response/.test(code);

/** Whether there is such a code. */
export const isCode = (code: PropertyKey): boolean => Object.hasOwn(sentences, code);

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
  declare readonly code: IceServersErrorCode;
  /** The HTTP status, where an answer came. */
  declare readonly status: number | undefined;
  /** Epoch milliseconds from which the endpoint is asked again, where that is known. */
  declare readonly retryAt: number | undefined;
  /**
   * Whether the same call may succeed later without a change by the developer: for `network`, `timeout`, `server-error`,
   * `rate-limited` and `invalid-response`.
   */
  declare readonly retryable: boolean;

  constructor(code: IceServersErrorCode, status?: number, retryAt?: number, sentence: string | undefined = sentences[code]) {
    super(sentence + (status ? ` (HTTP ${status})` : ''));
    Object.assign(this, { code, status, retryAt, retryable: isPassing(code) });
  }

  /** The error as plain data, for a log: no secret is in it. */
  toJSON(): Record<string, unknown> {
    return { message: this.message, ...(this as object) };
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

const codes: Partial<Record<number, IceServersErrorCode>> = {
  401: 'invalid-api-key',
  403: 'invalid-api-key',
  404: 'not-found',
  429: 'rate-limited',
};

/** The error for an answer that is no success. */
export const httpError = (status: number, retryAt?: number): IceServersError =>
  new IceServersError(codes[status] ?? (status > 499 ? 'server-error' : 'invalid-request'), status, retryAt);

/** The error for a wrong use of this package. */
export const wrong = (sentence: string): TypeError => new TypeError(`ice-servers-loader: ${sentence}.`);
