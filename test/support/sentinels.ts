import { vi } from 'vitest';
import type { IceServersLoader } from '../../src/index.js';
import { meteredBody } from './endpoint.js';
import { stubLocks } from './locks.js';
import { stubLocalStorage } from './storage.js';

export const key = 'feedfacefeedfacefeedfacefeedface0123';
export const username = 'sentinel-username';
export const credential = 'sentinel-credential';
export const remark = 'sentinel-remark';
/** Includes short pieces, because half a key is a leak too. */
const secrets = [key, key.slice(0, 12), 'feedface', username, credential, 'sentinel'];

/** The sentinels, or pieces of them, that the text contains. */
export const leaksIn = (shown: string): string[] => secrets.filter((secret) => shown.includes(secret));

/** Everything that can be read from a value: its text, its JSON and every property, including nested, hidden and inherited ones. */
export const readAll = (value: unknown, seen = new Set<unknown>()): string => {
  if (Object(value) !== value) return String(value);
  // Skips the page, which happy-dom attaches to each event.
  if (seen.has(value) || 'document' in (value as object) || 'nodeType' in (value as object)) return '';
  seen.add(value);
  const parts: string[] = [];
  try {
    parts.push(JSON.stringify(value) ?? '', String(value));
  } catch {
    // A cycle, or an object without toString.
  }
  for (
    let object = value as object | null;
    object && object !== Object.prototype;
    object = Object.getPrototypeOf(object) as object | null
  ) {
    for (const name of Reflect.ownKeys(object)) {
      parts.push(String(name));
      const { value: own } = Object.getOwnPropertyDescriptor(object, name) ?? {};
      if (typeof own !== 'function') parts.push(readAll(own, seen));
    }
  }
  if (value instanceof Error) parts.push(value.message, value.stack ?? '', readAll(value.cause, seen));
  return parts.join('\n');
};

/**
 * Records everything that the user of a page, an error tracker or another script may see.
 *
 * @param own what the app's own function has thrown: it is the app's, and only that very object may hold a secret
 */
export const watchAll = (own?: object) => {
  const shown: string[] = [];
  const read = (value: unknown): void => void shown.push(readAll(value, new Set(own && [own])));
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    vi.spyOn(console, name).mockImplementation((...args) => read(args));
  }
  const locks = stubLocks();
  const items = stubLocalStorage();
  return {
    show: read,
    listen: (loader: IceServersLoader): void => {
      for (const type of ['error', 'refresh'] as const) {
        loader.addEventListener(type, (event) => {
          read(event);
          read(event.detail);
        });
      }
    },
    all: () => [...shown, ...locks.requested.map(({ name }) => name), ...[...items].flat()].join('\n'),
  };
};

/** Metered's answer, with the sentinels as username and credential. */
export const secretBody: RTCIceServer[] = meteredBody().map((server) => Object.assign(server, server.username && { username, credential }));
