import { describe, expect, it } from 'vitest';
import { CacheStore } from '../../src/cache/cache-store.js';
import type { StoredRecord } from '../../src/cache/stored-record.js';
import type { Cooldown } from '../../src/credentials/cooldown.js';
import { answerWith, cooldownWith } from '../support/records.js';
import { minuteMs, settle } from '../support/world.js';

/** A store of one tab. Stores on the same map are tabs of one browser. */
function openStore(records = new Map<string, unknown>()) {
  const storage = {
    get: (key: string) => records.get(key),
    set: (key: string, value: unknown) => void records.set(key, value),
    delete: (key: string) => void records.delete(key),
  };
  const store = new CacheStore(storage, new AbortController().signal);
  store.key = 'entry';
  return { store, stored: () => records.get('entry') as StoredRecord | undefined };
}

/** A failure that another tab has just stored, with a pause of a minute. */
function recentCooldown(more: Partial<Cooldown>): Cooldown {
  return cooldownWith({ failedAt: Date.now() - 1000, until: Date.now() + minuteMs, ...more });
}

const refusal = { code: 'invalid-api-key', status: 401 } as const;
const outage = { code: 'network', status: undefined } as const;

describe('a failure that another tab stored', () => {
  it.each([
    ['stays when this tab is online again, if it is a refusal', refusal, true],
    ['stays when this tab is online again, if it is a rate limit', {}, true],
    ['ends when this tab is online again, if it is a network failure', outage, false],
  ] as const)('%s', async (_, more, isKept) => {
    const { store, stored } = openStore();
    const cooldown = recentCooldown(more);
    await settle(store.saveCooldown(cooldown));
    await settle(store.deleteCooldown());
    expect(stored()?.cool).toEqual(isKept ? cooldown : undefined);
  });

  it.each([
    ['ends when the answer is deleted, if it is a refusal', refusal, false],
    ['stays when the answer is deleted, if it is a rate limit', {}, true],
  ] as const)('%s', async (_, more, isKept) => {
    const { store, stored } = openStore();
    const cooldown = recentCooldown(more);
    await settle(store.saveCooldown(cooldown));
    await settle(store.deleteAnswer(undefined));
    expect(stored()?.cool).toEqual(isKept ? cooldown : undefined);
  });

  it('is replaced by a newer failure, if it is a refusal', async () => {
    const { store, stored } = openStore();
    const newer = recentCooldown({ ...outage, failedAt: Date.now() });
    await settle(store.saveCooldown(recentCooldown(refusal)));
    await settle(store.saveCooldown(newer));
    expect(stored()?.cool).toEqual(newer);
  });

  it('is replaced by a newer rate limit, but by no other failure, if it is a rate limit', async () => {
    const { store, stored } = openStore();
    const newer = recentCooldown({ failedAt: Date.now(), until: Date.now() + 2 * minuteMs });
    await settle(store.saveCooldown(recentCooldown({})));
    await settle(store.saveCooldown(newer));
    await settle(store.saveCooldown(recentCooldown({ ...outage, failedAt: Date.now() })));
    expect(stored()?.cool).toEqual(newer);
  });

  it('is replaced by any failure once its rate limit is over', async () => {
    const { store, stored } = openStore();
    const newer = recentCooldown(outage);
    await settle(store.saveCooldown(recentCooldown({ until: Date.now() - 1 })));
    await settle(store.saveCooldown(newer));
    expect(stored()?.cool).toEqual(newer);
  });
});

describe('an answer that another tab stored', () => {
  it.each([
    ['is kept if it is newer', { theirAgeMs: 1000, ourAgeMs: 2000, expectedAgeMs: 1000 }],
    ['is replaced if it is older', { theirAgeMs: 2000, ourAgeMs: 1000, expectedAgeMs: 1000 }],
    ['is replaced if it is from the future', { theirAgeMs: -minuteMs, ourAgeMs: 1000, expectedAgeMs: 1000 }],
  ])('%s', async (_, { theirAgeMs, ourAgeMs, expectedAgeMs }) => {
    const { store, stored } = openStore();
    const now = Date.now();
    await settle(store.saveAnswer(answerWith({ fetchedAt: now - theirAgeMs }), now + minuteMs));
    await settle(store.saveAnswer(answerWith({ fetchedAt: now - ourAgeMs }), now + minuteMs));
    expect(stored()?.fetchedAt).toBe(now - expectedAgeMs);
  });
});

it('a store in memory reads nothing', async () => {
  const store = new CacheStore('memory', new AbortController().signal);
  expect(await settle(store.read())).toEqual({});
});
