// An app in Angular's zone, for a process of its own: zone.js patches the globals of whoever imports it.
// oxlint-disable-next-line import/no-unassigned-import
import 'zone.js';
import { createIceServersLoader, type IceServersLoader, type IceServersOptions } from '../../src/index.js';
import type { AllOptions } from '../../src/types.js';

const apiKey = '0123456789abcdef0123456789abcdef0123';
const turn = [{ urls: 'turn:turn.example', username: 'user', credential: 'secret' }];

const hang: NonNullable<IceServersOptions['fetch']> = (_, { signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
const answer: NonNullable<IceServersOptions['fetch']> = async () => Response.json(turn);

const open = (options: AllOptions = {}): IceServersLoader =>
  createIceServersLoader({ appName: 'demo', apiKey, fetch: hang, ...options } as IceServersOptions);

/** What an app may do without a catch. */
const scenes: Record<string, () => void | Promise<void>> = {
  'dispose in the same moment as load': () => {
    const loader = open();
    void loader.load();
    loader.dispose();
  },
  'dispose in the same moment as two loads': () => {
    const loader = open();
    void loader.load();
    void loader.load({ cache: 'reload' });
    loader.dispose();
  },
  'dispose a microtask after load': async () => {
    const loader = open();
    void loader.load();
    await Promise.resolve();
    loader.dispose();
  },
  'dispose while the request is under way': async () => {
    const loader = open();
    void loader.load();
    await nextTask();
    await nextTask();
    loader.dispose();
  },
  'dispose while a function of the app is under way': async () => {
    const loader = open({ apiKey: () => new Promise<string>(() => {}) });
    void loader.load();
    await nextTask();
    loader.dispose();
  },
  'dispose while storage hangs': async () => {
    const never = (): Promise<never> => new Promise(() => {});
    const loader = open({ storage: { get: never, set: never, delete: never } });
    void loader.load();
    await nextTask();
    loader.dispose();
  },
  'dispose with autoRefresh after a load': async () => {
    const loader = open({ fetch: answer, autoRefresh: true });
    await loader.load();
    loader.dispose();
  },
  'a load that succeeds': async () => {
    const loader = open({ fetch: answer });
    const { iceServers } = await loader.load();
    if (iceServers.length !== 1) throw new Error('no servers');
    loader.dispose();
  },
  'a failure that is caught': async () => {
    const loader = open({ fetch: async () => new Response(null, { status: 404 }) });
    await loader.load().catch(() => {});
    loader.dispose();
  },
  // This one has to be told, or the silence of the others means nothing.
  'a failure that nobody catches': async () => {
    void open({ fetch: async () => new Response(null, { status: 404 }) }).load();
    await nextTask();
  },
};

process.on('unhandledRejection', (reason) => console.error('unhandledRejection', reason));

const scene = scenes[process.argv[2] ?? ''];
if (!scene) throw new Error('There is no such scene.');
const angular = Zone.current.fork({
  name: 'angular',
  onHandleError: (_parent, _current, _target, error: unknown) => {
    console.error('the error handler of the zone', error);
    return false;
  },
});
await angular.run(async () => {
  await scene();
  // A report comes with the task after a rejection.
  for (let i = 0; i < 5; i++) await nextTask();
});

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
