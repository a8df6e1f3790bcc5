import { getSharedLoader } from './loader/shared-loaders.js';
import type { IceServersOptions, LoadedConfiguration, LoadOptions } from './types.js';

/**
 * Returns a configuration for `new RTCPeerConnection` with the ICE servers of a Metered credential.
 *
 * They come from memory, from IndexedDB or from the Get Credential endpoint: from the fastest source that is still valid. Calls with equal
 * options share one loader. Call it before every `new RTCPeerConnection`, so that the credential is still valid.
 *
 * @param options an app name and the API key of one credential, or the address that the Metered dashboard shows
 * @param load options of this one call, such as `signal`
 * @returns a fresh, mutable `RTCConfiguration`
 * @throws (always as a rejection) `TypeError` for a wrong option; {@link IceServersError} for a key of another kind, and if there is
 *   nothing usable; `signal.reason` if the call is aborted
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
