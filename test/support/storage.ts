import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { vi } from 'vitest';

export const databaseName = 'ice-servers-loader';

/** Replaces `open` of the factory, and no other method. */
const stubOpen = (open: (...args: Parameters<IDBFactory['open']>) => unknown, factory: IDBFactory = new IDBFactory()) => {
  const spy = vi.fn(open);
  const stub = new Proxy(factory, {
    get: (target, name) => {
      if (name === 'open') return spy;
      const value = Reflect.get(target, name) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  vi.stubGlobal('indexedDB', stub);
  return spy;
};

/** IndexedDB is empty and works from now on. */
export const restoreIndexedDb = (): void => void vi.stubGlobal('indexedDB', new IDBFactory());

/** `open` never fires an event. */
export const hangIndexedDb = () => stubOpen(() => ({}));

/** `open` fails with an error of this name, or with `null`, as IndexedDB sometimes does. */
export const refuseIndexedDb = (name: string | null) =>
  stubOpen(() => {
    const request = { error: name && new DOMException('refused', name), onerror: undefined as ((event: unknown) => void) | undefined };
    setImmediate(() => request.onerror?.({ target: request, preventDefault: () => {} }));
    return request;
  });

/** `open` throws synchronously. */
export const throwIndexedDb = (name: string) =>
  stubOpen(() => {
    throw new DOMException('refused', name);
  });

/** `open` works after this time. */
export const slowIndexedDb = (ms: number) => {
  const real = globalThis.indexedDB;
  return stubOpen((...args) => {
    const request = {} as { onsuccess?: () => void; onerror?: () => void; result?: unknown };
    setTimeout(() => {
      const inner = real.open(...args);
      inner.addEventListener('success', () => {
        request.result = inner.result;
        request.onsuccess?.();
      });
    }, ms);
    return request;
  }, real);
};

/** Reading the global itself throws. */
export const forbidIndexedDb = (): void => {
  Object.defineProperty(globalThis, 'indexedDB', {
    configurable: true,
    get: () => {
      throw new DOMException('refused', 'SecurityError');
    },
  });
};

/** Records calls of `open` and the connections that are still open. */
export const watchIndexedDb = () => {
  const factory = globalThis.indexedDB;
  const open = new Set<object>();
  const opens = stubOpen((...args) => {
    const request = factory.open(...args);
    request.addEventListener('success', () => {
      const database = request.result;
      const close = database.close.bind(database);
      open.add(database);
      database.close = () => {
        open.delete(database);
        close();
      };
    });
    return request;
  }, factory);
  return { opens, stillOpen: open };
};

type Method = 'get' | 'put' | 'getAll' | 'getAllKeys' | 'delete';

/** These methods of an object store throw an error of this name. */
export const breakStore = (name: string, ...methods: Method[]): void => {
  for (const method of methods) {
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(() => {
      throw new DOMException('refused', name);
    });
  }
};

const promised = <T>(request: { result: T; onsuccess: unknown; onerror: unknown }): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('the test could not use IndexedDB'));
  });

/** Changes our database from outside, like another tab or a user of the developer tools. */
export const inDatabase = async <T>(work: (store: IDBObjectStore) => { result: T; onsuccess: unknown; onerror: unknown }): Promise<T> => {
  const database = await promised(globalThis.indexedDB.open(databaseName));
  const [storeName] = database.objectStoreNames;
  try {
    return await promised(work(database.transaction(storeName!, 'readwrite').objectStore(storeName!)));
  } finally {
    database.close();
  }
};

type Stored = Record<string, unknown>;

/** Everything our database holds. */
export const readRecords = async (): Promise<Map<string, Stored>> => {
  const keys = (await inDatabase((store) => store.getAllKeys())) as string[];
  const values = (await inDatabase((store) => store.getAll())) as Stored[];
  return new Map(keys.map((key, index) => [key, values[index]!]));
};

/** Changes every record of our database. */
export const changeRecords = async (change: (record: Stored) => unknown): Promise<void> => {
  for (const [key, record] of await readRecords()) await inDatabase((store) => store.put(change(record), key));
};

/** Deletes our database like another tab; returns whether a connection blocked it. */
export const deleteDatabase = async (): Promise<'success' | 'blocked'> => {
  const request = globalThis.indexedDB.deleteDatabase(databaseName);
  return new Promise((resolve) => {
    request.addEventListener('success', () => resolve('success'));
    request.addEventListener('blocked', () => resolve('blocked'));
  });
};

/** Adds `localStorage`, which Node lacks; returns its items. */
export const stubLocalStorage = (): Map<string, string> => {
  const items = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  });
  return items;
};

/** A custom storage that records its calls. */
export const createStorage = () => {
  const items = new Map<string, unknown>();
  return {
    items,
    get: vi.fn((key: string): unknown => items.get(key)),
    set: vi.fn((key: string, value: object): unknown => void items.set(key, structuredClone(value))),
    delete: vi.fn((key: string): unknown => void items.delete(key)),
  };
};

/** A custom storage of which each step takes this time. */
export const createSlowStorage = (ms: number) => {
  const storage = createStorage();
  const wait = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
  return {
    items: storage.items,
    get: async (key: string): Promise<unknown> => wait().then(() => storage.get(key)),
    set: async (key: string, value: object): Promise<unknown> => wait().then(() => storage.set(key, value)),
    delete: async (key: string): Promise<unknown> => wait().then(() => storage.delete(key)),
  };
};

/** A custom storage whose writes wait until `finishWrite` ends the last one. */
export const createPausedStorage = () => {
  const storage = createStorage();
  let write = (): void => {};
  const set = async (key: string, value: object): Promise<void> => {
    await new Promise<void>((resolve) => (write = resolve));
    storage.set(key, value);
  };
  return { ...storage, set, finishWrite: () => write() };
};
