import ky from 'ky';
import { httpError, IceServersError, wrong } from './errors.js';
import type { Settings } from './options.js';
import { readServers, type ServerList } from './response.js';

/** When a 429 says to come back: seconds or a date. `undefined` where it does not, or where CORS hides it. */
const retryAtOf = (response: Response): number | undefined => {
  const header = response.headers.get('retry-after') ?? '';
  // Date.parse makes a date of -5 as well.
  return (/^\d+$/.test(header) ? Date.now() + +header * 1000 : Date.parse(/[a-z]/i.exec(header) ? header : '')) || undefined;
};

/**
 * Asks the endpoint once, or, where it may retry, up to three times after a 5xx or a network failure.
 * Rejects with an `IceServersError`, or with the signal's reason: the signal ends it, as does whoever has waited long enough.
 *
 * ky makes the rounds and the pauses between them; it never sees an answer that failed, so that no error of its own is made:
 * those carry the whole URL, and in ky 2 the body.
 */
export const requestServers = async (settings: Settings, signal: AbortSignal, mayRetry: () => boolean): Promise<ServerList> => {
  const fetch = settings.fetch ?? globalThis.fetch;
  if (typeof fetch !== 'function') throw wrong('no fetch: give the fetch option');

  const lost = (): never => {
    throw new IceServersError('network');
  };
  let body: unknown;

  const once = async (): Promise<Response> => {
    // Where ky cannot hear the signal, somebody may have left during a pause.
    signal.throwIfAborted();
    let response: Response;
    try {
      response = await fetch(settings.url, { signal, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
    } catch {
      return lost();
    }
    if (!response?.headers) throw wrong('fetch must give a Response');
    if (response.ok) {
      // Here, so that an answer that breaks off is asked for again. A SyntaxError, which quotes the body, goes no further.
      body = await response.json().catch(({ name }: Error) => name === 'SyntaxError' || lost());
      return response;
    }
    // Not awaited: the body of a refusal may never end.
    response.body?.cancel().catch(() => {});
    throw httpError(response.status, retryAtOf(response));
  };

  // On its way while ky prepares its rounds, which takes a page that has just been opened a millisecond or two.
  const first = once();
  first.catch(() => {});
  const begun = [first];
  await ky(settings.url, {
    fetch: () => begun.pop() ?? once(),
    timeout: false,
    retry: {
      limit: 2,
      delay: (attempt) => 300 * 2 ** (attempt - 1) * (0.5 + Math.random()),
      shouldRetry: ({ error }) => mayRetry() && !signal.aborted && /network|server/.test((error as IceServersError).code),
    },
    // ky joins signals with AbortSignal.any, which Safari has only from 17.4 on: https://developer.mozilla.org/docs/Web/API/AbortSignal/any_static
    ...('any' in AbortSignal && { signal }),
  });
  const list = readServers(body);
  if (!list) throw new IceServersError('invalid-response');
  return list;
};
