import { describe, expect, it, vi } from 'vitest';
import type { IceServersOptions } from '../../src/index.js';
import { httpError, meteredBody } from '../support/endpoint.js';
import { openTab, userOf, type Tab } from '../support/loaders.js';
import { createPausedStorage, createStorage } from '../support/storage.js';
import { advance, failureOf, flush, outcomeOf, secondMs, settle } from '../support/world.js';

describe('a storage of the app’s own', () => {
  const asynchronous = (inner = createStorage()) => ({
    items: inner.items,
    get: async (key: string) => inner.get(key),
    set: async (key: string, value: object) => inner.set(key, value),
    delete: async (key: string) => inner.delete(key),
  });

  it.each([
    ['synchronous', createStorage],
    ['asynchronous', asynchronous],
  ])('may be %s, and keeps the answer for the next page', async (_, make) => {
    const storage = make();
    const { loader, endpoint, anotherTab } = openTab({ storage });
    await settle(loader.load());
    await flush();
    const second = anotherTab();
    expect(userOf(await settle(second.load()))).toBe('user-1');
    expect(second.status).toMatchObject({ source: 'indexeddb', storage: 'custom' });
    await settle(second.invalidate());
    expect(storage.items.size).toBe(0);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('has dropped the entry before load rejects with 401, because the caller may then leave the page', async () => {
    const storage = createPausedStorage();
    const { loader, endpoint } = openTab({ storage });
    endpoint.always(async () => new Response('', { status: 401 }));
    const heard = vi.fn();
    loader.load().catch(heard);
    await flush();
    expect(heard).not.toHaveBeenCalled();
    storage.finishWrite();
    await flush();
    expect(heard).toHaveBeenCalled();
  });

  it('may store JSON text: the record survives the round trip', async () => {
    const texts = new Map<string, string>();
    const storage = {
      get: (key: string) => JSON.parse(texts.get(key) ?? 'null') as unknown,
      set: (key: string, value: object) => void texts.set(key, JSON.stringify(value)),
      delete: (key: string) => void texts.delete(key),
    };
    const { loader, anotherTab } = openTab({ storage, maxAge: Infinity });
    await settle(loader.load());
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('may be an instance of a class: its methods keep their this', async () => {
    class Store {
      readonly #items = new Map<string, object>();
      get(key: string): unknown {
        return this.#items.get(key);
      }
      set(key: string, value: object): void {
        this.#items.set(key, value);
      }
      delete(key: string): void {
        this.#items.delete(key);
      }
    }
    const { loader, endpoint, anotherTab } = openTab({ storage: new Store() });
    await settle(loader.load());
    await flush();
    await settle(anotherTab().load());
    expect(endpoint.requests).toHaveLength(1);
  });

  it('may return the very object it was given: a caller who changes the configuration does not change the record', async () => {
    const items = new Map<string, object>();
    const storage = {
      get: (key: string) => items.get(key),
      set: (key: string, value: object) => void items.set(key, value),
      delete: () => {},
    };
    const { loader, anotherTab } = openTab({ storage });
    const configuration = await settle(loader.load());
    configuration.iceServers.length = 0;
    await flush();
    expect(await settle(anotherTab().load())).toEqual({ iceServers: meteredBody() });
  });

  const fail = () => {
    throw new Error('broken');
  };

  const never = () => new Promise<never>(() => {});

  const failingMethods: [string, Partial<ReturnType<typeof createStorage>>, number][] = [
    ['C-17: may throw from every method', { get: fail as never, set: fail as never, delete: fail as never }, 0],
    [
      'C-17: may reject get, and then delete and set',
      { get: (async () => fail()) as never, set: (async () => fail()) as never, delete: (async () => fail()) as never },
      0,
    ],
    ['C-16: may never settle set', { set: never as never }, 0],
    ['C-16: may reject set', { set: (async () => fail()) as never }, 0],
    ['C-01: may never settle get', { get: never as never }, 200],
    ['C-01: may never settle any method', { get: never as never, set: never as never, delete: never as never }, 200],
  ];

  it.each(failingMethods)('%s, and every load still succeeds', async (_, methods, maxMs) => {
    const storage = { ...createStorage(), ...methods } as NonNullable<IceServersOptions['storage']>;
    const { loader, endpoint } = openTab({ storage });
    const { value, ms } = await outcomeOf(loader.load());
    expect(userOf(value)).toBe('user-1');
    expect(ms).toBeLessThanOrEqual(maxMs);
    expect((await outcomeOf(loader.load())).ms).toBe(0);
    await advance(5 * secondMs);
    expect(endpoint.requests).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is a miss if it returns an object whose properties all throw', async () => {
    const gone = new Proxy(
      {},
      {
        get: (_, name) => {
          // An await reads this property.
          if (name !== 'then') throw new Error('revoked');
        },
      },
    );
    const { loader } = openTab({ storage: { ...createStorage(), get: () => gone } });
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it.each([
    ['invalidated', async ({ loader }: Tab) => loader.invalidate()],
    [
      'refused',
      async ({ loader, endpoint }: Tab) => {
        endpoint.always(httpError(401));
        await failureOf(loader.load({ cache: 'reload' }));
      },
    ],
  ])('still drops an entry that is %s while it is left alone after failures', async (_, lose) => {
    const storage = createStorage();
    const tab = openTab({ storage });
    await settle(tab.loader.load());
    await flush();
    for (const method of [storage.get, storage.set]) method.mockImplementation(fail);
    for (let i = 0; i < 3; i++) {
      await settle(tab.loader.load({ cache: 'reload' }));
      await flush();
    }
    for (const method of [storage.get, storage.set]) method.mockReset();
    await settle(lose(tab));
    expect([...storage.items.values()].filter((record) => 'iceServers' in (record as object))).toEqual([]);
  });

  it('does not bring back an invalidated entry when its write ends late', async () => {
    const storage = createPausedStorage();
    const { loader } = openTab({ storage });
    await settle(loader.load());
    await advance(secondMs);
    await settle(loader.invalidate());
    storage.finishWrite();
    await flush();
    expect(storage.items.size).toBe(0);
  });

  it('may change the record it is given, as when it encrypts, without changing the entry in memory', async () => {
    const storage = createStorage();
    storage.set.mockImplementation((_key, value) => {
      for (const server of (value as RTCConfiguration).iceServers!) server.username = 'changed';
    });
    const { loader } = openTab({ storage });
    await settle(loader.load());
    await flush();
    expect(userOf(loader.peek())).toBe('user-1');
  });

  it('does not delay a failure if it never ends a write', async () => {
    const { loader, endpoint } = openTab({ storage: { ...createStorage(), set: () => new Promise(() => {}) } });
    endpoint.always(httpError(400));
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'invalid-request' });
    expect(ms).toBe(0);
  });

  it('is left alone for a while after several failures', async () => {
    const reading = vi.fn(fail);
    const { loader } = openTab({ storage: { get: reading, set: fail, delete: fail } });
    for (let i = 0; i < 50; i++) await settle(loader.load({ cache: 'reload' }));
    await flush();
    expect(reading.mock.calls.length).toBeLessThanOrEqual(10);
  });
});
