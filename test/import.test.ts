import { expect, it, vi } from 'vitest';
import { afterTest } from './support/world.js';

it('C-18: importing has no side effect: no timer, no listener, no request, no random value, no access to a global', async () => {
  const names = [
    'indexedDB',
    'navigator',
    'localStorage',
    'document',
    'window',
    'fetch',
    'BroadcastChannel',
    'addEventListener',
    'location',
  ];
  const touched: string[] = [];
  for (const name of names) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { configurable: true, get: () => void touched.push(name) });
    afterTest(() => {
      Reflect.deleteProperty(globalThis, name);
      if (before) Object.defineProperty(globalThis, name, before);
    });
  }
  const chance = vi.spyOn(Math, 'random');
  vi.resetModules();
  await import('../src/index.js');
  expect(touched).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  expect(chance).not.toHaveBeenCalled();
});

it('the exports are the documented ones', async () => {
  expect(Object.keys(await import('../src/index.js')).sort()).toEqual([
    'IceServersError',
    'createIceServersLoader',
    'isIceServersError',
    'keepFresh',
    'loadRTCConfiguration',
    'regions',
    'staticIceServers',
  ]);
});

it('C-69: fake-indexeddb works under the fake clock of these tests', async () => {
  const request = indexedDB.open('any');
  await new Promise((resolve) => request.addEventListener('success', resolve));
  expect(request.result.name).toBe('any');
  request.result.close();
});
