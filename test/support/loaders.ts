import { vi } from 'vitest';
import {
  createIceServersLoader,
  keepFresh,
  type IceServersError,
  type IceServersLoader,
  type IceServersOptions,
  type IceServersStatus,
  type KeepFreshOptions,
} from '../../src/index.js';
import type { AllOptions } from '../../src/types.js';
import type { FakeConnection } from './connection.js';
import { apiKey, createEndpoint, type Answer, type Endpoint } from './endpoint.js';
import { afterTest } from './world.js';

/** A loader that is disposed of after the test. */
export const makeLoader = (options: IceServersOptions | string | URL): IceServersLoader => {
  const loader = createIceServersLoader(options);
  afterTest(loader.dispose);
  return loader;
};

export interface Tab {
  readonly loader: IceServersLoader;
  readonly endpoint: Endpoint;
  /** Another loader with the same options except `autoRefresh`, as in another tab or after a reload: it shares storage and endpoint, but not memory. */
  readonly anotherTab: (more?: AllOptions) => IceServersLoader;
}

/** A loader for the demo app, and a stand-in endpoint that sends these answers first, and then good ones. */
export const openTab = ({ autoRefresh, ...options }: AllOptions = {}, ...answers: Answer[]): Tab => {
  const endpoint = createEndpoint(...answers);
  const shared = { appName: 'demo', apiKey, fetch: endpoint.fetch, ...options };
  const open = (more: AllOptions = {}): IceServersLoader => makeLoader({ ...shared, ...more } as IceServersOptions);
  return { endpoint, loader: open({ autoRefresh }), anotherTab: open };
};

/** What `keepFresh` gets its servers from. */
export type Source = Parameters<typeof keepFresh>[1];

/** Keeps the servers of a connection fresh until the returned function is called, or the test is over. */
export const keep = (connection: FakeConnection | RTCPeerConnection, source: Source, options?: KeepFreshOptions): (() => void) => {
  const stop = keepFresh(connection as RTCPeerConnection, source, options);
  afterTest(stop);
  return stop;
};

/** The username, which shows the number of the stand-in's answer: `user-1`, `user-2`, … */
export const userOf = (configuration: RTCConfiguration | undefined): string | undefined =>
  configuration?.iceServers?.find(({ username }) => username)?.username;

export const urlsOf = (configuration: RTCConfiguration | undefined): string[] =>
  configuration?.iceServers?.flatMap(({ urls }) => urls) ?? [];

/** The details of the loader's `error` events, as they come. */
export const errorsOf = (loader: IceServersLoader): IceServersError[] => {
  const errors: IceServersError[] = [];
  loader.addEventListener('error', (event) => void errors.push(event.detail));
  return errors;
};

/** The details of the loader's `refresh` events, as they come. */
export const refreshesOf = (loader: IceServersLoader): IceServersStatus[] => {
  const statuses: IceServersStatus[] = [];
  loader.addEventListener('refresh', (event) => void statuses.push(event.detail));
  return statuses;
};

/** `Math.random` returns this value from now on. */
export const mockRandom = (value: number): void => void vi.spyOn(Math, 'random').mockReturnValue(value);
