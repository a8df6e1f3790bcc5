export { createIceServersLoader } from './create.js';
export { IceServersError, isIceServersError, type IceServersErrorCode } from './errors.js';
export { regions, type Region } from './regions.js';
export { loadRTCConfiguration } from './shared.js';
export { staticIceServers } from './static-ice-servers.js';
export type { IceServersEventMap, IceServersLoader, IceServersOptions, IceServersStatus, IceServersStorage, LoadOptions } from './types.js';
