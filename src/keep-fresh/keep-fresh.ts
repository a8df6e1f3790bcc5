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
 * While it runs, it refreshes ahead of the expiry and gives the connection each new list. It restarts ICE only if the credential changed
 * and either the call is relayed by this end's TURN server, or the server refused the old credential with a 401. It never negotiates:
 * `negotiationneeded` fires, and your handler does the rest.
 *
 * After a 401 it requests new servers once. If the same credential comes back, the loader fires one `error` event with the code
 * `credential-rejected`, and makes no request for that reason for 5 minutes. A 401 of a server in `rtcConfiguration.iceServers` is left to
 * your app. Several connections restart one after the other. Keeping a connection twice is the same as keeping it once: the first stop
 * ends it.
 *
 * @param pc the connection; a closed one is noticed within 10 seconds
 * @param source a loader, or the same options as for `loadRTCConfiguration`, whose loader is then used
 * @param options `signal` stops it, like the returned function
 * @returns a function that stops it; calling it twice is fine
 * @throws `TypeError` if `pc` is not an RTCPeerConnection, or for a wrong source or option; {@link IceServersError} `secret-key` for a key
 *   that is not a credential's key
 *
 * @example
 * ```ts
 * import { keepFresh, loadRTCConfiguration } from 'ice-servers-loader';
 *
 * const options = { appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' };
 * const connection = new RTCPeerConnection(await loadRTCConfiguration(options));
 * const stop = keepFresh(connection, options);
 * connection.addEventListener('negotiationneeded', () => void connection.setLocalDescription());
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
  // Without a source nothing ever comes, which `load` tells.
  const canLoad = loader.settings.source.kind !== 'missing' && !loader.disposeSignal.aborted;
  if (!canLoad || signal?.aborted) return () => {};
  return registryOf(loader).add(pc, signal);
}

/** Only a real connection can be kept, not a Proxy around one. */
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
