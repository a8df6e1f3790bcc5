import type { IceServersErrorCode } from '../errors/error-policy.js';
import { endpointError } from '../errors/endpoint-error.js';
import type { IceServersError } from '../errors/ice-servers-error.js';

/** The statuses with a specific code. Every other 4xx is `invalid-request`, and every 5xx is `server-error`. */
const codeOfStatus: Readonly<Partial<Record<number, IceServersErrorCode>>> = {
  401: 'invalid-api-key',
  403: 'invalid-api-key',
  404: 'not-found',
  // Request Timeout and Too Early: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.9 https://www.rfc-editor.org/rfc/rfc8470#section-5.2
  408: 'server-error',
  425: 'server-error',
  429: 'rate-limited',
};

/** Returns the error for an unsuccessful response. The body is not read: only status and headers decide. */
export function httpError(response: Response, sendsApiKey: boolean): IceServersError {
  const { status } = response;
  const retryAt = readRetryAfter(response);
  return endpointError({ code: codeOf(response, retryAt), status, retryAt }, sendsApiKey);
}

function codeOf({ status, headers }: Response, retryAt: number | undefined): IceServersErrorCode {
  // The page of a firewall or a bot wall does not come from the endpoint: https://github.com/monkeytypegame/monkeytype/issues/4254
  if (status === 403 && headers.get('content-type')?.toLowerCase().includes('text/html')) return 'invalid-response';
  // The server is overloaded, and says until when: https://www.rfc-editor.org/rfc/rfc9110#section-15.6.4
  if (status === 503 && retryAt !== undefined) return 'rate-limited';
  return codeOfStatus[status] ?? (status >= 500 ? 'server-error' : 'invalid-request');
}

/** Returns a Retry-After header as epoch milliseconds. It holds seconds or a date (RFC 9110, section 10.2.3). CORS may hide it. */
function readRetryAfter({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(text)) return Date.now() + Number(text) * 1000;
  // A letter is required, because Date.parse reads even "-5" as a date.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : date;
}
