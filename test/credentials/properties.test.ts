import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextCooldown } from '../../src/credentials/cooldown.js';
import { getFreshness, isValidFor, getLifetime } from '../../src/credentials/freshness.js';
import { cleanServers, countBadEntries, parseResponse } from '../../src/credentials/parse-response.js';
import { trimServers } from '../../src/credentials/ice-servers.js';
import { bodies, entries } from '../support/bodies.js';
import { whyConstructorThrows } from '../support/constructor-oracle.js';
import { meteredBody, text } from '../support/endpoint.js';
import type { IceServersError } from '../../src/index.js';
import { openTab, urlsOf } from '../support/loaders.js';
import { openKeyTab, openServersTab } from '../support/sources.js';
import { dayMs, outcomeOf } from '../support/world.js';

describe('for any body', () => {
  it('parseResponse returns a list that Chromium and Firefox accept, or undefined', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const list = parseResponse(body);
        if (!list) return;
        expect(whyConstructorThrows({ iceServers: [...list.iceServers] })).toBeUndefined();
        expect(list.iceServers.length).toBeGreaterThan(0);
        expect(list.iceServers.length).toBeLessThanOrEqual(16);
      }),
      { numRuns: 5000 },
    );
  });

  it('parseResponse reads nothing that is no JSON either, and never throws', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
        (body) => {
          const list = parseResponse(body);
          if (list) expect(whyConstructorThrows({ iceServers: [...list.iceServers] })).toBeUndefined();
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('hasTurn says whether there is a TURN URL in the list, and the life is above 0 or unknown', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const list = parseResponse(body);
        if (!list) return;
        expect(list.hasTurn).toBe(urlsOf({ iceServers: [...list.iceServers] }).some((url) => url.startsWith('turn')));
        expect(list.ttl ?? 1).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('a list that is cut loses no TURN entry while another one is left', () => {
    const [stun, turn] = meteredBody();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(stun, turn), { minLength: 1, maxLength: 40 }), (servers) => {
        const kept = parseResponse(servers)!.iceServers;
        const turnCount = servers.filter((server) => server === turn).length;
        expect(kept).toHaveLength(Math.min(servers.length, 16));
        expect(kept.filter(({ username }) => username)).toHaveLength(Math.min(turnCount, 16));
      }),
    );
  });

  it('a list of the app’s own that is accepted is one that they accept, once it is cleaned', () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 6 }), (servers) => {
        if (countBadEntries(servers) > 0) return;
        expect(whyConstructorThrows({ iceServers: cleanServers(servers as RTCIceServer[]) })).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  it('load with getServers resolves with a configuration that they accept, or rejects with invalid-response', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(bodies, fc.anything()), async (body) => {
        const { value, error } = await outcomeOf(openServersTab(() => body).loader.load());
        if (error) expect(error).toMatchObject({ name: 'IceServersError', code: 'invalid-response' });
        else expect(whyConstructorThrows(value!)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('load with an apiKey function that returns anything resolves, or rejects with an error of ours, and sends no key but a text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.anything(),
          fc.record(
            { apiKey: fc.oneof(fc.string(), fc.anything()), expiryInSeconds: fc.anything(), expiresAt: fc.anything() },
            { requiredKeys: [] },
          ),
        ),
        async (returned) => {
          const { loader, endpoint } = openKeyTab(() => returned as string, { storage: 'memory' });
          const { error } = await outcomeOf(loader.load());
          if (error) expect(['source-failed', 'secret-key']).toContain((error as IceServersError).code);
          expect(endpoint.requests).toHaveLength(error ? 0 : 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('load resolves with a configuration that they accept, or rejects with invalid-response', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }), async (body, maxUrls) => {
        const { loader } = openTab({ storage: 'memory', maxUrls }, text(JSON.stringify(body) ?? ''));
        const { value, error } = await outcomeOf(loader.load());
        if (error) expect(error).toMatchObject({ name: 'IceServersError', code: 'invalid-response' });
        else expect(whyConstructorThrows(value!)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('load rejects with invalid-response for bytes that are no JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const { loader } = openTab({ storage: 'memory' }, async () => new Response(bytes));
        expect((await outcomeOf(loader.load())).error).toMatchObject({ code: 'invalid-response' });
      }),
      { numRuns: 200 },
    );
  });

  it('a good entry is kept next to bad ones, as long as there is room', () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 8 }), fc.nat(8), (others, at) => {
        const [, turn] = meteredBody('kept');
        const list = parseResponse([...others.slice(0, at), turn, ...others.slice(at)]);
        expect(list?.iceServers).toContainEqual(turn);
      }),
    );
  });

  it('reading the result again changes nothing, so a stored list is accepted again', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const list = parseResponse(body);
        if (list) expect(parseResponse({ ...list })).toEqual({ ...list, dropped: 0 });
      }),
    );
  });
});

describe('maxUrls', () => {
  it('keeps at most that many URLs, in their order, and TLS if there was any', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...meteredBody()), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (servers, maxUrls) => {
          const before = urlsOf({ iceServers: servers });
          const after = urlsOf({ iceServers: trimServers(servers, maxUrls) });
          expect(after.length).toBeLessThanOrEqual(Math.max(maxUrls, before.length > maxUrls ? maxUrls : before.length));
          let from = 0;
          for (const url of after) {
            const index = before.indexOf(url, from);
            expect(index).toBeGreaterThanOrEqual(from);
            from = index + 1;
          }
          if (before.some((url) => url.startsWith('turns:'))) expect(after.some((url) => url.startsWith('turns:'))).toBe(true);
        },
      ),
    );
  });
});

describe('time', () => {
  const times = fc.double({ min: 0, max: 1e12, noNaN: true });

  const lives = fc
    .record({
      maxAge: fc.oneof(fc.constant(undefined), fc.double({ min: 1, noNaN: true })),
      staleIfError: times,
      expiresAt: fc.oneof(times, fc.constant(Infinity)),
      fetchedAt: times,
      ttl: fc.oneof(fc.constant(undefined), times),
      hasTurn: fc.boolean(),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ fetchedAt, ttl, hasTurn, share, ...rules }) => getLifetime({ fetchedAt, ttl, hasTurn }, rules, share));

  const order = ['fresh', 'needs-refresh', 'stale', 'expired'];

  it('never makes an answer fresher', () => {
    fc.assert(
      fc.property(lives, times, times, (life, one, two) => {
        const [young, old] = [Math.min(one, two), Math.max(one, two)];
        expect(order.indexOf(getFreshness(life, young))).toBeLessThanOrEqual(order.indexOf(getFreshness(life, old)));
      }),
    );
  });

  it('never increases the remaining validity', () => {
    fc.assert(
      fc.property(lives, times, times, times, (life, one, two, minValidityMs) => {
        const [young, old] = [Math.min(one, two), Math.max(one, two)];
        if (isValidFor(life, old, minValidityMs)) expect(isValidFor(life, young, minValidityMs)).toBe(true);
      }),
    );
  });

  it('puts the refresh, fresh, stale and dead times of an answer in order', () => {
    fc.assert(
      fc.property(lives, (life) => {
        if (life.freshForMs > 0) expect(life.refreshAfterMs).toBeLessThanOrEqual(life.freshForMs);
        expect(life.freshForMs).toBeLessThanOrEqual(life.usableForMs);
        expect(life.usableForMs).toBeLessThanOrEqual(life.expiresAfterMs);
      }),
    );
  });

  it('puts the refresh of a life that is known before the default minValidity is gone', () => {
    fc.assert(
      fc.property(lives, (life) => {
        if (life.expiresAfterMs > 0 && life.expiresAfterMs < Infinity) expect(isValidFor(life, life.refreshAfterMs)).toBe(true);
      }),
    );
  });

  it('limits each cool-down to between one second and one day', () => {
    const codes = fc.constantFrom(
      'network',
      'timeout',
      'server-error',
      'rate-limited',
      'invalid-response',
      'source-failed',
      'invalid-api-key',
      'not-found',
      'invalid-request',
    );
    fc.assert(
      fc.property(
        codes,
        fc.option(times, { nil: undefined }),
        times,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (code, retryAt, now, shares) => {
          let last: ReturnType<typeof nextCooldown> | undefined;
          let at = now;
          for (const share of shares) {
            const next = nextCooldown({ code, status: undefined, retryAt }, last, at, share);
            expect(next.until - at).toBeGreaterThanOrEqual(999);
            expect(next.until - at).toBeLessThanOrEqual(dayMs + 1);
            last = next;
            at = next.until;
          }
        },
      ),
    );
  });
});
