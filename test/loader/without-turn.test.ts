import { describe, expect, it } from 'vitest';
import { good, json, meteredBody, unreachable } from '../support/endpoint.js';
import { mockRandom, openTab, urlsOf, userOf } from '../support/loaders.js';
import { openServersTab } from '../support/sources.js';
import { advance, flush, hourMs, jumpClock, minuteMs, secondMs, settle, startOfTime } from '../support/world.js';

/** What many a route answers with 200 when its provider fails. */
const stunOnly = [{ urls: 'stun:stun.example:3478' }, { urls: ['stun:stun2.example', 'stun:stun3.example'] }];

describe('C-88: an answer without TURN', () => {
  it.each([
    ['by default', {}],
    ['with a longer maxAge', { maxAge: 86_400 }],
    ['with a maxAge of Infinity', { maxAge: Infinity }],
    ['with an expiresAt in a day', { expiresAt: startOfTime + 24 * hourMs }],
  ])('is fresh for 60 s, %s, and the status says that it has none', async (_, options) => {
    const { loader } = openTab(options, json(stunOnly));
    await settle(loader.load());
    expect(loader.status).toMatchObject({ hasTurn: false, expiresAt: startOfTime + minuteMs });
  });

  it('is fresh for 60 s although it names a longer life', async () => {
    const { loader } = openTab({}, json({ iceServers: stunOnly, ttl: 86_400 }));
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + minuteMs);
  });

  it.each([
    ['maxAge', { maxAge: 10 }, { iceServers: stunOnly }],
    ['its ttl', {}, { iceServers: stunOnly, ttl: 10 }],
  ])('is fresh for less if %s says so', async (_, options, body) => {
    const { loader } = openTab(options, json(body));
    await settle(loader.load());
    expect(loader.status?.expiresAt).toBe(startOfTime + 10 * secondMs);
  });

  it('is fresh for 60 s from getServers as well', async () => {
    const { loader } = openServersTab(() => stunOnly);
    await settle(loader.load());
    expect(loader.status).toMatchObject({ hasTurn: false, expiresAt: startOfTime + minuteMs });
  });

  it('is followed by a request after a minute, which brings TURN back', async () => {
    const { loader, endpoint } = openTab({}, json(stunOnly));
    await settle(loader.load());
    jumpClock(minuteMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(loader.status).toMatchObject({ hasTurn: true, expiresAt: startOfTime + minuteMs + hourMs });
    expect(endpoint.requests).toHaveLength(2);
  });

  it('is replaced by autoRefresh within a minute', async () => {
    const { loader } = openTab({ autoRefresh: true }, json(stunOnly), good);
    await settle(loader.load());
    await advance(minuteMs);
    expect(userOf(loader.peek())).toBe('user-2');
  });

  it('causes one or two requests a minute with autoRefresh while the provider fails, and no more', async () => {
    mockRandom(0);
    const { loader, endpoint } = openTab({ autoRefresh: true, storage: 'memory' });
    endpoint.always(json(stunOnly));
    await settle(loader.load());
    await advance(10 * minuteMs);
    expect(endpoint.requests.length).toBeLessThanOrEqual(21);
    expect(endpoint.requests.length).toBeGreaterThan(10);
  });

  it('is stored as such: the next page knows that it has no TURN, and asks after a minute', async () => {
    const { loader, endpoint, anotherTab } = openTab({}, json(stunOnly));
    await settle(loader.load());
    await flush();
    const next = anotherTab();
    await settle(next.load());
    expect(next.status).toMatchObject({ source: 'indexeddb', hasTurn: false, expiresAt: startOfTime + minuteMs });
    jumpClock(minuteMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('serves as stale while the endpoint cannot answer', async () => {
    const { loader, endpoint } = openTab({}, json(stunOnly));
    await settle(loader.load());
    endpoint.always(unreachable);
    jumpClock(hourMs);
    expect(urlsOf(await settle(loader.load()))).toContain('stun:stun.example:3478');
    expect(loader.status).toMatchObject({ source: 'stale', hasTurn: false });
  });
});

describe('hasTurn of the status', () => {
  it.each([
    ['true for an answer with TURN', meteredBody(), true],
    [
      'true for one TURN URL beside STUN in one entry',
      [{ urls: ['stun:a.example', 'turn:a.example'], username: 'u', credential: 'c' }],
      true,
    ],
    ['true for turns: alone', [{ urls: 'turns:a.example:443', username: 'u', credential: 'c' }], true],
    ['false for STUN alone', stunOnly, false],
    ['false for STUN with a pair, which it does not need', [{ urls: 'stun:a.example', username: 'u', credential: 'c' }], false],
  ])('is %s', async (_, body, hasTurn) => {
    const { loader } = openTab({}, json(body));
    await settle(loader.load());
    expect(loader.status?.hasTurn).toBe(hasTurn);
  });

  it('does not count the app’s own servers', async () => {
    const { loader } = openTab(
      { rtcConfiguration: { iceServers: [{ urls: 'turn:own', username: 'u', credential: 'c' }] } },
      json(stunOnly),
    );
    expect(urlsOf(await settle(loader.load()))).toContain('turn:own');
    expect(loader.status?.hasTurn).toBe(false);
  });

  it('counts what was loaded, and not what maxUrls leaves of it', async () => {
    const { loader } = openTab({ maxUrls: 1 });
    await settle(loader.load());
    expect(loader.status?.hasTurn).toBe(true);
  });
});
