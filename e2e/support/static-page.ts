import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build, preview } from 'vite';
import { expect, runTest } from './demo.js';
import { test as base } from './test.js';

const configFile = fileURLToPath(new URL('../../demo/vite.config.ts', import.meta.url));

export const test = base.extend<
  object,
  { /** The address of the page as a static build, in a folder of a web server. */ readonly staticPage: string }
>({
  staticPage: [
    async ({}, use) => {
      const root = await mkdtemp(join(tmpdir(), 'static-page-'));
      await build({ configFile, mode: 'static', logLevel: 'warn', build: { outDir: join(root, 'any/folder'), emptyOutDir: true } });
      const server = await preview({
        root,
        configFile: false,
        appType: 'mpa',
        logLevel: 'error',
        build: { outDir: '.' },
        preview: { host: '127.0.0.1', port: 5300 },
      });
      const { port } = server.httpServer.address() as { port: number };
      await use(`http://127.0.0.1:${port}/any/folder/`);
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

/** Types a key, and waits until the test with it has ended. */
export const fillAndRun = async (page: Page, apiKey: string): Promise<void> => {
  await page.getByLabel('API key').fill(apiKey);
  await runTest(page);
};

export { expect };
