import type { Tally } from './messages.js';

export type HappeningKind = 'start' | 'password' | 'move' | 'silence' | 'back' | 'switch' | 'trouble' | 'end';

/** Something that happened to the call, in words. */
export interface Happening {
  /** Milliseconds since the call began. */
  readonly atMs: number;
  readonly kind: HappeningKind;
  readonly words: string;
}

export type Condition = 'idle' | 'connecting' | 'alive' | 'silent' | 'dead' | 'ended';

export interface CallState {
  readonly phase: 'idle' | 'connecting' | 'running' | 'ended';
  readonly condition: Condition;
  readonly isKept: boolean;
  /** Why the call could not begin. */
  readonly trouble: string | undefined;
  readonly tally: Tally;
  readonly passwords: number;
  readonly moves: number;
  /** The newest first. */
  readonly happenings: readonly Happening[];
  readonly lifeSeconds: number;
  readonly cutsAtExpiry: boolean;
  /** How long the password that the call has still lives. */
  readonly leftMs: number;
  readonly chart: HTMLElement;
}

export interface CallActions {
  readonly start: () => void;
  readonly stop: () => void;
  readonly setKept: (kept: boolean) => void;
}

const silentAfterMs = 1500;
const deadAfterMs = 5000;

/** How the call is, by what is heard of it: a connection says it only after half a minute. */
export const conditionOf = ({ phase, tally }: Pick<CallState, 'phase' | 'tally'>): Condition => {
  if (phase !== 'running') return phase;
  if (!tally.answered) return 'connecting';
  return tally.silentMs > deadAfterMs ? 'dead' : tally.silentMs > silentAfterMs ? 'silent' : 'alive';
};
