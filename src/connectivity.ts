export { compareRegions } from './connectivity/compare-regions.js';
export { testConnectivity } from './connectivity/test-connectivity.js';
export type {
  CallQuality,
  CompareRegionsOptions,
  ConnectivityOptions,
  ConnectivityReport,
  Progress,
  QualityGrade,
  RegionResult,
  RegionStatus,
  RelayQuality,
  ReportData,
  ServerCandidate,
  ServerFault,
  ServerKind,
  ServerResult,
  ServerStage,
  ServerStatus,
  ServerTransport,
  Verdict,
} from './connectivity/types.js';
