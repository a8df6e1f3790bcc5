import type { IconName } from './icons.js';
import type { CallState, Condition, LaneName, LaneState } from './call-state.js';

export interface Headline {
  readonly icon: IconName;
  readonly tone: 'neutral' | 'good' | 'warn' | 'bad';
  readonly words: string;
}

export const laneTitles: Readonly<Record<LaneName, string>> = { kept: 'With keepFresh', plain: 'Without keepFresh' };

const conditions: Readonly<Record<Condition, Headline>> = {
  waiting: { icon: 'open', tone: 'neutral', words: 'Idle' },
  alive: { icon: 'yes', tone: 'good', words: 'Alive' },
  silent: { icon: 'warn', tone: 'warn', words: 'No answers' },
  dead: { icon: 'no', tone: 'bad', words: 'Dead' },
};

export function laneHeadline({ condition }: LaneState, phase: CallState['phase']): Headline {
  const isConnecting = condition === 'waiting' && phase === 'connecting';
  return isConnecting ? { icon: 'busy', tone: 'neutral', words: 'Connecting' } : conditions[condition];
}

/** Returns one or two sentences about both calls. They change only if something has changed for the reader. */
export function summary(state: CallState): string {
  const { phase, problem, lifeSeconds } = state;
  switch (phase) {
    case 'idle':
      return `Two calls use one TURN server and one credential, which expires after ${lifeSeconds} seconds. One line of code makes the difference.`;
    case 'connecting':
      return 'Both calls are connecting through the TURN server.';
    case 'running':
      return runningSummary(state);
    case 'failed':
      return problem!;
    default:
      return endSummary(state);
  }
}

function runningSummary({ lanes: { kept, plain }, firstEndMs, nowMs, dropsAtExpiry, lifeSeconds }: CallState): string {
  const isOver = firstEndMs <= nowMs;
  const both = `${kept.condition} ${plain.condition}`;
  switch (both) {
    case 'alive alive':
      if (!isOver) return `Both calls are alive. Their credential expires after ${lifeSeconds} seconds.`;
      return dropsAtExpiry
        ? 'The first credential has expired.'
        : 'The first credential has expired, and this TURN server lets the call without keepFresh go on for now.';
    case 'alive dead':
      return 'The call without keepFresh is dead: the TURN server dropped it when its credential expired. The call with keepFresh has a new credential, and goes on.';
    case 'alive silent':
      return 'The call without keepFresh gets no answers. Its credential is still valid, so there is another cause.';
    default:
      return 'The call with keepFresh gets no answers. The list below shows when this began.';
  }
}

function endSummary({ phase, lanes: { kept, plain }, nowMs }: CallState): string {
  const begin = phase === 'finished' ? '' : `Stopped after ${Math.round(nowMs / 1000)} s. `;
  if (kept.tally.sent === 0) return `${begin}The calls had not connected yet.`;
  return `${begin}With keepFresh, ${lossWords(kept)}. Without it, ${deathWords(plain) || lossWords(plain)}.`;
}

function lossWords({ tally: { lost, answered } }: LaneState): string {
  const lostWords = lost === 0 ? 'no message was lost' : `${messages(lost)} ${wasOrWere(lost)} lost`;
  return `${lostWords} and ${answered} ${wasOrWere(answered)} answered`;
}

function deathWords({ condition, outages, tally: { lost } }: LaneState): string {
  const outage = outages.at(-1);
  if (condition !== 'dead' || !outage) return '';
  return `the call dropped after ${Math.round(outage.fromMs / 1000)} s and lost ${messages(lost)}`;
}

function wasOrWere(count: number): string {
  return count === 1 ? 'was' : 'were';
}

function messages(count: number): string {
  return `${count} ${count === 1 ? 'message' : 'messages'}`;
}

export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
