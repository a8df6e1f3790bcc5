import { createLoader } from './loader/create-loader.js';
import { readOptions } from './options/loader-options.js';
import type { IceServersLoader, IceServersOptions } from './types.js';

/**
 * Creates a loader, which has `load`, `peek`, `invalidate` and `dispose`, a status and events. It makes no request before `load` or
 * `keepFresh` uses it.
 *
 * A missing source is not an error here: `load` then returns `fallback` or rejects with `not-configured`.
 *
 * @param options one source and any other settings; a string or a `URL` stands for `{ endpoint }`, such as the URL that the dashboard shows
 * @throws `TypeError` for an unknown or wrong option; {@link IceServersError} `secret-key` if `apiKey` is not the key of a credential
 *
 * @example
 * ```ts
 * import { createIceServersLoader } from 'ice-servers-loader';
 *
 * const loader = createIceServersLoader('https://demo.metered.live/api/v1/turn/credentials?apiKey=0123456789abcdef0123456789abcdef0123');
 * await loader.load({ cache: 'reload' });
 * ```
 */
export function createIceServersLoader(options: IceServersOptions | string | URL): IceServersLoader {
  return createLoader(readOptions(options));
}
