import { policyFor, type IceServersErrorCode } from './error-policy.js';

/** What is known of a failure beside its code. */
interface ErrorDetails {
  readonly status?: number | undefined;
  readonly retryAt?: number | undefined;
  /** Replaces the code's own message. It must not repeat a value: it may be a secret. */
  readonly message?: string | undefined;
  /** What the app's own function threw. */
  readonly cause?: unknown;
}

/**
 * The error for everything that can go wrong with the ICE servers themselves. A wrong option is a `TypeError` instead.
 *
 * No property, message or stack contains an API key, a username, a credential or a part of a response. Only `source-failed` has a
 * `cause`: it is what your own function threw.
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
  /** The HTTP status, if there was a response. */
  readonly status: number | undefined;
  /** When the next request is allowed, in epoch milliseconds, if that is known. */
  readonly retryAt: number | undefined;
  /**
   * Whether the same call may succeed later without a change to the app: true for `network`, `timeout`, `server-error`, `rate-limited`,
   * `invalid-response` and `source-failed`.
   */
  readonly retryable: boolean;

  constructor(code: IceServersErrorCode, details: ErrorDetails = {}) {
    const { status, retryAt, message, cause } = details;
    const { message: usualMessage, retryable } = policyFor(code);
    const text = (message ?? usualMessage) + (status ? ` (HTTP ${status})` : '');
    super(text, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = status;
    this.retryAt = retryAt;
    this.retryable = !!retryable;
  }

  /** Returns the error as plain data, for a log or for `postMessage`. It contains no secret. */
  toJSON(): Record<string, unknown> {
    return { message: this.message, ...(this as object) };
  }
}

/**
 * Tells whether a value is an {@link IceServersError}, also if it comes from another frame, from another copy of this package, or as the
 * result of `toJSON`.
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

/** Returns the error with another instant for the next request. It keeps what only the first error knows: its message, and the app's own cause. */
export function withRetryAt(error: IceServersError, retryAt: number): IceServersError {
  const { code, status, message, cause } = error;
  // A message with a status is the code's own, and gets its status again.
  return new IceServersError(code, { status, retryAt, message: status === undefined ? message : undefined, cause });
}
