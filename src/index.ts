export { createIceServersLoader } from './create-ice-servers-loader.js';
export type { IceServersErrorCode } from './errors/error-policy.js';
export { IceServersError, isIceServersError } from './errors/ice-servers-error.js';
export { keepFresh } from './keep-fresh/keep-fresh.js';
export { loadRTCConfiguration } from './load-rtc-configuration.js';
export { regions, type Region } from './regions.js';
export { staticIceServers } from './static-ice-servers.js';
export type {
  ApiKeyFunction,
  ExpiringApiKey,
  GetServersFunction,
  IceServersEventMap,
  IceServersLoader,
  IceServersOptions,
  IceServersStatus,
  IceServersStorage,
  KeepFreshOptions,
  LoadedConfiguration,
  LoadOptions,
  SourceContext,
} from './types.js';
