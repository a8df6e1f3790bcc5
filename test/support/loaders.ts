import { vi } from 'vitest';
import {
  createIceServersLoader,
  type IceServersError,
  type IceServersLoader,
  type IceServersOptions,
  type IceServersStatus,
} from '../../src/index.js';
import { apiKey, createEndpoint, type Answer, type Endpoint } from './endpoint.js';
import { afterTest } from './world.js';

/** A loader that is disposed of when the test is over. */
export const makeLoader = (options: IceServersOptions | string | URL): IceServersLoader => {
  const loader = createIceServersLoader(options);
  afterTest(loader.dispose);
  return loader;
};

export interface Tab {
  readonly loader: IceServersLoader;
  readonly endpoint: Endpoint;
  /** Another loader of the same options, as in another tab or after a reload: it shares storage and endpoint, and no memory. */
  readonly anotherTab: (more?: Partial<IceServersOptions>) => IceServersLoader;
}

/** A loader for the demo app and a stand-in endpoint that gives these answers, then good ones. */
export const openTab = (options: Partial<IceServersOptions> = {}, ...answers: Answer[]): Tab => {
  const endpoint = createEndpoint(...answers);
  const all = { appName: 'demo', apiKey, fetch: endpoint.fetch, ...options };
  return {
    endpoint,
    loader: makeLoader(all),
    anotherTab: (more) => makeLoader({ ...all, ...more }),
  };
};

/** Which answer of the stand-in these servers are from: `user-1`, `user-2`, … */
export const userOf = (configuration: RTCConfiguration | undefined): string | undefined =>
  configuration?.iceServers?.find(({ username }) => username)?.username;

export const urlsOf = (configuration: RTCConfiguration | undefined): string[] =>
  configuration?.iceServers?.flatMap(({ urls }) => urls) ?? [];

/** The errors that the loader's `error` events carry, as they come. */
export const errorsOf = (loader: IceServersLoader): IceServersError[] => {
  const errors: IceServersError[] = [];
  loader.addEventListener('error', (event) => void errors.push(event.detail));
  return errors;
};

/** What the loader's `refresh` events carry, as they come. It keeps the loader refreshing, as any listener does. */
export const refreshesOf = (loader: IceServersLoader): IceServersStatus[] => {
  const statuses: IceServersStatus[] = [];
  loader.addEventListener('refresh', (event) => void statuses.push(event.detail));
  return statuses;
};

/** Every draw of chance gives this from now on. */
export const mockRandom = (share: number): void => void vi.spyOn(Math, 'random').mockReturnValue(share);
