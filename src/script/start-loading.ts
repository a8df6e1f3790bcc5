import { createIceServersLoader } from '../create-ice-servers-loader.js';
import type { IceServersLoader, IceServersOptions, LoadedConfiguration } from '../types.js';
import type { ScriptEventMap, ScriptGlobal } from './types.js';

/** What a script tag with options adds to the global. */
type TagLoader = Omit<ScriptGlobal, 'version'>;

/** Starts to load while the page is parsed. It never throws: for a wrong option, `ready` rejects. */
export function startLoading(readOptions: () => IceServersOptions): TagLoader {
  let loader: IceServersLoader | undefined;
  let isReadyUsed = false;
  const load = async (): Promise<LoadedConfiguration> => {
    loader = createIceServersLoader(readOptions());
    return loader.load();
  };
  const ready = load();
  ready.then(
    () => announce('iceservers:ready', loader?.status),
    (error: unknown) => {
      announce('iceservers:error', error);
      afterPageLoad(() => {
        if (!isReadyUsed) console.warn(String(error));
      });
    },
  );
  return {
    loader,
    get ready() {
      isReadyUsed = true;
      return ready;
    },
  };
}

function announce(type: keyof ScriptEventMap, detail: unknown): void {
  document.dispatchEvent(new CustomEvent(type, { detail }));
}

/** Waits until the page has loaded, because a script further down the page may still use `ready`. */
function afterPageLoad(callBack: () => void): void {
  if (document.readyState === 'complete') setTimeout(callBack);
  else window.addEventListener('load', callBack, { once: true });
}
