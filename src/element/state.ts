import type { Progress, ServerResult } from '../connectivity.js';
import { initialDeveloperState, nextDeveloperState, type DeveloperEvent, type DeveloperState } from './developer-state.js';
import { defaultStrings, type IceStrings } from './strings.js';
import type { IceReport } from './types.js';

export type Mode = 'customer' | 'developer';
export type Phase = 'idle' | 'loading' | 'servers' | 'quality' | 'done';

/** All that the element shows. */
export interface State {
  readonly mode: Mode;
  readonly phase: Phase;
  readonly hasWebRtc: boolean;
  readonly strings: Readonly<IceStrings>;
  /** For dates; empty for the browser's. */
  readonly language: string;
  readonly simulated: string;
  /** The URLs of the servers, once they are loaded. */
  readonly urls: readonly string[];
  /** By URL. */
  readonly results: ReadonlyMap<string, ServerResult>;
  /** The times of the packets that measure the quality, in milliseconds; `undefined` for one that has not arrived. */
  readonly packets: readonly (number | undefined)[];
  /** When the run is over at the latest, in epoch milliseconds. */
  readonly endsBy: number | undefined;
  readonly now: number;
  readonly report: IceReport | undefined;
  /** The report comes from elsewhere: this device has not tested. */
  readonly isShared: boolean;
  /** The run could not start, because an option is wrong. */
  readonly isWrong: boolean;
  /** What the last press of a button has done. */
  readonly said: Said | undefined;
  readonly developer: DeveloperState;
}

/** @see State.said */
export interface Said {
  readonly where: string;
  readonly what: 'copied' | 'shared' | 'not-copied' | 'deleted' | 'region';
  /** The text that could not be copied, or the region that the next test uses. */
  readonly text: string;
}

export type StateEvent =
  | { readonly type: 'setting'; readonly change: Partial<Pick<State, 'mode' | 'strings' | 'language' | 'simulated'>> }
  | { readonly type: 'start' }
  | { readonly type: 'loaded'; readonly urls: readonly string[] }
  | { readonly type: 'progress'; readonly progress: Progress; readonly now: number }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'result'; readonly result: ServerResult }
  | { readonly type: 'finish'; readonly report: IceReport }
  | { readonly type: 'show'; readonly report: IceReport | undefined }
  | { readonly type: 'wrong-option' }
  | { readonly type: 'said'; readonly said: Said | undefined }
  | { readonly type: 'developer'; readonly event: DeveloperEvent };

const nothingTested = {
  urls: [],
  results: new Map<string, ServerResult>(),
  packets: [],
  endsBy: undefined,
  report: undefined,
  isShared: false,
  isWrong: false,
  said: undefined,
} as const;

export function initialState(hasWebRtc: boolean): State {
  return {
    ...nothingTested,
    mode: 'customer',
    phase: 'idle',
    hasWebRtc,
    strings: defaultStrings,
    language: '',
    simulated: '',
    now: 0,
    developer: initialDeveloperState,
  };
}

/** Returns the state after an event. */
export function nextState(state: State, event: StateEvent): State {
  switch (event.type) {
    case 'setting':
      return { ...state, ...event.change };
    case 'start':
      return { ...state, ...nothingTested, phase: 'loading' };
    case 'loaded':
      return { ...state, phase: 'servers', urls: event.urls };
    case 'progress':
      return { ...state, ...afterProgress(state, event.progress, event.now) };
    case 'tick':
      return { ...state, now: event.now };
    case 'result':
      return { ...state, results: new Map([...state.results, [event.result.url, event.result]]) };
    case 'finish':
      return { ...state, ...afterRun(event.report), isShared: false };
    case 'show':
      return { ...state, ...nothingTested, phase: 'idle', ...(event.report && { ...afterRun(event.report), isShared: true }) };
    case 'wrong-option':
      return { ...state, phase: 'idle', isWrong: true };
    case 'said':
      return { ...state, said: event.said };
    case 'developer':
      return { ...state, ...afterDeveloperEvent(state, event.event) };
  }
}

export function isRunning({ phase }: Pick<State, 'phase'>): boolean {
  return phase !== 'idle' && phase !== 'done';
}

/** The seconds that the run takes at most from now on. */
export function secondsLeft({ endsBy, now }: Pick<State, 'endsBy' | 'now'>): number | undefined {
  return endsBy === undefined ? undefined : Math.max(1, Math.ceil((endsBy - now) / 1000));
}

function afterProgress(state: State, { phase, remaining, packets }: Progress, now: number): Partial<State> {
  // A promise of "at most" never grows.
  const endsBy = Math.min(state.endsBy ?? Infinity, now + remaining);
  return { phase, now, endsBy, packets: packets ?? state.packets };
}

/** Regions that are compared after the run belong to its report, too. */
function afterDeveloperEvent({ developer, report, isShared, said }: State, event: DeveloperEvent): Partial<State> {
  const isForReport = event.type === 'region-end' && report && !isShared;
  return {
    developer: nextDeveloperState(developer, event),
    ...(isForReport && { report: { ...report, regions: event.results } }),
    // After the next load, servers are stored again, so “Deleted” is no longer true.
    ...(event.type === 'logged' && said?.where === 'log' && { said: undefined }),
  };
}

function afterRun(report: IceReport): Partial<State> {
  const results = new Map(report.results.map((result) => [result.url, result]));
  return { phase: 'done', report, results, urls: [...results.keys()], endsBy: undefined };
}
