// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { IceServersLoader } from '../../src/index.js';
import { apiKey, createEndpoint } from '../support/endpoint.js';
import { canAssignMethod, hardenEventTarget } from '../support/hardened-page.js';
import { userOf } from '../support/loaders.js';
import { afterTest, settle } from '../support/world.js';

const page = globalThis as { IceServers?: { readonly loader: IceServersLoader; readonly ready: Promise<RTCConfiguration> } };

/** Runs the script like a tag with these attributes; returns the global that it sets. */
async function runTag(attributes: Record<string, string>) {
  const tag = document.createElement('script');
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  Object.defineProperty(document, 'currentScript', { configurable: true, get: () => tag });
  vi.resetModules();
  await import('../../src/script.js');
  afterTest(() => page.IceServers?.loader.dispose());
  return page.IceServers!;
}

beforeEach(() => {
  delete page.IceServers;
  hardenEventTarget();
  vi.stubGlobal('fetch', createEndpoint().fetch);
});

it('the page of these tests does not let a method of EventTarget be replaced', () => {
  expect(canAssignMethod()).toBe(false);
});

describe('C-71: on a hardened page the script tag', () => {
  const attributes = { 'data-app-name': 'demo', 'data-api-key': apiKey };

  it('loads the servers', async () => {
    const { ready } = await runTag(attributes);
    expect(userOf(await settle(ready))).toBe('user-1');
  });

  it('announces them on the document', async () => {
    const hear = vi.fn();
    document.addEventListener('iceservers:ready', hear, { once: true });
    await settle((await runTag(attributes)).ready);
    await vi.waitFor(() => expect(hear).toHaveBeenCalledOnce());
  });

  it('has a loader whose events come', async () => {
    const { loader, ready } = await runTag(attributes);
    await settle(ready);
    const hear = vi.fn();
    loader.addEventListener('refresh', hear);
    await settle(loader.load({ cache: 'reload' }));
    expect(hear).toHaveBeenCalledOnce();
  });
});
