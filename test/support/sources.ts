import { vi } from 'vitest';
import type { ApiKeyFunction, ExpiringApiKey, SourceContext } from '../../src/index.js';
import type { AllOptions } from '../../src/types.js';
import type { Answer } from './endpoint.js';
import { openTab } from './loaders.js';

/** The key that the function of `createKeys` returns at this call. */
export const keyNumber = (count: number): string => `minted-key-${count}`;

/** An `apiKey` function that returns another key each time. */
export const createKeys = (more: Partial<ExpiringApiKey> = {}) => {
  let count = 0;
  return vi.fn<(context: SourceContext) => ExpiringApiKey>(() => ({ apiKey: keyNumber(++count), ...more }));
};

/** A tab of an app whose key comes from a function. */
export const openKeyTab = (apiKey: ApiKeyFunction, options: AllOptions = {}, ...answers: Answer[]) =>
  openTab({ apiKey, ...options }, ...answers);

/** A tab of an app whose servers come from a function; its endpoint is never asked. */
export const openServersTab = (getServers: AllOptions['getServers'], options: AllOptions = {}) =>
  openTab({ appName: undefined, apiKey: undefined, getServers, ...options });

/** A function that never answers, and the signals that it got. */
export const createHangingSource = () => {
  const signals: AbortSignal[] = [];
  return {
    signals,
    source: ({ signal }: SourceContext): Promise<never> => {
      signals.push(signal);
      return new Promise(() => {});
    },
  };
};
