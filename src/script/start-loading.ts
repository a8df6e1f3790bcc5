import { createIceServersLoader } from '../create-ice-servers-loader.js';
import type { IceServersLoader, IceServersOptions, LoadedConfiguration } from '../types.js';

/** What a script tag with options adds to the global. */
export interface TagLoader {
  /** `undefined` if an option is wrong. */
  readonly loader: IceServersLoader | undefined;
  readonly ready: Promise<LoadedConfiguration>;
}

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
    () => announce('ready', loader?.status),
    (error: unknown) => {
      announce('error', error);
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

function announce(name: 'ready' | 'error', detail: unknown): void {
  document.dispatchEvent(new CustomEvent(`iceservers:${name}`, { detail }));
}

/** Waits until the page has loaded, because a script further down the page may still use `ready`. */
function afterPageLoad(callBack: () => void): void {
  if (document.readyState === 'complete') setTimeout(callBack);
  else window.addEventListener('load', callBack, { once: true });
}
