import { policyFor, type IceServersErrorCode } from './error-policy.js';

/** What is known about a failure besides its code. */
interface ErrorDetails {
  readonly status?: number | undefined;
  readonly retryAt?: number | undefined;
  /** Replaces the message of the code. It must not repeat a value, which may be a secret. */
  readonly message?: string | undefined;
  /** What the app's function threw. */
  readonly cause?: unknown;
}

/**
 * The error for every failure to get ICE servers. A wrong option is a `TypeError` instead.
 *
 * No property, message or stack contains an API key, a username, a credential or a part of a response. Only `source-failed` has a
 * `cause`: it is what your function threw.
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
  /** Always `IceServersError`, even if the error comes from another frame, where `instanceof` fails. */
  override readonly name = 'IceServersError' as const;
  /** What went wrong, for a program to compare. */
  readonly code: IceServersErrorCode;
  /** The HTTP status of the response, if that was the failure. */
  readonly status: number | undefined;
  /**
   * When the pause after this failure ends, and a request can be made again; `undefined` if there is no pause.
   *
   * @unit epoch milliseconds
   */
  readonly retryAt: number | undefined;
  /**
   * Whether the same call may succeed later without a change to the app. It is true for `network`, `timeout`, `server-error`,
   * `rate-limited`, `invalid-response` and `source-failed`.
   */
  readonly retryable: boolean;

  /** Creates an error, for example for a test. `details` may have `status`, `retryAt`, `message` and `cause`. */
  constructor(code: IceServersErrorCode, details: ErrorDetails = {}) {
    const { status, retryAt, message, cause } = details;
    const { message: usualMessage, retryable } = policyFor(code);
    const statusText = status ? ` (HTTP ${status})` : '';
    super(message ?? usualMessage + statusText, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = status;
    this.retryAt = retryAt;
    this.retryable = !!retryable;
  }

  /** Returns the error as plain data for a log or for `postMessage`. The data contains no secret. */
  toJSON(): Record<string, unknown> {
    return { message: this.message, ...(this as object) };
  }
}

/**
 * Returns whether a value is an {@link IceServersError}, even if it comes from another frame or another copy of this package, or if it is
 * the result of `toJSON`.
 *
 * @example
 * ```ts
 * import { isIceServersError } from 'ice-servers-loader';
 *
 * const isRefused = (error: unknown) => isIceServersError(error) && error.code === 'invalid-api-key';
 * ```
 */
export function isIceServersError(value: unknown): value is IceServersError {
  const { name, code } = Object(value) as { name?: unknown; code?: unknown };
  return name === 'IceServersError' && typeof code === 'string';
}

/** Returns the error with another time for the next request. It keeps what cannot be derived from the code: the message and the cause. */
export function withRetryAt(error: IceServersError, retryAt: number): IceServersError {
  const { code, status, message, cause } = error;
  return new IceServersError(code, { status, retryAt, message, cause });
}
