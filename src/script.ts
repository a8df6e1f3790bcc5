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

declare const __VERSION__: string;

type ScriptGlobal = typeof globalThis & { IceServers?: { readonly version?: unknown } };

// The script tag is known only while it runs: in a module or a callback it is null, and in a worker there is no document.
const tag = globalThis.document?.currentScript;

if (typeof (globalThis as ScriptGlobal).IceServers?.version === 'string') {
  console.warn('ice-servers-loader was loaded twice. The first copy stays in use; remove one script tag.');
} else {
  defineGlobal();
}

function defineGlobal(): void {
  const readOptions = tag ? findScriptOptions(tag.dataset) : undefined;
  // The exports are listed by name, because a namespace object would add 70 bytes of the bundler's code.
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
  const tagLoader = readOptions ? Object.getOwnPropertyDescriptors(startLoading(readOptions)) : {};
  (globalThis as ScriptGlobal).IceServers = Object.defineProperties(api, tagLoader);
}
