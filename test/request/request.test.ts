import { describe, expect, it, vi } from 'vitest';
import { apiKey, delayed, httpError, meteredBody, unreachable } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import { failureOf, flush, secondMs, settle } from '../support/world.js';

describe('the request', () => {
  it('is a simple GET: no header, no body, no method but GET', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    const { method = 'GET', headers, body } = endpoint.requests[0]!.init;
    expect(method).toBe('GET');
    expect([...new Headers(headers)]).toEqual([]);
    expect(body ?? undefined).toBeUndefined();
  });

  it('C-53: bypasses HTTP caches, and sends no referrer, and cookies to the own origin of the page alone', async () => {
    const { loader, endpoint } = openTab();
    await settle(loader.load());
    expect(endpoint.requests[0]!.init).toMatchObject({ cache: 'no-store', credentials: 'same-origin', referrerPolicy: 'no-referrer' });
  });

  it('C-51: has one apiKey and no region if the address already has the key', async () => {
    const endpointAddress = `https://turn.example.com/ice?apiKey=${apiKey}&region=&tenant=7`;
    const { loader, endpoint } = openTab({ appName: undefined, endpoint: endpointAddress });
    await settle(loader.load());
    const { searchParams } = endpoint.requests[0]!.url;
    expect([...searchParams.keys()].sort()).toEqual(['apiKey', 'tenant']);
    expect(searchParams.getAll('apiKey')).toEqual([apiKey]);
  });

  it('C-51: has one apiKey and one region if the address already has both', async () => {
    const endpointAddress = `https://turn.example.com/ice?apiKey=${apiKey}&apiKey=x&region=asia&region=eu`;
    const { loader, endpoint } = openTab({ appName: undefined, endpoint: endpointAddress, region: 'europe' });
    await settle(loader.load());
    const { searchParams } = endpoint.requests[0]!.url;
    expect(searchParams.getAll('apiKey')).toEqual([apiKey]);
    expect(searchParams.getAll('region')).toEqual(['europe']);
  });

  it('C-51: has the same address at every attempt', async () => {
    const { loader, endpoint } = openTab({ region: 'europe' }, httpError(500), httpError(500));
    await settle(loader.load());
    expect(new Set(endpoint.requests.map(({ url }) => url.href)).size).toBe(1);
  });

  it('uses the current global fetch, not that of the import', async () => {
    const { loader } = openTab({ fetch: undefined });
    const fetch = vi.fn(async () => Response.json(meteredBody('late')));
    vi.stubGlobal('fetch', fetch);
    expect(userOf(await settle(loader.load()))).toBe('user-late');
  });

  it('C-18: without any fetch rejects with a TypeError that names the fetch option', async () => {
    vi.stubGlobal('fetch', undefined);
    const { loader } = openTab({ fetch: undefined });
    const error = await failureOf(loader.load());
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(/the (fetch option|option fetch)/);
  });

  it('C-55: is sent even if navigator.onLine is false', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { loader } = openTab();
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it('leaves no timer and no request behind', async () => {
    const { loader, endpoint } = openTab({}, httpError(500), unreachable, delayed(secondMs));
    await settle(loader.load());
    await flush();
    expect(vi.getTimerCount()).toBe(0);
    expect(endpoint.pendingCount()).toBe(0);
  });

  it.each([undefined, null, { ok: false, status: 401 }])(
    'whose fetch returns no Response (%j) rejects with a TypeError that names the fetch option',
    async (value) => {
      const { loader } = openTab({ fetch: async () => value as unknown as Response });
      const error = await failureOf(loader.load());
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toContain('the function in the fetch option must return a Response');
    },
  );
});
