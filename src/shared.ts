import { createIceServersLoader } from './create.js';
import type { IceServersLoader, IceServersOptions, LoadOptions } from './types.js';

/** An app that makes its options anew for each call, with a function inside, would else grow this for ever. */
const maxLoaders = 50;
const loaders = new Map<string, IceServersLoader>();
const identities = new WeakMap<object, number>();
let counted = 0;

/** A text that is the same for equal options; what cannot be compared by value (functions, certificates) is told apart by identity. */
const describe = (value: unknown): string => {
  if (typeof value !== 'object' && typeof value !== 'function') return `${typeof value}:${JSON.stringify(String(value))}`;
  if (value === null) return 'null';
  if (value instanceof URL || value instanceof Date) return JSON.stringify(String(+value || value));
  if (Array.isArray(value)) return `[${value.map(describe).join()}]`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${describe(field)}`).sort().join()}}`;
  }
  if (!identities.has(value)) identities.set(value, ++counted);
  return `#${identities.get(value)}`;
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
  const identity = describe(options);
  let loader = loaders.get(identity);
  if (!loader) {
    loader = createIceServersLoader(options);
    const [oldest] = loaders.size < maxLoaders ? [] : loaders.keys();
    if (oldest) loaders.delete(oldest);
    loaders.set(identity, loader);
  }
  return loader.load(load);
};
