import type { Message, Tally } from './messages.js';
import type { Outage } from './outages.js';
import type { Pause } from './pauses.js';

/** `kept` is the call with keepFresh, `plain` the call without it. */
export const laneNames = ['kept', 'plain'] as const;
export type LaneName = (typeof laneNames)[number];

/** `dead` means that messages are no longer answered and that the credential had expired when this began. */
export type Condition = 'waiting' | 'alive' | 'silent' | 'dead';

export interface LaneState {
  readonly condition: Condition;
  readonly tally: Tally;
  readonly messages: readonly Message[];
  readonly outages: readonly Outage[];
  /** `Infinity` before there is a credential. */
  readonly credentialEndsMs: number;
}

/** Something that only the comparison knows. Everything else is derived from the lanes. */
export interface Note {
  readonly atMs: number;
  readonly kind: 'open' | 'credential' | 'trouble' | 'end';
  readonly words: string;
}

export type Phase = 'idle' | 'connecting' | 'running' | 'finished' | 'stopped' | 'failed';

/** Everything that the page shows. All times are milliseconds since Start was pressed, on one clock for both calls. */
export interface CallState {
  readonly phase: Phase;
  readonly nowMs: number;
  readonly durationMs: number;
  readonly lifeSeconds: number;
  readonly lanes: Readonly<Record<LaneName, LaneState>>;
  /** When the first credential of both calls expires. */
  readonly firstEndMs: number;
  readonly notes: readonly Note[];
  /** Pauses of at least one second. */
  readonly pauses: readonly Pause[];
  /** Why the calls could not start. */
  readonly problem: string | undefined;
  /** Whether the TURN server is known to drop a call's relay when its credential expires. */
  readonly dropsAtExpiry: boolean;
}
