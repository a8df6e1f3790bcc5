import { describe, expect, it } from 'vitest';
import type { CallState, Condition, LaneState } from '../../demo/call/call-state.js';
import { chartData } from '../../demo/call/chart-data.js';
import { listEvents } from '../../demo/call/events.js';
import { summary } from '../../demo/call/words.js';

const laneOf = (condition: Condition, more: Partial<LaneState> = {}): LaneState => ({
  condition,
  tally: { sent: 1500, answered: 1500, lost: 0, roundTripMs: 2 },
  messages: [],
  outages: [],
  credentialEndsMs: 20_000,
  ...more,
});

const stateOf = (kept: LaneState, plain: LaneState, more: Partial<CallState> = {}): CallState => ({
  phase: 'running',
  nowMs: 10_000,
  durationMs: 60_000,
  lifeSeconds: 20,
  lanes: { kept, plain },
  firstEndMs: 20_000,
  notes: [],
  pauses: [],
  problem: undefined,
  dropsAtExpiry: true,
  ...more,
});

const alive = laneOf('alive');
const dead = laneOf('dead', {
  tally: { sent: 1500, answered: 500, lost: 1000, roundTripMs: undefined },
  outages: [{ fromMs: 20_100, cause: 'credential' }],
});

describe('the summary', () => {
  it('blames the credential for a dead call', () => {
    expect(summary(stateOf(alive, dead, { nowMs: 25_000 }))).toContain('the TURN server dropped it when its credential expired');
  });

  it('does not blame the credential for a call that is silent for another reason', () => {
    expect(summary(stateOf(alive, laneOf('silent')))).toContain('Its credential is still valid, so there is another cause.');
  });

  it('says that a server lets a call run on, if it does and nobody knew', () => {
    expect(summary(stateOf(alive, alive, { nowMs: 25_000, dropsAtExpiry: false }))).toContain('lets the call without keepFresh go on');
  });

  it('tells in the end when the one call died, and that the other lost nothing', () => {
    expect(summary(stateOf(alive, dead, { phase: 'finished', nowMs: 60_000 }))).toBe(
      'With keepFresh, no message was lost and 1500 were answered. Without it, the call dropped after 20 s and lost 1000 messages.',
    );
  });

  it.each([
    [{ answered: 1, lost: 0 }, 'With keepFresh, no message was lost and 1 was answered.'],
    [{ answered: 2, lost: 0 }, 'With keepFresh, no message was lost and 2 were answered.'],
    [{ answered: 1, lost: 1 }, 'With keepFresh, 1 message was lost and 1 was answered.'],
    [{ answered: 0, lost: 2 }, 'With keepFresh, 2 messages were lost and 0 were answered.'],
  ])('counts one message in the singular: %j', (counts, words) => {
    const kept = laneOf('alive', { tally: { sent: 2, roundTripMs: 2, ...counts } });
    expect(summary(stateOf(kept, dead, { phase: 'finished' }))).toContain(words);
  });

  it('says that calls which were stopped early were not connected', () => {
    const waiting = laneOf('waiting', { tally: { sent: 0, answered: 0, lost: 0, roundTripMs: undefined } });
    expect(summary(stateOf(waiting, waiting, { phase: 'stopped', nowMs: 1200 }))).toBe(
      'Stopped after 1 s. The calls had not connected yet.',
    );
  });
});

describe('the list of what happened', () => {
  it('is in the order of time, and says which call an event concerns', () => {
    const notes = [
      { atMs: 1000, kind: 'open', words: 'Both are open.' },
      { atMs: 13_000, kind: 'credential', words: 'A new one.' },
    ] as const;
    const events = listEvents(stateOf(alive, dead, { nowMs: 25_000, notes }));
    expect(events.map(({ kind, lane }) => [kind, lane])).toEqual([
      ['open', undefined],
      ['credential', 'kept'],
      ['expiry', undefined],
      ['silence', 'plain'],
    ]);
  });

  it('tells of a busy page, without blame for a call', () => {
    const [event] = listEvents(stateOf(alive, alive, { pauses: [{ fromMs: 5000, toMs: 7600 }] }));
    expect(event).toMatchObject({ kind: 'pause', atMs: 5000 });
    expect(event!.words).toContain('2.6 s');
    expect(event!.words).toContain('Neither call is to blame');
  });
});

describe('the chart', () => {
  const messages = [
    { sentMs: 1000, pausedMs: 0, roundTripMs: 2 },
    { sentMs: 1040, pausedMs: 0 },
    { sentMs: 1080, pausedMs: 0, roundTripMs: 2500 },
  ];

  it('has both calls on one clock, the one with keepFresh in the upper band', () => {
    const { times, bandMs, kept, plain } = chartData(stateOf(laneOf('alive', { messages }), laneOf('alive', { messages })));
    expect(times).toEqual([1, 1.04, 1.08]);
    expect(kept[0]).toBe(bandMs + 2);
    expect(plain[0]).toBe(2);
  });

  it('has a gap for each message that was lost', () => {
    const { kept } = chartData(stateOf(laneOf('alive', { messages }), laneOf('alive')));
    expect(kept.slice(1)).toEqual([null, null]);
  });
});
