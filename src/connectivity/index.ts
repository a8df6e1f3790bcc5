export { compareRegions } from './compare-regions.js';
export { testConnectivity } from './test-connectivity.js';
export type {
  CompareRegionsOptions,
  ConnectivityOptions,
  ConnectivityReport,
  RegionResult,
  RegionStatus,
  RelayQuality,
  ServerCandidate,
  ServerFault,
  ServerKind,
  ServerResult,
  ServerStage,
  ServerStatus,
  ServerTransport,
  Verdict,
} from './types.js';
