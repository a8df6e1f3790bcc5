import { describe, expect, it } from 'vitest';
import { IceServersError } from '../../src/index.js';
import { httpError, json, noAnswer, unreachable } from '../support/endpoint.js';
import { errorsOf, openTab, urlsOf, userOf } from '../support/loaders.js';
import { failureOf, flush, hourMs, isSettled, jumpClock, secondMs, settle } from '../support/world.js';

describe('fallback', () => {
  const fallback = [{ urls: 'turn:own.example.com', username: 'own', credential: 'own-secret' }];

  it.each([
    ['network', unreachable],
    ['timeout', noAnswer],
    ['server-error', httpError(500)],
    ['rate-limited', httpError(429)],
    ['invalid-response', json([])],
    ['invalid-api-key', httpError(401)],
    ['invalid-request', httpError(400)],
    ['not-found', httpError(404)],
  ])('is returned after %s, with an error event and a status that says so', async (code, answer) => {
    const { loader, endpoint } = openTab({ fallback });
    endpoint.always(answer);
    const errors = errorsOf(loader);
    expect(await settle(loader.load())).toEqual({ iceServers: fallback });
    expect(loader.status).toMatchObject({ source: 'fallback', error: { code } });
    expect(errors).toMatchObject([{ code }]);
  });

  it('is returned if only-if-cached finds nothing', async () => {
    const { loader } = openTab({ fallback });
    expect(await settle(loader.load({ cache: 'only-if-cached' }))).toEqual({ iceServers: fallback });
    expect(loader.status).toMatchObject({ source: 'fallback', error: { code: 'not-cached' } });
  });

  it('comes after a stale entry that staleIfError allows', async () => {
    const { loader, endpoint } = openTab({ fallback });
    await settle(loader.load());
    jumpClock(2 * hourMs);
    endpoint.always(unreachable);
    await settle(loader.load());
    expect(loader.status?.source).toBe('stale');
  });

  it('is not cached: a load after the cool-down sends a request', async () => {
    const { loader, endpoint } = openTab({ fallback }, httpError(400));
    await settle(loader.load());
    expect(loader.peek()).toBeUndefined();
    jumpClock(5 * secondMs);
    expect(userOf(await settle(loader.load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('is combined with rtcConfiguration and limited by maxUrls as any other list', async () => {
    const { loader } = openTab(
      { fallback, maxUrls: 1, rtcConfiguration: { iceServers: [{ urls: 'stun:own.example.com' }] } },
      httpError(400),
    );
    expect(urlsOf(await settle(loader.load()))).toEqual(['turn:own.example.com']);
  });

  it('is copied when the loader is created', async () => {
    const mine = structuredClone(fallback);
    const { loader } = openTab({ fallback: mine }, httpError(400));
    mine[0]!.urls = 'turn:changed.example.com';
    expect(await settle(loader.load())).toEqual({ iceServers: fallback });
  });

  it('is not returned to a caller who aborted', async () => {
    const { loader } = openTab({ fallback }, noAnswer);
    const reason = new Error('left');
    const controller = new AbortController();
    const leaving = loader.load({ signal: controller.signal });
    expect(await isSettled(leaving)).toBe(false);
    controller.abort(reason);
    expect(await failureOf(leaving)).toBe(reason);
  });

  it('is not returned to a caller who aborted with an IceServersError', async () => {
    const { loader } = openTab({ fallback: [{ urls: 'stun:stun.example.com' }] }, async () => new Promise(() => {}));
    const controller = new AbortController();
    const promise = loader.load({ signal: controller.signal });
    const reason = new IceServersError('timeout');
    await flush();
    controller.abort(reason);
    expect(await failureOf(promise)).toBe(reason);
  });
});
