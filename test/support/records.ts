import type { StoredAnswer, StoredRecord } from '../../src/cache/stored-record.js';
import type { Cooldown } from '../../src/credentials/cooldown.js';

export function answerWith(more: Partial<StoredAnswer> = {}): StoredAnswer {
  return {
    iceServers: [{ urls: 'stun:turn.example:80' }, { urls: ['turn:turn.example:80'], username: 'ada', credential: 'secret' }],
    dropped: 2,
    ttl: 600,
    hasTurn: true,
    fetchedAt: 1_780_000_000_000,
    withoutStaleIfError: false,
    ...more,
  };
}

export function cooldownWith(more: Partial<Cooldown> = {}): Cooldown {
  return { code: 'rate-limited', status: 429, failedAt: 1_780_000_100_000, until: 1_780_000_160_000, count: 1, ...more };
}

/** A record as every version of this package with `v: 1` writes it. If this has to change, `v` has to change. */
export const record = {
  v: 1,
  until: 1_780_000_600_000,
  fetchedAt: 1_780_000_000_000,
  isFinal: false,
  iceServers: [{ urls: 'stun:turn.example:80' }, { urls: ['turn:turn.example:80'], username: 'ada', credential: 'secret' }],
  dropped: 2,
  ttl: 600,
  cool: { code: 'rate-limited', status: 429, failedAt: 1_780_000_100_000, until: 1_780_000_160_000, count: 1 },
} as const satisfies StoredRecord;
