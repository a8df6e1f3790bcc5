import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { IceServersLoader, IceServersOptions } from '../../src/index.js';
import type { AllOptions } from '../../src/types.js';
import { FakeConnection } from '../support/connection.js';
import { apiKey, createEndpoint, unreachable } from '../support/endpoint.js';
import { canAssignMethod, hardenEventTarget } from '../support/hardened-page.js';
import { errorsOf, refreshesOf, userOf } from '../support/loaders.js';
import { advance, afterTest, failureOf, flush, hourMs, settle } from '../support/world.js';

beforeEach(() => {
  hardenEventTarget();
  vi.resetModules();
});

/** The package as a page imports it that was hardened before. */
function importPackage() {
  return import('../../src/index.js');
}

async function openHardenedTab(options: AllOptions = {}) {
  const { createIceServersLoader, keepFresh } = await importPackage();
  const endpoint = createEndpoint();
  const loader: IceServersLoader = createIceServersLoader({
    appName: 'demo',
    apiKey,
    storage: 'memory',
    fetch: endpoint.fetch,
    ...options,
  } as IceServersOptions);
  afterTest(loader.dispose);
  return { loader, endpoint, keepFresh };
}

it('the page of these tests does not let a method of EventTarget be replaced', () => {
  expect(canAssignMethod()).toBe(false);
});

describe('C-71: on a hardened page', () => {
  it('the package can be imported', async () => {
    expect((await importPackage()).loadRTCConfiguration).toBeTypeOf('function');
  });

  it('a loader can be made, and is an EventTarget of the page', async () => {
    expect((await openHardenedTab()).loader).toBeInstanceOf(EventTarget);
  });

  it('loadRTCConfiguration returns servers', async () => {
    const { loadRTCConfiguration } = await importPackage();
    const { fetch } = createEndpoint();
    expect(userOf(await settle(loadRTCConfiguration({ appName: 'demo', apiKey, storage: 'memory', fetch })))).toBe('user-1');
  });

  it('load, peek, status and invalidate work', async () => {
    const { loader } = await openHardenedTab();
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(userOf(loader.peek())).toBe('user-1');
    expect(loader.status).toMatchObject({ source: 'memory' });
    await settle(loader.invalidate());
    expect(loader.peek()).toBeUndefined();
  });

  it('refresh events come, until their listener is removed', async () => {
    const { loader } = await openHardenedTab();
    const hear = vi.fn();
    loader.addEventListener('refresh', hear);
    await settle(loader.load());
    loader.removeEventListener('refresh', hear);
    await settle(loader.load({ cache: 'reload' }));
    expect(hear).toHaveBeenCalledOnce();
  });

  it('error events come', async () => {
    const { loader, endpoint } = await openHardenedTab({ fallback: [{ urls: 'stun:stun.example' }] });
    const errors = errorsOf(loader);
    endpoint.always(unreachable);
    await settle(loader.load());
    expect(errors).toMatchObject([{ code: 'network' }]);
  });

  it('the methods of events work detached from the loader', async () => {
    const { loader } = await openHardenedTab();
    const { addEventListener, dispatchEvent, removeEventListener } = loader;
    const hear = vi.fn();
    addEventListener('own', hear);
    dispatchEvent(new Event('own'));
    removeEventListener('own', hear);
    dispatchEvent(new Event('own'));
    expect(hear).toHaveBeenCalledOnce();
  });

  it('autoRefresh works, and dispose ends it', async () => {
    const { loader, endpoint } = await openHardenedTab({ autoRefresh: true });
    const statuses = refreshesOf(loader);
    await settle(loader.load());
    await advance(hourMs);
    expect(statuses.length).toBeGreaterThan(1);
    const { length } = endpoint.requests;
    loader.dispose();
    expect(vi.getTimerCount()).toBe(0);
    expect(await failureOf(loader.load())).toMatchObject({ name: 'AbortError' });
    expect(endpoint.requests).toHaveLength(length);
  });

  it('keepFresh works', async () => {
    const { loader, keepFresh } = await openHardenedTab();
    const connection = new FakeConnection(await settle(loader.load()));
    afterTest(keepFresh(connection as unknown as RTCPeerConnection, loader));
    connection.fireCandidateError();
    await flush();
    expect(userOf(connection.getConfiguration())).toBe('user-2');
  });
});
