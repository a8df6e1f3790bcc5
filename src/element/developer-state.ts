import type { RegionResult } from '../connectivity.js';
import type { EarlierRun } from './earlier-runs.js';
import type { IceLoad } from './types.js';

export const tabNames = ['configuration', 'code', 'report', 'log', 'earlier'] as const;
export type TabName = (typeof tabNames)[number];

/** One load of the log. */
export interface LogEntry extends IceLoad {
  /** In epoch milliseconds. */
  readonly at: number;
  readonly urlCount: number;
}

/** What developer mode shows beside the results. */
export interface DeveloperState {
  readonly tab: TabName;
  /** The loaded configuration as JSON, with its secrets masked. */
  readonly configuration: string;
  /** The newest comes first. */
  readonly log: readonly LogEntry[];
  /** The newest comes first. */
  readonly earlier: readonly EarlierRun[];
  readonly regions: RegionsState;
}

export interface RegionsState {
  readonly phase: 'idle' | 'running' | 'done';
  readonly names: readonly string[];
  /** As they come in, and in the end the nearest first. */
  readonly results: readonly RegionResult[];
}

export type DeveloperEvent =
  | { readonly type: 'tab'; readonly tab: TabName }
  | { readonly type: 'logged'; readonly entry: LogEntry; readonly configuration: string }
  | { readonly type: 'earlier'; readonly earlier: readonly EarlierRun[] }
  | { readonly type: 'region-names'; readonly names: readonly string[] }
  | { readonly type: 'region-start' }
  | { readonly type: 'region-result'; readonly result: RegionResult }
  | { readonly type: 'region-end'; readonly results: readonly RegionResult[] };

/** Those that Metered documents as continents. */
export const continents: readonly string[] = ['global', 'north_america', 'europe', 'asia', 'oceania', 'india'];

const longestLog = 20;

export const initialDeveloperState: DeveloperState = {
  tab: 'configuration',
  configuration: '',
  log: [],
  earlier: [],
  regions: { phase: 'idle', names: continents, results: [] },
};

export function nextDeveloperState(state: DeveloperState, event: DeveloperEvent): DeveloperState {
  switch (event.type) {
    case 'tab':
      return { ...state, tab: event.tab };
    case 'logged':
      return {
        ...state,
        log: [event.entry, ...state.log].slice(0, longestLog),
        configuration: event.configuration || state.configuration,
      };
    case 'earlier':
      return { ...state, earlier: event.earlier };
    default:
      return { ...state, regions: nextRegions(state.regions, event) };
  }
}

function nextRegions(regions: RegionsState, event: Extract<DeveloperEvent, { type: `region-${string}` }>): RegionsState {
  switch (event.type) {
    case 'region-names':
      return { phase: 'idle', names: event.names, results: [] };
    case 'region-start':
      return { ...regions, phase: 'running', results: [] };
    case 'region-result':
      return { ...regions, results: [...regions.results.filter(({ region }) => region !== event.result.region), event.result] };
    case 'region-end':
      return { ...regions, phase: 'done', results: event.results };
  }
}
