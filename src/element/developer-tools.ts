import { compareRegions, type RegionResult } from '../connectivity.js';
import {
  createIceServersLoader,
  isIceServersError,
  regions as documentedRegions,
  type IceServersLoader,
  type IceServersOptions,
} from '../index.js';
import { appOf } from './attributes.js';
import { continents, type DeveloperEvent, type TabName } from './developer-state.js';
import { keepRun, readEarlierRuns } from './earlier-runs.js';
import { maskedConfiguration } from './masked-configuration.js';
import { loadServers } from './test-run.js';
import type { IceLoad, IceReport } from './types.js';
import { urlsOf } from './ways.js';

export interface DeveloperActions {
  readonly selectTab: (tab: TabName) => void;
  /** Loads as the app does: from memory, if it is still fresh. */
  readonly load: () => void;
  /** Loads as a page does that has just been opened: from storage, if it is still fresh. */
  readonly loadAsNewPage: () => void;
  readonly reload: () => void;
  /** Deletes the stored servers, so that the next load asks the service. */
  readonly deleteStored: () => void;
  readonly chooseRegions: (all: boolean) => void;
  readonly compare: () => void;
  readonly stopComparing: () => void;
}

interface ToolsHost {
  readonly options: () => IceServersOptions;
  readonly loader: () => IceServersLoader;
  readonly regionNames: () => readonly string[];
  readonly dispatch: (event: DeveloperEvent) => void;
  readonly onDelete: () => void;
}

/** What developer mode can do beside the test. */
export class DeveloperTools {
  readonly actions: DeveloperActions = {
    selectTab: (tab) => this.#host.dispatch({ type: 'tab', tab }),
    load: () => void this.#load(this.#host.loader),
    loadAsNewPage: () => void this.#loadAsNewPage(),
    reload: () => void this.#load(this.#host.loader, 'reload'),
    deleteStored: () => void this.#deleteStored(),
    chooseRegions: (all) => this.#host.dispatch({ type: 'region-names', names: all ? documentedRegions : continents }),
    compare: () => void this.#compare(),
    stopComparing: () => this.#abortController.abort(),
  };
  readonly #host: ToolsHost;
  #abortController = new AbortController();
  #app = '';

  constructor(host: ToolsHost) {
    this.#host = host;
  }

  /** Drops the regions if the app is another one: what was measured for one app says nothing about another. */
  onOptionsChange(): void {
    const app = appOf(this.#host.options());
    if (app === this.#app) return;
    this.#app = app;
    this.#abortController.abort();
    this.#abortController = new AbortController();
    this.#host.dispatch({ type: 'region-names', names: this.#host.regionNames() });
  }

  /** Adds a load to the log. */
  log(load: IceLoad, servers: readonly RTCIceServer[]): void {
    const entry = { ...load, at: Date.now(), urlCount: urlsOf(servers).length };
    this.#host.dispatch({ type: 'logged', entry, configuration: maskedConfiguration(servers) });
  }

  readEarlierRuns(): void {
    this.#host.dispatch({ type: 'earlier', earlier: readEarlierRuns() });
  }

  keepRun(report: IceReport): void {
    this.#host.dispatch({ type: 'earlier', earlier: keepRun(report) });
  }

  async #load(getLoader: () => IceServersLoader, cache: 'default' | 'reload' = 'default'): Promise<void> {
    try {
      const { load, iceServers = [] } = await loadServers(getLoader, { cache });
      this.log(load, iceServers);
    } catch (error) {
      console.error(error);
    }
  }

  async #deleteStored(): Promise<void> {
    try {
      await this.#host.loader().invalidate();
      this.#host.onDelete();
    } catch (error) {
      console.error(error);
    }
  }

  async #loadAsNewPage(): Promise<void> {
    let loader: IceServersLoader | undefined;
    await this.#load(() => {
      loader = createIceServersLoader(this.#host.options());
      return loader;
    });
    loader?.dispose();
  }

  async #compare(): Promise<void> {
    const { dispatch } = this.#host;
    const names = this.#host.regionNames();
    this.#abortController = new AbortController();
    const { signal } = this.#abortController;
    const isCurrent = (): boolean => signal === this.#abortController.signal;
    dispatch({ type: 'region-start' });
    try {
      const onResult = (result: RegionResult): void => {
        if (isCurrent()) dispatch({ type: 'region-result', result });
      };
      const results = await compareRegions(this.#host.options(), { regions: names, signal, onResult });
      if (isCurrent()) dispatch({ type: 'region-end', results });
    } catch (error) {
      console.error(error);
      if (!isCurrent()) return;
      const status = isIceServersError(error) ? error.code : 'error';
      dispatch({ type: 'region-end', results: names.map((region) => ({ region, samples: [], status })) });
    }
  }
}
