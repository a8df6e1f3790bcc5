import ky from 'ky';
import { parseResponse, type ServerList } from '../credentials/parse-response.js';
import { policyFor } from '../errors/error-policy.js';
import { IceServersError } from '../errors/ice-servers-error.js';
import { usageError } from '../errors/usage-error.js';
import type { Settings } from '../options/loader-options.js';
import { hasApiKey, requestUrl, type EndpointSource } from '../options/source.js';
import { isFunction } from '../options/validate.js';
import { httpError } from './http-error.js';
import { resolveApiKey } from './resolve-api-key.js';

type Fetch = NonNullable<Settings['fetch']>;

const maxRetries = 2;
const firstRetryDelayMs = 300;

/**
 * Requests the servers. After a failure that may pass, it repeats the request up to two times if `mayRetry` allows it.
 *
 * ky provides the retries and the pauses between them. It never sees a failed response, because its errors contain the whole URL, and in
 * ky 2 also the body.
 *
 * @param signal aborts the request once nobody waits for it any more
 * @throws (rejects) an `IceServersError`, or the reason of the signal
 */
export async function getCredential(
  source: EndpointSource,
  ownFetch: Settings['fetch'],
  signal: AbortSignal,
  mayRetry: () => boolean,
): Promise<ServerList> {
  const fetch = ownFetch ?? globalThis.fetch;
  if (!isFunction(fetch)) throw usageError('there is no global fetch here: set the fetch option');
  // This is done once for all retries, because the app's function may make a request itself.
  const { apiKey, ttl = Infinity } = await resolveApiKey(source.apiKey, signal);
  const { href } = requestUrl(source, apiKey);
  let body: unknown;
  const attempt = async (): Promise<Response> => {
    const response = await sendRequest(fetch, href, signal, !!ownFetch);
    if (!response.ok) throw refusalOf(response, hasApiKey(source));
    // The body is read here, so that a response that breaks off is requested again.
    body = await readBody(response, !!ownFetch);
    return response;
  };
  await withRetries(attempt, href, signal, mayRetry);

  const list = parseResponse(body);
  if (!list) throw new IceServersError('invalid-response');
  const knownTtl = Math.min(list.ttl ?? Infinity, ttl);
  return { ...list, ttl: knownTtl === Infinity ? undefined : knownTtl };
}

async function withRetries(attempt: () => Promise<Response>, url: string, signal: AbortSignal, mayRetry: () => boolean): Promise<void> {
  // ky cannot work without a Request, which Jest's jsdom does not have: https://github.com/jsdom/jsdom/issues/1724
  if (typeof Request !== 'function') {
    await attempt();
    return;
  }
  await ky(url, {
    fetch: attempt,
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
 * ky combines signals by AbortSignal.any, which Safari has only since 17.4, and passes them to a Request, which rejects those of jsdom:
 * https://developer.mozilla.org/docs/Web/API/AbortSignal/any_static https://github.com/vitest-dev/vitest/issues/8374
 */
function acceptsSignal(signal: AbortSignal): boolean {
  try {
    return 'any' in AbortSignal && !!new Request('https://page.invalid', { signal });
  } catch {
    return false;
  }
}

/** Sends a simple GET without custom headers, because the endpoint may not answer a preflight. Rejects if no response arrives. */
async function sendRequest(fetch: Fetch, url: string, signal: AbortSignal, isOwnFetch: boolean): Promise<Response> {
  // ky may not have the signal, and the last caller may have left during a pause.
  signal.throwIfAborted();
  let response: Response;
  try {
    // Cookies are sent only to the page's origin.
    response = await fetch(url, { signal, cache: 'no-store', credentials: 'same-origin', referrerPolicy: 'no-referrer' });
  } catch {
    throw networkError(isOwnFetch);
  }
  if (!isResponse(response)) throw usageError('the function in the fetch option must return a Response');
  return response;
}

function refusalOf(response: Response, sendsApiKey: boolean): IceServersError {
  // This is not awaited, because the body of a refusal may never end.
  response.body?.cancel().catch(() => {});
  return httpError(response, sendsApiKey);
}

/** A polyfill or a mock may return a plain object that has only what is used here, so the class is not checked. */
function isResponse(value: Response | undefined): boolean {
  return isFunction(value?.ok ? value.json : value?.headers?.get);
}

/** Reads a body as JSON; returns `undefined` if it is not JSON. The SyntaxError is dropped, because it quotes the start of the body. */
async function readBody(response: Response, isOwnFetch: boolean): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if ((Object(error) as Error).name === 'SyntaxError') return undefined;
    throw networkError(isOwnFetch);
  }
}

function networkError(isOwnFetch: boolean): IceServersError {
  return new IceServersError('network', { message: isOwnFetch ? 'The function in the fetch option failed. Check it.' : undefined });
}

function isRetried(error: unknown): boolean {
  return error instanceof IceServersError && !!policyFor(error.code).retried;
}
