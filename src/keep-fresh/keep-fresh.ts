import { usageError } from '../errors/usage-error.js';
import { findLoader } from '../loader/create-loader.js';
import type { Loader } from '../loader/loader.js';
import { getSharedLoader } from '../loader/shared-loaders.js';
import { readKeepFreshOptions } from '../options/call-options.js';
import { isFunction } from '../options/validate.js';
import type { IceServersLoader, IceServersOptions, KeepFreshOptions } from '../types.js';
import { ConnectionRegistry } from './connection-registry.js';
import { ConnectionSource } from './connection-source.js';

const registries = new WeakMap<Loader, ConnectionRegistry>();

/**
 * Keeps a live connection supplied with valid ICE servers.
 *
 * It refreshes the servers before they expire and applies each new list to the connection. A list alone has no effect on a call until the
 * next ICE restart (https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-setconfiguration). ICE is restarted only if the credential changed,
 * and either the call is relayed by this end's TURN server or that server refused the old credential: it responded with 401, or, in
 * browsers without `icecandidateerror`, no relay candidate was gathered. Several connections restart one after the other.
 *
 * It never negotiates: `negotiationneeded` fires, and your handler must make the new offer.
 *
 * After a refusal it requests new servers once. If they have the same credential, as they always do with a fixed key, the loader fires one
 * `error` event with the code `credential-rejected` (only after a 401), and another refusal causes no request for 5 minutes. A 401 from a
 * server in `rtcConfiguration.iceServers` is left to your app.
 *
 * A second call for the same connection and loader changes nothing, and each of the two returned functions stops it. A call without a
 * source or with a disposed loader has no effect. If the loader is disposed later, that also stops it, and the connection stays open with
 * the credential that it has.
 *
 * @param pc the connection. After it is closed, it is released within 10 seconds, because its own `close()` fires no event
 *   (https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-close).
 * @param source a loader, or the options that you passed to `loadRTCConfiguration`, so that its loader is used
 * @param options `signal` stops it, like the returned function
 * @returns a function that stops it; a second call has no effect
 * @throws `TypeError` if `pc` is not an RTCPeerConnection, or for a wrong source or option; {@link IceServersError} `secret-key` if
 *   `apiKey` is not the key of a credential
 *
 * @example
 * ```ts
 * import { keepFresh, loadRTCConfiguration } from 'ice-servers-loader';
 *
 * const options = { endpoint: '/api/ice-servers' };
 * const connection = new RTCPeerConnection(await loadRTCConfiguration(options));
 * const stop = keepFresh(connection, options);
 * connection.addEventListener('negotiationneeded', async () => {
 *   await connection.setLocalDescription();
 *   // Send connection.localDescription to the other end.
 * });
 * ```
 */
export function keepFresh(
  pc: RTCPeerConnection,
  source: IceServersLoader | IceServersOptions | string | URL,
  options: KeepFreshOptions = {},
): () => void {
  const { signal } = readKeepFreshOptions(options);
  assertConnection(pc);
  const loader = loaderOf(source);
  // Without a source no servers ever arrive. `load` reports that.
  const canLoad = loader.settings.source.kind !== 'missing' && !loader.disposeSignal.aborted;
  if (!canLoad || signal?.aborted) return () => {};
  return registryOf(loader).add(pc, signal);
}

/** Only a real connection works: the methods of a Proxy around one throw. */
function assertConnection(pc: RTCPeerConnection): void {
  try {
    pc.getConfiguration();
  } catch {
    throw usageError('keepFresh needs an RTCPeerConnection');
  }
}

function loaderOf(source: IceServersLoader | IceServersOptions | string | URL): Loader {
  const loader = findLoader(source);
  if (loader) return loader;
  if (isFunction(Object(source).load)) {
    throw usageError('keepFresh needs a loader from the same copy of this package, or the options of loadRTCConfiguration');
  }
  return findLoader(getSharedLoader(source as IceServersOptions))!;
}

function registryOf(loader: Loader): ConnectionRegistry {
  const registry = registries.get(loader) ?? new ConnectionRegistry(new ConnectionSource(loader));
  registries.set(loader, registry);
  return registry;
}
