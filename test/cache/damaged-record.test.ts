import { describe, expect, it } from 'vitest';
import { decodeRecord, isPastUse, isStoredRecord } from '../../src/cache/stored-record.js';
import { answerWith, cooldownWith, record } from '../support/records.js';

describe('what is stored is a record', () => {
  const rows: [isRecord: boolean, what: string, value: unknown][] = [
    [true, 'of this version', record],
    [true, 'of this version, with anything else in it', { v: 1 }],
    [false, 'of a later version', { ...record, v: 2 }],
    [false, 'whose version is text', { ...record, v: '1' }],
    [false, 'without a version', { until: 1 }],
    [false, 'that is text', 'rubbish'],
    [false, 'that is null', null],
    [false, 'that is missing', undefined],
  ];

  it.each(rows)('(%s): one %s', (isRecord, _, value) => {
    expect(isStoredRecord(value)).toBe(isRecord);
  });

  it.each(rows.filter(([isRecord]) => !isRecord))('(%s), and otherwise nothing is read of it: one %s', (_, __, value) => {
    expect(decodeRecord(value)).toEqual({});
  });

  it('but nothing is read of it, if a getter of it throws', () => {
    const hostile = Object.defineProperty({ v: 1 }, 'iceServers', {
      get: () => {
        throw new Error('refused');
      },
    });
    expect(decodeRecord(hostile)).toEqual({});
  });
});

describe('a half of a record that was changed from outside is left out, and the other half is read:', () => {
  const badAnswers: [what: string, change: object][] = [
    ['no date', { fetchedAt: undefined }],
    ['a date that is text', { fetchedAt: '2026-06-01' }],
    ['a date that is NaN', { fetchedAt: NaN }],
    ['no list', { iceServers: undefined }],
    ['a list without a good server', { iceServers: [{ urls: 'https://turn.example' }] }],
  ];

  it.each(badAnswers)('an answer with %s', (_, change) => {
    expect(decodeRecord({ ...record, ...change })).toEqual({ answer: undefined, cooldown: cooldownWith() });
  });

  const badCooldowns: [what: string, cool: unknown][] = [
    ['that is text', 'x'],
    ['with a code of another version', { ...record.cool, code: 'quota-exceeded' }],
    ['without a code', { ...record.cool, code: undefined }],
    ['without an end', { ...record.cool, until: undefined }],
    ['whose beginning is text', { ...record.cool, failedAt: 'today' }],
    ['whose status is text', { ...record.cool, status: '429' }],
  ];

  it.each(badCooldowns)('a cool-down %s', (_, cool) => {
    expect(decodeRecord({ ...record, cool })).toEqual({ answer: answerWith(), cooldown: undefined });
  });
});

describe('a record is past all use', () => {
  const rows: [isPast: boolean, when: string, times: { until: number; coolUntil?: number }][] = [
    [false, 'before the end of its answer', { until: 1001 }],
    [true, 'at the end of its answer', { until: 1000 }],
    [false, 'before the end of its cool-down', { until: 0, coolUntil: 1001 }],
    [true, 'at the end of its cool-down', { until: 0, coolUntil: 1000 }],
    [false, 'while its answer outlives its cool-down', { until: 1001, coolUntil: 1 }],
    [false, 'while its cool-down outlives its answer', { until: 1, coolUntil: 1001 }],
    [true, 'after the end of both', { until: 1, coolUntil: 2 }],
  ];

  it.each(rows)('(%s) %s', (isPast, _, { until, coolUntil }) => {
    const cool = coolUntil === undefined ? undefined : cooldownWith({ until: coolUntil });
    expect(isPastUse({ v: 1, until, cool }, 1000)).toBe(isPast);
  });
});
