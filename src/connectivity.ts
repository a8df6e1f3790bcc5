export { compareRegions } from './connectivity/compare-regions.js';
export { testConnectivity } from './connectivity/test-connectivity.js';
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
} from './connectivity/types.js';
