import { describe, expect, it } from 'vitest';
import { planSchedule, type ScheduleSituation } from '../../src/loader/refresh-scheduler.js';
import { hourMs, minuteMs, secondMs } from '../support/world.js';

/** A loader that nobody keeps up to date, with an answer whose refresh is due in an hour. */
const idle: ScheduleSituation = {
  isDisposed: false,
  autoRefresh: false,
  hasConnections: false,
  hasState: true,
  waitsForOnline: false,
  dueInMs: hourMs,
};
const automatic = { ...idle, autoRefresh: true };
const connected = { ...idle, hasConnections: true };

type Row = [who: string, situation: ScheduleSituation];

describe('no timer runs', () => {
  const rows: Row[] = [
    ['for a loader that nobody keeps up to date', idle],
    ['for one whose refresh is overdue', { ...idle, dueInMs: 0 }],
    ['for one that waits for the online event', { ...idle, waitsForOnline: true }],
    ['with autoRefresh before the first load', { ...automatic, hasState: false, dueInMs: 0 }],
    ['with autoRefresh after dispose', { ...automatic, isDisposed: true }],
    ['with a connection after dispose', { ...connected, isDisposed: true }],
  ];

  it.each(rows)('%s', (_, situation) => {
    expect(planSchedule(situation).delayMs).toBeUndefined();
  });
});

describe('the next look', () => {
  const rows: [delayMs: number, who: string, situation: ScheduleSituation][] = [
    [30 * secondMs, 'with autoRefresh comes at the refresh time', { ...automatic, dueInMs: 30 * secondMs }],
    [minuteMs, 'with autoRefresh comes within a minute, because a timer stands still in sleep', automatic],
    [minuteMs, 'with autoRefresh comes within a minute, even if no refresh is ever due', { ...automatic, dueInMs: Infinity }],
    [secondMs, 'with autoRefresh comes after a second, if the refresh is overdue', { ...automatic, dueInMs: -hourMs }],
    [secondMs, 'with autoRefresh comes after a second, if the refresh is due now', { ...automatic, dueInMs: 0 }],
    [5 * secondMs, 'with a connection comes at the refresh time', { ...connected, dueInMs: 5 * secondMs }],
    [10 * secondMs, 'with a connection comes within ten seconds, because a closed one fires no event', connected],
    [10 * secondMs, 'with a connection comes within ten seconds, even if no refresh is ever due', { ...connected, dueInMs: Infinity }],
    [
      secondMs,
      'with a connection comes after a second, if there is neither answer nor failure',
      { ...connected, hasState: false, dueInMs: 0 },
    ],
    [10 * secondMs, 'with a connection and autoRefresh comes within ten seconds', { ...connected, autoRefresh: true }],
  ];

  it.each(rows)('is in %d ms: %s', (delayMs, _, situation) => {
    expect(planSchedule(situation).delayMs).toBe(delayMs);
  });
});

describe('the events of the page', () => {
  const rows: [listens: boolean, who: string, situation: ScheduleSituation][] = [
    [true, 'with autoRefresh', automatic],
    [true, 'with a connection', connected],
    [true, 'while a failure ends at the online event', { ...idle, waitsForOnline: true }],
    [false, 'if nobody keeps it up to date', idle],
    [false, 'after dispose with autoRefresh', { ...automatic, isDisposed: true }],
    [false, 'after dispose with a connection', { ...connected, isDisposed: true }],
    [false, 'after dispose, although a failure ended at the online event', { ...idle, waitsForOnline: true, isDisposed: true }],
  ];

  it.each(rows)('are listened to (%s) %s', (listens, _, situation) => {
    expect(planSchedule(situation).listens).toBe(listens);
  });
});
