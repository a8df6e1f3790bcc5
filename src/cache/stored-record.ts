import type { Cooldown } from '../credentials/cooldown.js';
import { parseResponse, type ServerList } from '../credentials/parse-response.js';
import { isErrorCode } from '../errors/error-policy.js';

/** A response, and when its request started (epoch milliseconds). */
export interface StoredAnswer extends ServerList {
  readonly fetchedAt: number;
  /** The endpoint has refused since (400, 404): the answer serves while it is fresh, and not for `staleIfError`. */
  readonly withoutStaleIfError?: boolean | undefined;
}

/** What storage knows of one entry. Each half may be missing. */
export interface StoredState {
  readonly answer?: StoredAnswer | undefined;
  readonly cooldown?: Cooldown | undefined;
}

/**
 * What is stored under one key: plain JSON, so that any storage can hold it. Other versions of this package read it too, so its names
 * stay as they are, or `v` changes.
 */
export interface StoredRecord extends Partial<Omit<ServerList, 'hasTurn'>> {
  readonly v: 1;
  /** Epoch milliseconds after which the record may be swept. */
  readonly until: number;
  readonly fetchedAt?: number | undefined;
  readonly isFinal?: boolean | undefined;
  readonly cool?: Cooldown | undefined;
}

export function isStoredRecord(value: unknown): value is StoredRecord {
  return (Object(value) as Partial<StoredRecord>).v === 1;
}

/** Tells whether nobody can use the record any more. A record of another version of this package is that version's business. */
export function isPastUse(value: unknown, now: number): boolean {
  if (isStoredRecord(value)) return Math.max(value.until, value.cool?.until ?? 0) <= now;
  return typeof (Object(value) as { v?: unknown }).v !== 'number';
}

/** Reads a record. Anybody can write to storage, so its content is checked as strictly as a response. */
export function decodeRecord(value: unknown): StoredState {
  try {
    if (!isStoredRecord(value)) return {};
    return { answer: decodeAnswer(value), cooldown: decodeCooldown(value.cool) };
  } catch {
    // A custom storage may return anything, also an object whose getters throw.
    return {};
  }
}

/** Builds the record for an answer that may serve until `usableUntil` (epoch milliseconds). */
export function encodeAnswer(answer: StoredAnswer, usableUntil: number): StoredRecord {
  const { iceServers, dropped, ttl, fetchedAt, withoutStaleIfError: isFinal } = answer;
  return { iceServers, dropped, ttl, fetchedAt, isFinal, v: 1, until: usableUntil };
}

/** Builds the record that remembers a failure, in place of the old answer or beside it; `undefined` if nothing is left to store. */
export function encodeCooldown(
  old: unknown,
  cooldown: Cooldown | undefined,
  { dropsAnswer, endsStaleIfError }: { readonly dropsAnswer: boolean; readonly endsStaleIfError: boolean },
): StoredRecord | undefined {
  const kept = !dropsAnswer && isStoredRecord(old) ? { ...old, isFinal: old.isFinal || endsStaleIfError } : undefined;
  return kept || cooldown ? { until: 0, ...kept, v: 1, cool: cooldown } : undefined;
}

function decodeAnswer(record: StoredRecord): StoredAnswer | undefined {
  const { fetchedAt, dropped = 0, isFinal } = record;
  const list = parseResponse(record);
  if (!list || !Number.isFinite(fetchedAt)) return undefined;
  return { ...list, fetchedAt: fetchedAt!, dropped, withoutStaleIfError: !!isFinal };
}

function decodeCooldown(cooldown: Cooldown | undefined): Cooldown | undefined {
  if (!cooldown || !isErrorCode(cooldown.code)) return undefined;
  const { failedAt, until, count, status = 0 } = cooldown;
  return [failedAt, until, count, status].every(Number.isFinite) ? cooldown : undefined;
}
