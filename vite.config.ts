import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const { version, exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
  exports: Record<string, string | { types: string; default: string }>;
};

/** The file of ky 2. A test of the packed package installs it, and names it here: e2e/artefact/ky-2.spec.ts. */
const ky2 = process.env['KY_2'];

/**
 * Writes a folder for each subpath of `exports`. Tools that do not read `exports` look there:
 * https://github.com/parcel-bundler/parcel/issues/10330 https://github.com/zama-ai/fhevm/issues/3896
 */
const subpathFolders: Plugin = {
  name: 'subpath-folders',
  apply: 'build',
  writeBundle() {
    for (const [subpath, target] of Object.entries(exports)) {
      if (subpath === '.' || typeof target === 'string') continue;
      const folder = new URL(`${subpath}/`, import.meta.url);
      const main = `.${target.default}`;
      mkdirSync(folder, { recursive: true });
      writeFileSync(new URL('package.json', folder), `${JSON.stringify({ main, module: main, types: `.${target.types}` }, null, 2)}\n`);
    }
  },
};

// Two builds: the ESM keeps ky and idb-keyval external, the script tag's file holds what it needs.
export default defineConfig(({ mode }) => {
  const isScript = mode === 'script';
  return {
    test: {
      include: ['test/**/*.test.ts'],
      exclude: ky2 ? [] : ['test/**/ky-2.test.ts'],
      alias: ky2 ? { ky2 } : {},
      testTimeout: 60_000,
      restoreMocks: true,
      unstubGlobals: true,
    },
    plugins: isScript ? [] : [subpathFolders],
    // ky would be nearly half of the script-tag file, for the retries that are used of it.
    resolve: { alias: isScript ? { ky: fileURLToPath(new URL('src/script/ky-stub.ts', import.meta.url)) } : {} },
    define: { __VERSION__: JSON.stringify(version) },
    build: {
      target: 'baseline-widely-available',
      sourcemap: true,
      emptyOutDir: !isScript,
      minify: isScript ? 'oxc' : false,
      license: isScript && { fileName: 'ice-servers-loader.iife.LICENSES.md' },
      lib: isScript
        ? { entry: 'src/script.ts', formats: ['iife'], name: 'IceServersScript', fileName: () => 'ice-servers-loader.iife.js' }
        : { entry: { index: 'src/index.ts', connectivity: 'src/connectivity.ts' }, formats: ['es'] },
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        external: isScript ? [] : ['ky', 'idb-keyval'],
        output: isScript
          ? {
              // V8 then compiles the functions while it loads the file, off the main thread: https://v8.dev/blog/explicit-compile-hints
              postBanner: `//# allFunctionsCalledOnLoad\n/*! ice-servers-loader ${version} | MIT | bundles idb-keyval: see ice-servers-loader.iife.LICENSES.md */`,
            }
          : {
              chunkFileNames: '[name].js',
              // What index.js and connectivity.js both use, so that neither has to export an internal for the other.
              codeSplitting: {
                groups: [{ name: 'shared', test: /src\/(?:errors|utils|options\/validate|credentials\/(?:ice-url|blocked-ports))/ }],
              },
            },
      },
    },
  };
});
