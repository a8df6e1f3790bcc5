import { createLoader } from './loader/create-loader.js';
import { readOptions } from './options/loader-options.js';
import type { IceServersLoader, IceServersOptions } from './types.js';

/**
 * Creates a loader of your own, which has a status, events, `peek`, `invalidate` and `dispose`. It makes no request until `load` is called.
 *
 * @param options an app name and the API key of one credential, or the address that the Metered dashboard shows
 * @throws `TypeError` for a missing, misspelt or wrong option; {@link IceServersError} `secret-key` for a key that is not a credential's key
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
