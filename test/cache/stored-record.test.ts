import { describe, expect, it } from 'vitest';
import {
  decodeRecord,
  encodeAnswer,
  encodeCooldown,
  isPastUse,
  isStoredRecord,
  type StoredAnswer,
  type StoredRecord,
} from '../../src/cache/stored-record.js';
import type { Cooldown } from '../../src/credentials/cooldown.js';

const keepsAll = { dropsAnswer: false, endsStaleIfError: false };

function answerWith(more: Partial<StoredAnswer> = {}): StoredAnswer {
  return {
    iceServers: [{ urls: 'stun:turn.example:80' }, { urls: ['turn:turn.example:80'], username: 'ada', credential: 'secret' }],
    dropped: 2,
    ttl: 600,
    fetchedAt: 1_780_000_000_000,
    withoutStaleIfError: false,
    ...more,
  };
}

function cooldownWith(more: Partial<Cooldown> = {}): Cooldown {
  return { code: 'rate-limited', status: 429, failedAt: 1_780_000_100_000, until: 1_780_000_160_000, count: 1, ...more };
}

/** A record as every version of this package with `v: 1` writes it. If this has to change, `v` has to change. */
const record = {
  v: 1,
  until: 1_780_000_600_000,
  fetchedAt: 1_780_000_000_000,
  isFinal: false,
  iceServers: [{ urls: 'stun:turn.example:80' }, { urls: ['turn:turn.example:80'], username: 'ada', credential: 'secret' }],
  dropped: 2,
  ttl: 600,
  cool: { code: 'rate-limited', status: 429, failedAt: 1_780_000_100_000, until: 1_780_000_160_000, count: 1 },
} as const satisfies StoredRecord;

describe('the stored record', () => {
  it('is written with the names that other versions read', () => {
    const written = encodeCooldown(encodeAnswer(answerWith(), 1_780_000_600_000), cooldownWith(), keepsAll);
    expect(written).toStrictEqual(record);
  });

  it('is read with the names that other versions write', () => {
    expect(decodeRecord(record)).toStrictEqual({ answer: answerWith(), cooldown: cooldownWith() });
  });

  it('is read after a storage has made text of it', () => {
    expect(decodeRecord(JSON.parse(JSON.stringify(record)))).toEqual({ answer: answerWith(), cooldown: cooldownWith() });
  });

  it('of a failure alone has no names of an answer', () => {
    expect(encodeCooldown(undefined, cooldownWith(), keepsAll)).toStrictEqual({ v: 1, until: 0, cool: record.cool });
  });
});

describe('an answer comes back from its record as it was:', () => {
  const rows: [what: string, answer: StoredAnswer][] = [
    ['with a life', answerWith()],
    ['without a known life', answerWith({ ttl: undefined })],
    ['with nothing left out', answerWith({ dropped: 0 })],
    ['after a refusal, which ended its stale time', answerWith({ withoutStaleIfError: true })],
    ['with STUN servers alone', answerWith({ iceServers: [{ urls: 'stun:turn.example' }] })],
  ];

  it.each(rows)('%s', (_, answer) => {
    expect(decodeRecord(encodeAnswer(answer, 1)).answer).toEqual(answer);
  });

  it.each(rows)('%s, after JSON', (_, answer) => {
    expect(decodeRecord(JSON.parse(JSON.stringify(encodeAnswer(answer, 1)))).answer).toEqual(answer);
  });

  it('without a mark of a refusal counts as not refused', () => {
    const { withoutStaleIfError: _, ...unmarked } = answerWith();
    expect(decodeRecord(encodeAnswer(unmarked, 1)).answer?.withoutStaleIfError).toBe(false);
  });
});

describe('a cool-down comes back from its record as it was:', () => {
  const rows: [what: string, cooldown: Cooldown][] = [
    ['with a status', cooldownWith()],
    ['without a status', cooldownWith({ code: 'network', status: undefined })],
    ['after several failures', cooldownWith({ count: 9 })],
  ];

  it.each(rows)('%s', (_, cooldown) => {
    expect(decodeRecord(encodeCooldown(undefined, cooldown, keepsAll)).cooldown).toEqual(cooldown);
  });
});

describe('a failure is remembered', () => {
  const old = encodeAnswer(answerWith(), 1_780_000_600_000);

  it('beside the answer', () => {
    expect(decodeRecord(encodeCooldown(old, cooldownWith(), keepsAll))).toEqual({ answer: answerWith(), cooldown: cooldownWith() });
  });

  it('in place of the answer, if that is dropped', () => {
    const next = encodeCooldown(old, cooldownWith(), { ...keepsAll, dropsAnswer: true });
    expect(decodeRecord(next)).toEqual({ answer: undefined, cooldown: cooldownWith() });
  });

  it('beside an answer that has lost its stale time by it', () => {
    const next = encodeCooldown(old, cooldownWith(), { ...keepsAll, endsStaleIfError: true });
    expect(decodeRecord(next).answer).toEqual(answerWith({ withoutStaleIfError: true }));
  });

  it('beside an answer that had lost its stale time before, and does not get it back', () => {
    const refused = encodeAnswer(answerWith({ withoutStaleIfError: true }), 1);
    expect(decodeRecord(encodeCooldown(refused, cooldownWith(), keepsAll)).answer?.withoutStaleIfError).toBe(true);
  });

  it('no longer, if it has ended, and the answer stays', () => {
    const next = encodeCooldown(encodeCooldown(old, cooldownWith(), keepsAll), undefined, keepsAll);
    expect(decodeRecord(next)).toEqual({ answer: answerWith(), cooldown: undefined });
  });

  it('and the record goes, if neither a failure nor an answer is left', () => {
    expect(encodeCooldown(old, undefined, { ...keepsAll, dropsAnswer: true })).toBeUndefined();
    expect(encodeCooldown(undefined, undefined, keepsAll)).toBeUndefined();
  });

  it.each([
    ['of another version', { ...record, v: 2 }],
    ['that is no record', 'rubbish'],
    ['that is missing', undefined],
  ])('without what stood there before, if that is something %s', (_, before) => {
    expect(encodeCooldown(before, cooldownWith(), keepsAll)).toEqual({ v: 1, until: 0, cool: cooldownWith() });
  });
});

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
