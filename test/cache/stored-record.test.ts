import { describe, expect, it } from 'vitest';
import { decodeRecord, encodeAnswer, encodeCooldown, type StoredAnswer } from '../../src/cache/stored-record.js';
import type { Cooldown } from '../../src/credentials/cooldown.js';
import { answerWith, cooldownWith, record } from '../support/records.js';

const keepsAll = { dropsAnswer: false, endsStaleIfError: false };

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
    ['with STUN servers alone', answerWith({ iceServers: [{ urls: 'stun:turn.example' }], hasTurn: false })],
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
