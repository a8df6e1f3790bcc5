import type { IceServersLoader, IceServersStatus, LoadedConfiguration } from '../types.js';

/** What the global `IceServers` has in addition to the exports of `ice-servers-loader`. */
export interface ScriptGlobal {
  /** The version of this package. */
  readonly version: string;
  /** The loader of the tag's options, for later connections. It exists only with `data-*` and is `undefined` if an option is wrong. */
  readonly loader: IceServersLoader | undefined;
  /**
   * The first load of the tag's options, which starts while the page is parsed. It exists only with `data-*`. It rejects as `load` does, or
   * with a `TypeError` for a wrong option. If nothing reads `ready`, a failure is logged as a warning.
   */
  readonly ready: Promise<LoadedConfiguration>;
}

/** The events that the script tag fires on `document`. */
export interface ScriptEventMap {
  /** Fired when the first load succeeds. `detail` is the status. */
  'iceservers:ready': CustomEvent<IceServersStatus>;
  /** Fired when the first load fails, or if an option is wrong. `detail` is the error. */
  'iceservers:error': CustomEvent<unknown>;
}
