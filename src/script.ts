import {
  createIceServersLoader,
  IceServersError,
  isIceServersError,
  loadRTCConfiguration,
  regions,
  staticIceServers,
  type IceServersLoader,
  type IceServersOptions,
} from './index.js';
import { optionsOf } from './script-options.js';

declare const __VERSION__: string;

type Global = typeof globalThis & { IceServers?: { readonly version?: unknown } };

// Null in a module and in a callback: read while the tag runs, or never. A worker's importScripts has no document.
const tag = globalThis.document?.currentScript;

const announce = (name: 'ready' | 'error', detail: unknown): void => {
  document.dispatchEvent(new CustomEvent(`iceservers:${name}`, { detail }));
};

/** Starts to load while the page parses. Nothing is thrown out of the tag: what is wrong with it rejects `ready`. */
const begin = (read: () => IceServersOptions): { loader: IceServersLoader | undefined; readonly ready: Promise<RTCConfiguration> } => {
  let loader: IceServersLoader | undefined;
  let isTaken = false;
  const start = async (): Promise<RTCConfiguration> => {
    loader = createIceServersLoader(read());
    return loader.load();
  };
  const ready = start();
  ready.then(
    () => announce('ready', loader?.status),
    (error: unknown) => {
      announce('error', error);
      const warn = (): void => {
        if (!isTaken) console.warn(String(error));
      };
      // A script further down, or what was waiting for this one, may still take it.
      if (document.readyState === 'complete') setTimeout(warn);
      else window.addEventListener('load', warn, { once: true });
    },
  );
  return {
    loader,
    get ready() {
      isTaken = true;
      return ready;
    },
  };
};

if (typeof (globalThis as Global).IceServers?.version === 'string') {
  console.warn('ice-servers-loader is here twice; the first stays. Remove one.');
} else {
  const read = tag && optionsOf(tag.dataset);
  const parts = read ? Object.getOwnPropertyDescriptors(begin(read)) : {};
  (globalThis as Global).IceServers = Object.defineProperties(
    // By name: a namespace would bring the bundler's code that makes one, of 70 bytes.
    {
      IceServersError,
      createIceServersLoader,
      isIceServersError,
      loadRTCConfiguration,
      regions,
      staticIceServers,
      version: __VERSION__,
    },
    parts,
  );
}
