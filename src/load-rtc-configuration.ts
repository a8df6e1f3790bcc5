import { getSharedLoader } from './loader/shared-loaders.js';
import type { IceServersOptions, LoadedConfiguration, LoadOptions } from './types.js';

/**
 * Returns a configuration for `new RTCPeerConnection` with the ICE servers of one source.
 *
 * They come from memory, from storage or from a request, whichever is the fastest that is still valid. Calls with equal options share one
 * loader. Call this function before every `new RTCPeerConnection`, so that the credential is still valid.
 *
 * @param options one source and any other settings; a string or a `URL` stands for `{ endpoint }`, such as the URL that the dashboard shows
 * @param load the options of this call, such as `signal`
 * @returns a new, mutable `RTCConfiguration` each time
 * @throws (always as a rejection) `TypeError` for a wrong option; {@link IceServersError} `secret-key` if `apiKey` is not the key of a
 *   TURN credential, and with other codes if no usable servers are available; `signal.reason` if the call is aborted
 *
 * @example
 * ```ts
 * import { loadRTCConfiguration } from 'ice-servers-loader';
 *
 * const connection = new RTCPeerConnection(
 *   await loadRTCConfiguration({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' }),
 * );
 * ```
 */
export async function loadRTCConfiguration(options: IceServersOptions | string | URL, load?: LoadOptions): Promise<LoadedConfiguration> {
  return getSharedLoader(options).load(load);
}
