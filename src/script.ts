import {
  createIceServersLoader,
  IceServersError,
  isIceServersError,
  keepFresh,
  loadRTCConfiguration,
  regions,
  staticIceServers,
} from './index.js';
import { findScriptOptions } from './script/script-options.js';
import { startLoading } from './script/start-loading.js';
import { rememberTag } from './script/tag-identity.js';

declare const __VERSION__: string;

/** Tells a later copy whether its tag is that of the first copy. The copies share nothing but the global. */
const isSameTag = Symbol.for('ice-servers-loader.isSameTag');

interface FirstCopy {
  readonly version?: unknown;
  readonly [isSameTag]?: ReturnType<typeof rememberTag>;
}

type ScriptGlobal = typeof globalThis & { IceServers?: FirstCopy };

// The tag is known only while it runs: it is null in a module or a callback, and a worker's importScripts has no document.
const tag = globalThis.document?.currentScript;
const firstCopy = (globalThis as ScriptGlobal).IceServers;

if (typeof firstCopy?.version !== 'string') {
  defineGlobal();
} else if (!tag || !firstCopy[isSameTag]?.(tag)) {
  console.warn('ice-servers-loader was loaded twice. The first copy stays in use; remove one script tag.');
}

function defineGlobal(): void {
  const readOptions = tag ? findScriptOptions(tag.dataset) : undefined;
  // Listed by name: a namespace object would cost 70 bytes of the bundler's own code.
  const api = {
    IceServersError,
    createIceServersLoader,
    isIceServersError,
    keepFresh,
    loadRTCConfiguration,
    regions,
    staticIceServers,
    version: __VERSION__,
  };
  // Not enumerable: it is no part of the API.
  if (tag) Object.defineProperty(api, isSameTag, { value: rememberTag(tag) });
  const tagLoader = readOptions ? Object.getOwnPropertyDescriptors(startLoading(readOptions)) : {};
  (globalThis as ScriptGlobal).IceServers = Object.defineProperties(api, tagLoader);
}
