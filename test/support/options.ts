import { vi } from 'vitest';
import { createIceServersLoader, type IceServersOptions } from '../../src/index.js';
import { apiKey, createEndpoint } from './endpoint.js';
import { makeLoader } from './loaders.js';
import { settle } from './world.js';

/** What the factory throws for options that no type would allow. */
export const optionsError = (options: unknown): Error => {
  try {
    createIceServersLoader(options as IceServersOptions);
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
};

/** The address that a loader with these options requests. */
export const requestedAddress = async (options: IceServersOptions | string | URL): Promise<string> => {
  const endpoint = createEndpoint();
  vi.stubGlobal('fetch', endpoint.fetch);
  vi.stubGlobal('indexedDB', undefined);
  await settle(makeLoader(options).load());
  return endpoint.requests[0]!.url.href;
};

/** The address of Metered's endpoint for this key and app. */
export const requestAddress = (key = apiKey, app = 'demo'): string => `https://${app}.metered.live/api/v1/turn/credentials?apiKey=${key}`;
