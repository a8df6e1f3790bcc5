import type { IceServersErrorCode } from '../errors/error-policy.js';
import { IceServersError } from '../errors/ice-servers-error.js';

/** The statuses with a code of their own. Every other 4xx is `invalid-request`, every 5xx `server-error`. */
const codeOfStatus: Readonly<Partial<Record<number, IceServersErrorCode>>> = {
  401: 'invalid-api-key',
  403: 'invalid-api-key',
  404: 'not-found',
  // Request Timeout and Too Early: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.9 https://www.rfc-editor.org/rfc/rfc8470#section-5.2
  408: 'server-error',
  425: 'server-error',
  429: 'rate-limited',
};

/** Returns the error for a response that is no success. Its body is not read: only status and headers decide. */
export function httpError(response: Response): IceServersError {
  const { status } = response;
  const retryAt = readRetryAfter(response);
  return new IceServersError(codeOf(response, retryAt), { status, retryAt });
}

function codeOf({ status, headers }: Response, retryAt: number | undefined): IceServersErrorCode {
  // The page of a firewall or a bot wall is not the endpoint's word: https://github.com/monkeytypegame/monkeytype/issues/4254
  if (status === 403 && headers.get('content-type')?.toLowerCase().includes('text/html')) return 'invalid-response';
  // A server that is overloaded and says until when: https://www.rfc-editor.org/rfc/rfc9110#section-15.6.4
  if (status === 503 && retryAt !== undefined) return 'rate-limited';
  return codeOfStatus[status] ?? (status >= 500 ? 'server-error' : 'invalid-request');
}

/** Returns the epoch milliseconds of a Retry-After header: seconds or a date (RFC 9110, section 10.2.3). CORS may hide the header. */
function readRetryAfter({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(text)) return Date.now() + Number(text) * 1000;
  // Date.parse makes a date of "-5" as well.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : date;
}
