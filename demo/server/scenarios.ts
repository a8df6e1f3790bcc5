import { setTimeout as delay } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import type { Credentials } from './credentials.js';
import { getCredential } from './get-credential.js';
import type { IceServer, TurnPorts } from './ice-servers.js';
import { freePort } from './turn/loopback.js';
import { startSlowProxy, type SlowProxy } from './turn/slow-proxy.js';

/** Problems that the demo can simulate. Each has its own endpoint, so that a problem in one tab does not affect another. */
export const scenarioTitles = {
  'wrong-key': 'Wrong API key',
  'wrong-app': 'Wrong app name',
  'expired-password': 'Expired password',
  'udp-blocked': 'UDP blocked',
  'tls-blocked': 'TLS blocked',
  'dead-server': 'Dead server',
  'unknown-name': 'Unknown server name',
  'slow-network': 'Slow network',
  'login-page': 'Login page in the way',
  'no-network': 'No network',
} as const;

type Name = keyof typeof scenarioTitles;

/** The problems in which no server responds over TLS. */
export const stopsTls = (name: string): boolean => ['tls-blocked', 'dead-server', 'unknown-name'].includes(name);

const slowMs = 100;

export interface Scenarios {
  readonly api: Hono<{ Bindings: HttpBindings }>;
  stop(): void;
}

/** Get Credential with a problem: in the response itself, or with the servers in the response. */
export function createScenarios(credentials: Credentials, turn: TurnPorts): Scenarios {
  const proxies = new Map<number, Promise<SlowProxy>>();
  const deadPorts = new Map<number, Promise<number>>();
  const dead = (port: number): Promise<number> => {
    if (!deadPorts.has(port)) deadPorts.set(port, freePort());
    return deadPorts.get(port)!;
  };
  const slow = async (port: number): Promise<number> => {
    if (!proxies.has(port)) proxies.set(port, startSlowProxy(port, slowMs));
    return (await proxies.get(port)!).port;
  };

  const moved = async (
    servers: IceServer[],
    which: (url: string) => boolean,
    to: (port: number) => Promise<number>,
  ): Promise<IceServer[]> =>
    Promise.all(
      servers.map(async (server) => {
        const [, start, port, end] = /^(.*:)(\d+)(\D*)$/.exec(server.urls) ?? [];
        return port && which(server.urls) ? { ...server, urls: `${start}${await to(Number(port))}${end}` } : server;
      }),
    );

  const isTcp = (url: string): boolean => url.endsWith('=tcp');
  const changes: Partial<Record<Name, (servers: IceServer[]) => Promise<IceServer[]> | IceServer[]>> = {
    'expired-password': (servers) => servers.map((server) => (server.credential ? { ...server, credential: 'expired' } : server)),
    'udp-blocked': (servers) => moved(servers, (url) => !isTcp(url), dead),
    'tls-blocked': (servers) => moved(servers, (url) => url.startsWith('turns'), dead),
    'dead-server': (servers) => moved(servers, () => true, dead),
    'unknown-name': (servers) =>
      servers.map((server) => ({ ...server, urls: server.urls.replace(/:[\w.-]+:/, ':no-such-server.invalid:') })),
    'slow-network': async (servers) => {
      await delay(3 * slowMs);
      return moved(servers, () => true, slow);
    },
  };

  const trouble: MiddlewareHandler<{ Bindings: HttpBindings }> = async (context, next) => {
    const name = context.req.param('name') as Name;
    if (name === 'wrong-key') return context.json({ error: 'Invalid API Key' }, 401);
    if (name === 'wrong-app') return context.json({ message: 'Not Found' }, 404);
    if (name === 'login-page') return context.html('<!doctype html><title>Sign in</title><p>Please sign in to use this network.');
    if (name === 'no-network') context.env.incoming.destroy();
    await next();
    const change = changes[name] ?? ((servers) => servers);
    if (context.res.ok) {
      const changed = await change((await context.res.json()) as IceServer[]);
      const servers = context.req.query('tls') === 'none' ? changed.filter(({ urls }) => !urls.startsWith('turns')) : changed;
      context.res = undefined;
      context.res = context.json(servers);
    }
    return;
  };

  const api = new Hono<{ Bindings: HttpBindings }>();
  api.use('/:name', trouble);
  api.route('/:name', getCredential(credentials, turn, undefined));
  return {
    api,
    stop: () => {
      for (const proxy of proxies.values()) void proxy.then(({ stop }) => stop());
    },
  };
}
