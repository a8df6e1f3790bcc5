import type { IceServersStatus } from 'ice-servers-loader';
import type { ConnectivityReport, RegionResult, ServerResult } from 'ice-servers-loader/connectivity';
import type { Form } from '../app-address.js';
import type { PageConfig, Scenario } from '../page-config.js';
import type { Problem } from './load-words.js';
import type { ServerUrl } from '../server-list.js';

export type Phase = 'idle' | 'loading' | 'testing' | 'done';

/** All that the page shows. */
export interface State {
  readonly config: PageConfig;
  readonly hasWebRtc: boolean;
  readonly form: Form;
  /** Whether the form lies open, as there is something to fill in. */
  readonly opensForm: boolean;
  /** Whether the key is kept on this device for the next visit. */
  readonly remembers: boolean;
  readonly scenario: Scenario | undefined;
  readonly phase: Phase;
  readonly wasStopped: boolean;
  readonly problem: Problem | undefined;
  readonly status: IceServersStatus | undefined;
  readonly servers: readonly ServerUrl[];
  /** This browser does not take the certificate of the stand-in, which is its own: its TLS is not tested. */
  readonly leavesOutTls: boolean;
  readonly results: ReadonlyMap<string, ServerResult>;
  readonly report: ConnectivityReport | undefined;
  readonly testedAt: Date | undefined;
  readonly regions: RegionsState;
  /** What a button of the servers or of the report has just done, for everybody to see and for a screen reader to say. */
  readonly said: Readonly<Record<'load' | 'share', string>>;
}

export interface RegionsState {
  readonly names: readonly string[];
  readonly results: readonly RegionResult[];
  readonly phase: Exclude<Phase, 'loading'>;
  /** Why the comparison could not begin. */
  readonly problem: string | undefined;
}

export interface Actions {
  readonly edit: (change: Partial<Form>) => void;
  /** When the address is left. */
  readonly tidy: () => void;
  readonly remember: (remembers: boolean) => void;
  readonly test: () => void;
  readonly stop: () => void;
  readonly refresh: () => void;
  readonly forget: () => void;
  readonly show: (scenario: Scenario | undefined) => void;
  readonly chooseRegions: (all: boolean) => void;
  readonly compare: () => Promise<void>;
  readonly copyText: () => void;
  readonly copyLink: () => void;
  readonly download: () => void;
}

/** What is asked for the servers: in a trouble another address than the form's. */
export const askedApp = ({ scenario, form }: Pick<State, 'scenario' | 'form'>): string => scenario?.endpoint ?? form.app;

/** A trouble takes the key of the stand-in, whatever the form has: that one is for another app. */
export const askedKey = ({ scenario, config, form }: Pick<State, 'scenario' | 'config' | 'form'>): string =>
  scenario ? config.apiKey : form.apiKey;

/** Whether the servers are those of the local stand-in, and not somebody's whose name was typed in. */
export const asksStandIn = ({ config, scenario, form }: Pick<State, 'config' | 'scenario' | 'form'>): boolean =>
  config.mode === 'stand-in' && (!!scenario || form.app === config.app);

/** Whether the test passes a server over. */
export const isLeftOut = ({ leavesOutTls }: Pick<State, 'leavesOutTls'>, { kind }: Pick<ServerUrl, 'kind'>): boolean =>
  leavesOutTls && kind === 'turns';

export const isBusy = ({ phase }: Pick<State, 'phase'>): boolean => phase === 'loading' || phase === 'testing';
