import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { build, preview } from 'vite';
import type { IceReport } from '../../src/element.js';
import { expect, test as base } from './test.js';

const configFile = fileURLToPath(new URL('../../demo/vite.config.ts', import.meta.url));

interface Workers {
  readonly builtPage: string;
}

interface Fixtures {
  /** The address of the static build, which is set up for an endpoint of its own. No test of it needs a server. */
  readonly customerPage: string;
}

export const test = base.extend<Fixtures, Workers>({
  builtPage: [
    async ({}, use) => {
      const outDir = await mkdtemp(join(tmpdir(), 'customer-page-'));
      const shared = { configFile, mode: 'static', logLevel: 'warn', build: { outDir, emptyOutDir: true } } as const;
      await build(shared);
      const server = await preview({ ...shared, preview: { host: '127.0.0.1', port: 5310 } });
      await use(server.resolvedUrls!.local[0]!);
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  customerPage: async ({ page, builtPage }, use) => {
    await page.route('**/config.json', (route) => route.fulfill({ json: { endpoint: 'https://calls.example/ice', form: false } }));
    await use(builtPage);
  },
});

/** The fragment of a link to a report, as the page makes it. */
export function resultLink(report: IceReport): string {
  return `#result=${deflateSync(JSON.stringify(report)).toString('base64url')}`;
}

export { expect };
