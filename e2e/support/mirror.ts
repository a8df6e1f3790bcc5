import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';

/** The same pages from another origin, with something at the top of each. */
export const mirror = async (origin: string, first: string): Promise<{ origin: string; stop: () => Promise<void> }> => {
  const app = new Hono();
  app.all('*', async ({ req }) => {
    const response = await proxy(origin + req.path, { headers: { 'accept-encoding': 'identity' } });
    if (!response.headers.get('content-type')?.includes('html')) return response;
    const html = await response.text();
    return new Response(
      html.replace(/<head>/i, (tag) => tag + first),
      { headers: { 'content-type': 'text/html' } },
    );
  });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server;
  if (!server.listening) await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
