import { readOptions } from '../options/loader-options.js';
import type { IceServersLoader, IceServersOptions } from '../types.js';
import { createLoader } from './create-loader.js';

/** An app that makes a new function for each call would otherwise fill the memory. */
const maxLoaders = 50;
const loaders = new Map<string, IceServersLoader>();
const identities = new WeakMap<object, number>();
let identityCount = 0;

/** Returns the loader that all calls with equal options share. */
export function getSharedLoader(options: IceServersOptions | string | URL): IceServersLoader {
  const settings = readOptions(options);
  const key = JSON.stringify(settings, replaceByIdentity);
  const loader = loaders.get(key) ?? createLoader(settings);
  // The map is in order of use: the loader that was not used for the longest time comes first.
  loaders.delete(key);
  loaders.set(key, loader);
  if (loaders.size > maxLoaders) loaders.delete(loaders.keys().next().value!);
  return loader;
}

/** Replaces what JSON cannot tell apart (functions, certificates, storages) by a number for its identity. */
function replaceByIdentity(name: string, value: unknown): unknown {
  if (Object(value) !== value || Array.isArray(value)) return value;
  const object = value as object;
  const isPlain = Object.getPrototypeOf(object) === Object.prototype;
  // A storage may refer to anything, also to itself.
  if (isPlain && name !== 'storage') return sortProperties(object);
  if (!identities.has(object)) identities.set(object, identityCount++);
  return identities.get(object);
}

/** The order of an object's properties makes no difference. */
function sortProperties(object: object): object {
  return Object.fromEntries(Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1)));
}
