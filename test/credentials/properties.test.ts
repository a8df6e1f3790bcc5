import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextCooldown } from '../../src/credentials/cooldown.js';
import { getFreshness, isValidFor, getLifetime } from '../../src/credentials/freshness.js';
import { parseResponse } from '../../src/credentials/parse-response.js';
import { trimServers } from '../../src/credentials/ice-servers.js';
import { bodies, entries } from '../support/bodies.js';
import { whyConstructorThrows } from '../support/constructor-oracle.js';
import { meteredBody, text } from '../support/endpoint.js';
import { openTab, urlsOf } from '../support/loaders.js';
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
        if (list) expect(parseResponse({ ...list })).toMatchObject({ iceServers: list.iceServers, dropped: 0, ttl: list.ttl });
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
      maxAge: fc.double({ min: 1, noNaN: true }),
      staleIfError: times,
      expiresAt: fc.oneof(times, fc.constant(Infinity)),
      fetchedAt: times,
      ttl: fc.oneof(fc.constant(undefined), times),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ fetchedAt, ttl, share, ...rules }) => getLifetime({ fetchedAt, ttl }, rules, share));

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

  it('limits each cool-down to between one second and one day', () => {
    const codes = fc.constantFrom(
      'network',
      'timeout',
      'server-error',
      'rate-limited',
      'invalid-response',
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
