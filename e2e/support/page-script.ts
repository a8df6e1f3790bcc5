import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import { importMap, type Site } from './site.js';

const pages = fileURLToPath(new URL('../pages', import.meta.url));

/** Opens a page that runs one of the scripts in `e2e/pages` against the built package, or another one that the import map names. */
export async function openScript(page: Page, site: Site, entry: string, imports = importMap): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: pages,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    external: ['ice-servers-loader'],
    logLevel: 'error',
  });
  const name = basename(entry, '.ts');
  const head = `<!doctype html><title>${name}</title><link rel="icon" href="data:,">${imports}`;
  await page.goto(site.page(`/${name}`, `${head}<script type="module">${outputFiles[0]!.text}</script>`));
}
