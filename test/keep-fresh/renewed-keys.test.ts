import { describe, expect, it } from 'vitest';
import { connect, FakeConnection } from '../support/connection.js';
import { json, meteredBody, type Answer } from '../support/endpoint.js';
import { errorsOf, keep, openTab, userOf } from '../support/loaders.js';
import { createKeys, keyNumber, openKeyTab, openServersTab } from '../support/sources.js';
import { advanceQuickly, dayMs, flush, hourMs, jumpClock, minuteMs, settle } from '../support/world.js';

const fourHours = 4 * 3600;

/** An app whose server mints keys of four hours: each answer has the pair of the key that was sent. */
function openMintingTab(autoRefresh = false) {
  const keys = createKeys({ expiryInSeconds: fourHours });
  const mintedAt = new Map<string, number>();
  const tab = openKeyTab(
    async (context) => {
      const minted = keys(context);
      mintedAt.set(minted.apiKey, Date.now());
      return minted;
    },
    { storage: 'memory', autoRefresh },
  );
  const ofKey: Answer = async () => Response.json(meteredBody(tab.endpoint.requests.at(-1)!.url.searchParams.get('apiKey')!));
  tab.endpoint.always(ofKey);
  const lifeLeftMs = (configuration: RTCConfiguration | undefined): number => {
    const key = userOf(configuration)?.replace('user-', '') ?? '';
    return (mintedAt.get(key) ?? 0) + fourHours * 1000 - Date.now();
  };
  return { ...tab, keys, lifeLeftMs };
}

describe('C-90: a page that is open for a day with keys of four hours', () => {
  it('has servers with life left at every load', async () => {
    const { loader, lifeLeftMs } = openMintingTab();
    for (let i = 0; i < 48; i++) {
      expect(lifeLeftMs(await settle(loader.load()))).toBeGreaterThanOrEqual(minuteMs);
      await flush();
      jumpClock(hourMs / 2);
    }
  });

  it('has servers with life left at every peek, with autoRefresh, for a handful of keys', async () => {
    const { loader, keys, lifeLeftMs } = openMintingTab(true);
    await settle(loader.load());
    for (let i = 0; i < 24 * 12; i++) {
      await advanceQuickly(5 * minuteMs);
      expect(lifeLeftMs(loader.peek())).toBeGreaterThan(0);
    }
    expect(keys.mock.calls.length).toBeGreaterThanOrEqual(6);
    expect(keys.mock.calls.length).toBeLessThanOrEqual(13);
  });

  it('moves its live call to each new key before the old one dies', async () => {
    const { loader, keys, lifeLeftMs } = openMintingTab();
    const errors = errorsOf(loader);
    const connection = await connect(loader);
    for (let i = 0; i < 24 * 12; i++) {
      await advanceQuickly(5 * minuteMs);
      await flush(2);
      expect(lifeLeftMs(connection.getConfiguration())).toBeGreaterThan(0);
      connection.negotiate(`after-${i}`);
    }
    expect(connection.restarts).toBe(keys.mock.calls.length - 1);
    expect(errors).toEqual([]);
  });

  it('moves a call whose TURN server refuses the pair at once, with a key minted for it', async () => {
    const { loader, keys } = openMintingTab();
    const connection = await connect(loader);
    connection.fireCandidateError();
    await flush();
    expect(keys).toHaveBeenCalledTimes(2);
    expect(userOf(connection.getConfiguration())).toBe(`user-${keyNumber(2)}`);
    expect(connection.restarts).toBe(1);
  });
});

describe('C-90: getServers with a life', () => {
  it('moves a live call before the pair dies', async () => {
    let count = 0;
    const { loader } = openServersTab(() => ({ iceServers: meteredBody(++count), ttl: 3600 }));
    const connection = await connect(loader);
    await advanceQuickly(hourMs);
    await flush();
    expect(userOf(connection.getConfiguration())).not.toBe('user-1');
    expect(connection.restarts).toBe(1);
  });
});

describe('a fixed key', () => {
  it('brings the same pair until its credential dies: keepFresh can only tell', async () => {
    const { loader, endpoint } = openTab({ storage: 'memory' });
    const errors = errorsOf(loader);
    endpoint.always(json(meteredBody('same')));
    const connection = new FakeConnection(await settle(loader.load()));
    keep(connection, loader);
    await advanceQuickly(dayMs / 4);
    endpoint.always(async () => Response.json({}, { status: 401 }));
    await advanceQuickly(dayMs / 4);
    await flush();
    expect(connection.restarts).toBe(0);
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['invalid-api-key']));
  });
});
