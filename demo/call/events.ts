import type { CallState, LaneName } from './call-state.js';
import type { Outage } from './outages.js';
import type { Pause } from './pauses.js';

export type EventKind = 'open' | 'credential' | 'expiry' | 'silence' | 'back' | 'pause' | 'trouble' | 'end';

/** A description of something that happened. The chart marks it with its number. */
export interface CallEvent {
  readonly atMs: number;
  readonly kind: EventKind;
  /** `undefined` if it concerns both calls. */
  readonly lane: LaneName | undefined;
  readonly words: string;
}

/** Lists what has happened so far, oldest first. */
export function listEvents({ lanes, notes, pauses, firstEndMs, nowMs }: CallState): CallEvent[] {
  const events: CallEvent[] = [
    ...notes.map(({ atMs, kind, words }) => ({ atMs, kind, words, lane: kind === 'credential' ? ('kept' as const) : undefined })),
    ...lanes.kept.outages.flatMap((outage) => outageEvents(outage, 'kept', 'With keepFresh')),
    ...lanes.plain.outages.flatMap((outage) => outageEvents(outage, 'plain', 'Without keepFresh')),
    ...pauses.map(pauseEvent),
  ];
  if (firstEndMs <= nowMs) {
    events.push({ atMs: firstEndMs, kind: 'expiry', lane: undefined, words: 'The first credential has expired.' });
  }
  return events.sort((one, other) => one.atMs - other.atMs);
}

function outageEvents({ fromMs, toMs, cause }: Outage, lane: LaneName, call: string): CallEvent[] {
  const reason =
    cause === 'credential'
      ? 'its credential has expired, and the TURN server drops the call.'
      : 'its credential is still valid, so there is another cause.';
  const events: CallEvent[] = [{ atMs: fromMs, kind: 'silence', lane, words: `${call}, messages are no longer answered: ${reason}` }];
  if (toMs !== undefined) events.push({ atMs: toMs, kind: 'back', lane, words: `${call}, messages are answered again.` });
  return events;
}

function pauseEvent({ fromMs, toMs }: Pause): CallEvent {
  const seconds = ((toMs - fromMs) / 1000).toFixed(1);
  const words = `This page was paused for ${seconds} s: it was busy, or its tab was in the background. Neither call is to blame.`;
  return { atMs: fromMs, kind: 'pause', lane: undefined, words };
}
