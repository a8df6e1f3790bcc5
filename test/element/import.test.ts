import { expect, it, vi } from 'vitest';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterTest } from '../support/world.js';

it('importing the element without a DOM registers nothing, starts nothing and throws nothing', async () => {
  const touched: string[] = [];
  for (const name of ['indexedDB', 'navigator', 'localStorage', 'fetch', 'addEventListener', 'location']) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { configurable: true, get: () => void touched.push(name) });
    afterTest(() => {
      Reflect.deleteProperty(globalThis, name);
      if (before) Object.defineProperty(globalThis, name, before);
    });
  }
  vi.resetModules();
  const { IceConnectivityElement } = await import('../../src/element.js');
  expect([touched, vi.getTimerCount(), typeof IceConnectivityElement]).toEqual([[], 0, 'function']);
});

it('the manifest names every attribute, property, method, event, part and colour', () => {
  const manifest = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8')) as {
    modules: { path: string; declarations: Record<string, { name: string }[]>[] }[];
  };
  const [{ path, declarations }] = manifest.modules as [(typeof manifest.modules)[number]];
  const names = Object.fromEntries(
    ['attributes', 'members', 'events', 'cssParts'].map((kind) => [kind, declarations[0]![kind]!.map(({ name }) => name)]),
  );
  expect(path).toBe('dist/element.js');
  expect(names).toEqual({
    attributes: ['app-name', 'api-key', 'endpoint', 'region', 'autostart', 'mode'],
    members: ['options', 'strings', 'simulated', 'report', 'run', 'stop'],
    events: ['ice-progress', 'ice-report'],
    cssParts: ['answer', 'button', 'message', 'ways', 'way', 'details'],
  });
  expect(declarations[0]!.cssProperties!.every(({ name }) => name.startsWith('--ice-'))).toBe(true);
});

it('C-74: a tool that does not read "exports" finds each subpath in a folder of its name', () => {
  const require = createRequire(import.meta.url);
  for (const name of ['connectivity', 'element']) {
    const entry = require(`../../${name}/package.json`) as { main: string; types: string };
    expect([entry.main, entry.types]).toEqual([`../dist/${name}.js`, `../dist/${name}.d.ts`]);
  }
});
