import ky from 'ky';
import { parseResponse, type ServerList } from '../credentials/parse-response.js';
import { policyFor, type IceServersErrorCode } from '../errors/error-policy.js';
import { IceServersError } from '../errors/ice-servers-error.js';
import { usageError } from '../errors/usage-error.js';
import type { Settings } from '../options/loader-options.js';

const maxRetries = 2;
const firstRetryDelayMs = 300;

/** The statuses with a code of their own. Every other 4xx is `invalid-request`, every 5xx `server-error`. */
const codeOfStatus: Readonly<Partial<Record<number, IceServersErrorCode>>> = {
  401: 'invalid-api-key',
  403: 'invalid-api-key',
  404: 'not-found',
  429: 'rate-limited',
};

/**
 * Requests the servers once, and after a failure that may pass up to two times more if `mayRetry` allows it.
 *
 * The first request is sent before ky is called, because ky prepares its retries for a millisecond or two in a new page, and the request
 * need not wait for that. ky provides the retries and the pauses between them. It never sees a response that failed: its own errors
 * contain the whole URL, and in ky 2 also the body.
 *
 * @param signal ends the request, if nobody waits for it any more
 * @throws (rejects) an `IceServersError`, or the signal's reason
 */
export async function getCredential(settings: Settings, signal: AbortSignal, mayRetry: () => boolean): Promise<ServerList> {
  const fetch = settings.fetch ?? globalThis.fetch;
  if (typeof fetch !== 'function') throw usageError('there is no fetch here: set the fetch option');
  let body: unknown;
  const attempt = async (): Promise<Response> => {
    const response = await sendRequest(fetch, settings.url, signal);
    // Read here, so that a response that breaks off is requested again.
    body = await readBody(response);
    return response;
  };

  const first = attempt();
  // Until ky takes it over, nobody listens to it.
  first.catch(() => {});
  const started = [first];
  await ky(settings.url, {
    fetch: () => started.pop() ?? attempt(),
    timeout: false,
    retry: {
      limit: maxRetries,
      delay: (retry) => firstRetryDelayMs * 2 ** (retry - 1) * (0.5 + Math.random()),
      shouldRetry: ({ error }) => mayRetry() && !signal.aborted && isRetried(error),
    },
    // ky combines signals by AbortSignal.any, which Safari has only since 17.4: https://developer.mozilla.org/docs/Web/API/AbortSignal/any_static
    ...('any' in AbortSignal && { signal }),
  });

  const list = parseResponse(body);
  if (!list) throw new IceServersError('invalid-response');
  return list;
}

/** Sends one request: a simple GET without a custom header, because the endpoint may not answer a preflight. Rejects unless it succeeds. */
async function sendRequest(fetch: NonNullable<Settings['fetch']>, url: string, signal: AbortSignal): Promise<Response> {
  // ky may not know the signal, and the last caller may have left during a pause.
  signal.throwIfAborted();
  let response: Response;
  try {
    response = await fetch(url, { signal, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch {
    return failNetwork();
  }
  if (!response?.headers) throw usageError('fetch must return a Response');
  if (response.ok) return response;
  // Not awaited: the body of a refusal may never end.
  response.body?.cancel().catch(() => {});
  throw httpError(response);
}

/** Reads a body as JSON. `undefined` stands for a body that is no JSON: a SyntaxError quotes its start, so it goes no further. */
async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    return (error as Error).name === 'SyntaxError' ? undefined : failNetwork();
  }
}

function isRetried(error: unknown): boolean {
  return error instanceof IceServersError && !!policyFor(error.code).retried;
}

function failNetwork(): never {
  throw new IceServersError('network');
}

function httpError(response: Response): IceServersError {
  const { status } = response;
  const usualCode = status >= 500 ? 'server-error' : 'invalid-request';
  return new IceServersError(codeOfStatus[status] ?? usualCode, { status, retryAt: readRetryAfter(response) });
}

/** Returns the epoch milliseconds of a Retry-After header: seconds or a date (RFC 9110, section 10.2.3). CORS may hide the header. */
function readRetryAfter({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(text)) return Date.now() + Number(text) * 1000;
  // Date.parse makes a date of "-5" as well.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : date;
}
