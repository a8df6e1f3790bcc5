import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Miniflare, type MiniflareOptions } from 'miniflare';
import type { MeteredEnv } from '../../../e2e/recipes/servers/metered.js';

export interface RunningWorker {
  /** With the environment that was set last; it changes with it. */
  origin(): Promise<string>;
  configure(env: MeteredEnv): void;
  written(): string;
  stop(): Promise<void>;
}

/** Runs the Worker recipe in workerd, Cloudflare's own runtime. */
export async function runWorker(): Promise<RunningWorker> {
  const script = await bundle();
  let written = '';
  let wanted = '{}';
  let current = wanted;

  const optionsFor = (env: MeteredEnv): MiniflareOptions => ({
    modules: true,
    script,
    compatibilityDate: '2025-01-01',
    bindings: { ...env },
    // It would otherwise be looked up on the internet.
    cf: false,
    host: '127.0.0.1',
    handleRuntimeStdio: (...streams: Readable[]) => {
      for (const stream of streams) stream.on('data', (text: Buffer) => (written += String(text)));
    },
  });

  const miniflare = new Miniflare(optionsFor({}));
  return {
    origin: async () => {
      if (wanted !== current) await miniflare.setOptions(optionsFor(JSON.parse(wanted) as MeteredEnv));
      current = wanted;
      return (await miniflare.ready).origin;
    },
    configure: (env) => {
      wanted = JSON.stringify(env);
      written = '';
    },
    written: () => written,
    stop: () => miniflare.dispose(),
  };
}

/** In one file, as `wrangler deploy` makes it, with the tests' users in place of session.ts. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../../e2e/recipes/servers/cloudflare-worker.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    plugins: [
      {
        name: 'test-users',
        setup: ({ onResolve }) => {
          onResolve({ filter: /\/session\.js$/ }, () => ({ path: fileURLToPath(new URL('users.ts', import.meta.url)) }));
        },
      },
    ],
  });
  return outputFiles[0]!.text;
}
