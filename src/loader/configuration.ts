import { copyServers, trimServers } from '../credentials/ice-servers.js';
import type { Settings } from '../options/loader-options.js';
import type { LoadedConfiguration } from '../types.js';

type ConfigurationSettings = Pick<Settings, 'rtcConfiguration' | 'maxUrls'>;

/** Builds the configuration for a caller: the loaded servers, then those of the app, in a deep copy that the caller may change. */
export function buildConfiguration(loaded: readonly RTCIceServer[], settings: ConfigurationSettings): LoadedConfiguration {
  const { rtcConfiguration } = settings;
  const { certificates } = rtcConfiguration;
  return {
    ...rtcConfiguration,
    ...(certificates && { certificates: [...certificates] }),
    iceServers: buildServers(loaded, settings),
  };
}

export function buildServers(loaded: readonly RTCIceServer[], { rtcConfiguration, maxUrls }: ConfigurationSettings): RTCIceServer[] {
  return trimServers(copyServers([...loaded, ...rtcConfiguration.iceServers]), maxUrls);
}
