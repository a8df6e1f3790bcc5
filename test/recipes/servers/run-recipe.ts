import type { Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { serve } from '@hono/node-server';
import express from 'express';
import { Hono } from 'hono';
import { vi } from 'vitest';
import { turn as expressTurn } from '../../../e2e/recipes/servers/express.js';
import { turn as honoTurn } from '../../../e2e/recipes/servers/hono.js';
import * as nextRoute from '../../../e2e/recipes/servers/next-route.js';
import type { MeteredEnv } from '../../../e2e/recipes/servers/metered.js';
import { runWorker } from './run-worker.js';

/** `key` is the answer for `apiKey: () => …`, `servers` that for `endpoint`. */
export type Wanted = 'key' | 'servers';

export interface RunningRecipe {
  request(wanted: Wanted, user?: string): Promise<Response>;
  /** Sets its environment, and forgets what it has written. */
  configure(env: MeteredEnv): void;
  /** All that it wrote to the console. */
  written(): string;
  stop(): Promise<void>;
}

export const recipes: Readonly<Record<string, () => Promise<RunningRecipe>>> = {
  Hono: async () => {
    const app = new Hono().route('/api', honoTurn);
    return runInProcess(await listen(serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server));
  },
  Express: async () => runInProcess(await listen(express().use('/api', expressTurn).listen(0, '127.0.0.1'))),
  'Next route': async () => runInProcess({ fetch: callNextRoute, stop: async () => undefined }),
  'Cloudflare Worker': async () => {
    const { origin, ...worker } = await runWorker();
    return { ...worker, request: async (wanted, user) => fetch((await origin()) + paths[wanted], { headers: headersOf(user) }) };
  },
};

const paths: Readonly<Record<Wanted, string>> = { key: '/api/turn-key', servers: '/api/ice-servers' };

function headersOf(user: string | undefined): Record<string, string> {
  return user === undefined ? {} : { 'x-user': user };
}

interface Served {
  fetch(wanted: Wanted, headers: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

async function listen(server: Server): Promise<Served> {
  if (!server.listening) await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    fetch: (wanted, headers) => fetch(origin + paths[wanted], { headers }),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function callNextRoute(wanted: Wanted, headers: Record<string, string>): Promise<Response> {
  const address = 'https://app.example/api/turn';
  return wanted === 'key'
    ? nextRoute.POST(new Request(address, { method: 'POST', headers }))
    : nextRoute.GET(new Request(address, { headers }));
}

/** A recipe that reads `process.env` and writes to this process's console. */
function runInProcess(served: Served): RunningRecipe {
  let written = '';
  return {
    request: (wanted, user) => served.fetch(wanted, headersOf(user)),
    configure: (env) => {
      written = '';
      vi.unstubAllEnvs();
      for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value as string | undefined);
      for (const method of ['debug', 'log', 'info', 'warn', 'error'] as const) {
        vi.spyOn(console, method).mockImplementation((...values) => {
          written += `${inspect(values, { depth: null, showHidden: true })}\n`;
        });
      }
    },
    written: () => written,
    stop: async () => {
      vi.unstubAllEnvs();
      await served.stop();
    },
  };
}
