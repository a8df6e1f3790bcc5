import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

export interface BenchSite {
  readonly origin: string;
  readonly stop: () => void;
}

const head = '<!doctype html><title>bench</title><link rel="icon" href="data:,">';

/** What an app writes after any contender; tells when the first relay candidate came, from the start of the navigation. */
const relayScript = (address: string): string => `<script type="module">
  window.firstRelay = (async () => {
    const connection = new RTCPeerConnection(await load(${JSON.stringify(address)}));
    connection.createDataChannel('bench');
    const found = new Promise((resolve) => connection.addEventListener('icecandidate', ({ candidate }) => {
      if (/ typ relay /.test(candidate?.candidate)) resolve(performance.now());
    }));
    await connection.setLocalDescription();
    const at = await found;
    connection.close();
    return at;
  })();
</script>`;

/**
 * Serves each script under its name: `/NAME.js`, cached as on any web server, `/NAME` a page that has it, and `/NAME/relay` one that uses it.
 * The pages are isolated from other origins, which makes their clock fine enough (5 µs).
 */
export const startBenchSite = async (scripts: ReadonlyMap<string, string>, address: string): Promise<BenchSite> => {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('Cross-Origin-Opener-Policy', 'same-origin');
    context.header('Cross-Origin-Embedder-Policy', 'require-corp');
  });
  app.get('/', (context) => context.html(head));
  for (const [name, code] of scripts) {
    const tag = `<script type="module" src="/${name}.js"></script>`;
    app.get(`/${name}.js`, (context) => context.body(code, 200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'max-age=3600' }));
    app.get(`/${name}`, (context) => context.html(head + tag));
    app.get(`/${name}/relay`, (context) => context.html(head + tag + relayScript(address)));
  }
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server;
  if (!server.listening) await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
