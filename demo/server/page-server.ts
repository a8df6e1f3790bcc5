import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { build, preview, type InlineConfig, type Plugin } from 'vite';
import { mintPath, pageConfigPath, type PageConfig } from '../page-config.js';
import type { DemoService } from './demo-service.js';
import { mintApi } from './mint-api.js';
import type { Mint } from './mint.js';

export interface PageServer {
  readonly origin: string;
  stop(): Promise<void>;
}

const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));

/** Builds the page and serves it from its own origin, so that its requests to the API are cross-origin. */
export async function startPageServer({ config, mint }: Pick<DemoService, 'config' | 'mint'>, port = 5173): Promise<PageServer> {
  // Each server has its own folder, because several may run at the same time.
  const outDir = await mkdtemp(join(tmpdir(), 'connectivity-page-'));
  const shared: InlineConfig = { configFile, logLevel: 'warn', build: { outDir, emptyOutDir: true } };
  await build(shared);
  const server = await preview({
    ...shared,
    // If this port is taken, the next free one is used.
    preview: { host: '127.0.0.1', port, cors: false },
    plugins: [configRoute(config), mint && mintRoute(mint)],
  });
  const address = server.httpServer.address();
  const actualPort = typeof address === 'object' && address ? address.port : port;
  const stop = async (): Promise<void> => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  };
  return { origin: `http://127.0.0.1:${actualPort}`, stop };
}

function configRoute(config: PageConfig): Plugin {
  return {
    name: 'demo-config',
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use(pageConfigPath, (_request, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.setHeader('Cache-Control', 'no-store');
        response.end(JSON.stringify(config));
      });
    },
  };
}

function mintRoute(mint: Mint): Plugin {
  return {
    name: 'demo-mint',
    configurePreviewServer: ({ middlewares }) => {
      const listener = getRequestListener(mintApi(mint).fetch, { overrideGlobalObjects: false });
      middlewares.use(mintPath, (request, response) => void listener(request, response));
    },
  };
}
