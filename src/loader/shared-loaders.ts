import { readOptions, type Settings } from '../options/loader-options.js';
import { isFunction } from '../options/validate.js';
import type { IceServersLoader, IceServersOptions } from '../types.js';
import { createLoader, findLoader } from './create-loader.js';

/** Without a limit, an app that creates a new function for each call would fill the memory. */
const maxLoaders = 50;
const loaders = new Map<string, IceServersLoader>();
const identities = new WeakMap<object, number>();
let identityCount = 0;

/** Returns the loader that all calls with equal options share. */
export function getSharedLoader(options: IceServersOptions | string | URL | undefined): IceServersLoader {
  const settings = readOptions(options);
  const key = sharingKey(settings);
  const loader = loaders.get(key) ?? createLoader(settings);
  // With a cacheKey, the functions may be newer than those of the loader.
  findLoader(loader)!.useFunctionsOf(settings);
  // The map is in order of use: the least recently used loader comes first.
  loaders.delete(key);
  loaders.set(key, loader);
  if (loaders.size > maxLoaders) loaders.delete(loaders.keys().next().value!);
  return loader;
}

/** Settings are equal if their JSON is equal. What JSON cannot express is compared by identity, except functions with a `cacheKey`. */
function sharingKey(settings: Settings): string {
  const isByCacheKey = settings.cacheKey !== undefined;
  return JSON.stringify(settings, (name, value: unknown) => {
    if (isByCacheKey && isFunction(value)) return 'function';
    return replaceByIdentity(name, value);
  });
}

function replaceByIdentity(name: string, value: unknown): unknown {
  if (Object(value) !== value || Array.isArray(value)) return value;
  const object = value as object;
  const isPlain = Object.getPrototypeOf(object) === Object.prototype;
  // A storage may refer to anything, even to itself.
  if (isPlain && name !== 'storage') return sortProperties(object);
  if (!identities.has(object)) identities.set(object, identityCount++);
  return identities.get(object);
}

/** The order of an object's properties makes no difference. */
function sortProperties(object: object): object {
  return Object.fromEntries(Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1)));
}
