import type { Settings } from '../options/loader-options.js';
import type { IceServersLoader } from '../types.js';
import { Loader } from './loader.js';

const loaders = new WeakMap<object, Loader>();

/** Builds the public object of a loader: an EventTarget whose methods also work when they are detached from it. */
export function createLoader(settings: Settings): IceServersLoader {
  const target = new EventTarget();
  const loader = new Loader(settings, target);
  const dispose = (): void => loader.dispose();
  // The members are defined, not assigned, because a hardened page may have made the inherited ones read-only:
  // https://github.com/webrtcHacks/adapter/issues/1177
  const members = {
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    dispatchEvent: target.dispatchEvent.bind(target),
    load: loader.load.bind(loader),
    peek: () => loader.peek(),
    invalidate: () => loader.invalidate(),
    dispose,
    // Safari has no Symbol.dispose yet.
    ...(Symbol.dispose && { [Symbol.dispose]: dispose }),
    get status() {
      return loader.status;
    },
  };
  Object.defineProperties(target, Object.getOwnPropertyDescriptors(members));
  loaders.set(target, loader);
  return target as IceServersLoader;
}

/** Returns the internal loader behind a public one; `undefined` for anything else. */
export function findLoader(publicLoader: unknown): Loader | undefined {
  return loaders.get(publicLoader as object);
}
