import ky from 'ky';
import { parseResponse, type ServerList } from '../credentials/parse-response.js';
import { policyFor } from '../errors/error-policy.js';
import { IceServersError } from '../errors/ice-servers-error.js';
import { usageError } from '../errors/usage-error.js';
import type { Settings } from '../options/loader-options.js';
import { requestUrl, type EndpointSource } from '../options/source.js';
import { isFunction } from '../options/validate.js';
import { httpError } from './http-error.js';
import { resolveApiKey } from './resolve-api-key.js';

type Fetch = NonNullable<Settings['fetch']>;

const maxRetries = 2;
const firstRetryDelayMs = 300;

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
export async function getCredential(
  source: EndpointSource,
  ownFetch: Settings['fetch'],
  signal: AbortSignal,
  mayRetry: () => boolean,
): Promise<ServerList> {
  const fetch = ownFetch ?? globalThis.fetch;
  if (!isFunction(fetch)) throw usageError('there is no fetch here: set the fetch option');
  // Once for all retries: the app's function may be another request.
  const { apiKey, ttl = Infinity } = await resolveApiKey(source.apiKey, signal);
  const { href } = requestUrl(source, apiKey);
  let body: unknown;
  const attempt = async (): Promise<Response> => {
    const response = await sendRequest(fetch, href, signal, !!ownFetch);
    // Read here, so that a response that breaks off is requested again.
    body = await readBody(response);
    return response;
  };
  await withRetries(attempt, href, signal, mayRetry);

  const list = parseResponse(body);
  if (!list) throw new IceServersError('invalid-response');
  const knownTtl = Math.min(list.ttl ?? Infinity, ttl);
  return { ...list, ttl: knownTtl === Infinity ? undefined : knownTtl };
}

async function withRetries(attempt: () => Promise<Response>, url: string, signal: AbortSignal, mayRetry: () => boolean): Promise<void> {
  const first = attempt();
  // Until ky takes it over, nobody listens to it.
  first.catch(() => {});
  // ky cannot work without a Request, which Jest's jsdom does not have: https://github.com/jsdom/jsdom/issues/1724
  if (typeof Request !== 'function') {
    await first;
    return;
  }
  const started = [first];
  await ky(url, {
    fetch: () => started.pop() ?? attempt(),
    timeout: false,
    retry: {
      limit: maxRetries,
      delay: (retry) => firstRetryDelayMs * 2 ** (retry - 1) * (0.5 + Math.random()),
      shouldRetry: ({ error }) => mayRetry() && !signal.aborted && isRetried(error),
    },
    ...(acceptsSignal(signal) && { signal }),
  });
}

/**
 * ky combines signals by AbortSignal.any, which Safari has only since 17.4, and hands them to a Request, which refuses those of jsdom:
 * https://developer.mozilla.org/docs/Web/API/AbortSignal/any_static https://github.com/vitest-dev/vitest/issues/8374
 */
function acceptsSignal(signal: AbortSignal): boolean {
  try {
    return 'any' in AbortSignal && !!new Request('https://page.invalid', { signal });
  } catch {
    return false;
  }
}

/** Sends one request: a simple GET without a custom header, because the endpoint may not answer a preflight. Rejects unless it succeeds. */
async function sendRequest(fetch: Fetch, url: string, signal: AbortSignal, isOwnFetch: boolean): Promise<Response> {
  // ky may not know the signal, and the last caller may have left during a pause.
  signal.throwIfAborted();
  let response: Response;
  try {
    // Cookies go to a route of the page's own origin, and to nobody else.
    response = await fetch(url, { signal, cache: 'no-store', credentials: 'same-origin', referrerPolicy: 'no-referrer' });
  } catch {
    throw new IceServersError('network', { message: isOwnFetch ? 'The fetch option failed. Check that function.' : undefined });
  }
  if (!isResponse(response)) throw usageError('fetch must return a Response');
  if (response.ok) return response;
  // Not awaited: the body of a refusal may never end.
  response.body?.cancel().catch(() => {});
  throw httpError(response);
}

/** A polyfill, or a mock in a test, may return a plain object with no more than what is used of it here. */
function isResponse(value: Response | undefined): boolean {
  return isFunction(value?.ok ? value.json : value?.headers?.get);
}

/** Reads a body as JSON. `undefined` stands for a body that is no JSON: a SyntaxError quotes its start, so it goes no further. */
async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if ((error as Error).name === 'SyntaxError') return undefined;
    throw new IceServersError('network');
  }
}

function isRetried(error: unknown): boolean {
  return error instanceof IceServersError && !!policyFor(error.code).retried;
}
