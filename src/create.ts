import { createLoader } from './loader.js';
import { readOptions } from './options.js';
import type { IceServersLoader, IceServersOptions } from './types.js';

/**
 * Makes a loader of your own, for status, events, `peek` and `dispose`. It asks for nothing until `load` is called.
 *
 * @param options an app name and a credential's API key, or the address that the Metered dashboard shows
 * @throws `TypeError` for a missing, misspelt or wrong option; {@link IceServersError} `secret-key` for a key that is no credential's key
 *
 * @example
 * ```ts
 * import { createIceServersLoader } from 'ice-servers-loader';
 *
 * const loader = createIceServersLoader('https://demo.metered.live/api/v1/turn/credentials?apiKey=0123456789abcdef0123456789abcdef0123');
 * await loader.load({ cache: 'reload' });
 * ```
 */
export const createIceServersLoader = (options: IceServersOptions | string | URL): IceServersLoader => createLoader(readOptions(options));
