import { createLoader } from './loader.js';
import { readOptions } from './options.js';
import type { IceServersLoader, IceServersOptions, LoadOptions } from './types.js';

/** An app that makes its options anew for each call, with a function inside, would else grow this for ever. */
const maxLoaders = 50;
const loaders = new Map<string, IceServersLoader>();
const identities = new WeakMap<object, number>();
let counted = 0;

/** The order of an object's properties says nothing. */
const sorted = (value: object): object =>
  Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, (value as Record<string, unknown>)[name]]),
  );

/** What JSON cannot tell apart (functions, certificates, storages) is told apart by identity. */
const byIdentity = (name: string, value: unknown): unknown => {
  if (Object(value) !== value || Array.isArray(value)) return value;
  // A storage may refer to anything, itself included.
  if (name !== 'storage' && Object.getPrototypeOf(value) === Object.prototype) return sorted(value as object);
  if (!identities.has(value as object)) identities.set(value as object, counted++);
  return identities.get(value as object);
};

/**
 * Gives a configuration for `new RTCPeerConnection` with the ICE servers of a Metered credential: from memory, from IndexedDB,
 * or from the Get Credential endpoint, whichever is the fastest that is still valid. Calls with equal options share one loader.
 *
 * @param options an app name and a credential's API key, or the address that the Metered dashboard shows
 * @param load what this one call asks for
 * @returns a fresh, mutable `RTCConfiguration`; call this right before the constructor, so that what it gives is still valid then
 * @throws (rejects, always) `TypeError` for a wrong option; {@link IceServersError} for a key of the wrong kind and when nothing usable can be had; `signal.reason` when aborted
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
export const loadRTCConfiguration = async (options: IceServersOptions | string | URL, load?: LoadOptions): Promise<RTCConfiguration> => {
  const settings = readOptions(options);
  const identity = JSON.stringify(settings, byIdentity);
  const loader = loaders.get(identity) ?? createLoader(settings);
  // The one that is used last goes to the end; the first has waited longest.
  loaders.delete(identity);
  loaders.set(identity, loader);
  if (loaders.size > maxLoaders) loaders.delete(loaders.keys().next().value!);
  return loader.load(load);
};
