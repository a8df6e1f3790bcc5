import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import MagicString from 'magic-string';
import { Visitor, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/**
 * Puts each function in parentheses: V8 then compiles it while it loads the file, off the main thread, and not at its first call.
 * esbuild and Oxc, and so Vite, leave them there; the comment of the script tag's file goes with any bundler.
 * https://v8.dev/blog/preparser#pife
 */
const eagerFunctions: Plugin = {
  name: 'eager-functions',
  apply: 'build',
  enforce: 'post',
  transform(code, id) {
    // A test of connectivity takes seconds, and its budget is small.
    if (!/src\/(?!connectivity)[\w-]+\.ts$/.test(id)) return null;
    const edited = new MagicString(code);
    const visitor = new Visitor({
      ArrowFunctionExpression: ({ start, end }) => void edited.appendRight(start, '(').prependLeft(end, ')'),
    });
    visitor.visit(this.parse(code));
    return { code: edited.toString(), map: edited.generateMap({ hires: 'boundary' }) };
  },
};

/** The file of ky 2. A test of the packed package installs it, and names it here: e2e/artefact/ky-2.spec.ts. */
const ky2 = process.env['KY_2'];

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
    // ky would be nearly half of the script-tag file, for the two loops that are used of it.
    resolve: { alias: isScript ? { ky: fileURLToPath(new URL('src/script-ky.ts', import.meta.url)) } : {} },
    plugins: isScript ? [] : [eagerFunctions],
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
        // connectivity.js then imports index.js itself: one copy, and no third file with a hash in its name.
        preserveEntrySignatures: 'allow-extension',
        external: isScript ? [] : ['ky', 'idb-keyval'],
        output: isScript
          ? {
              // What the parentheses do for the other build; they would make this file larger.
              // https://v8.dev/blog/explicit-compile-hints
              postBanner: `//# allFunctionsCalledOnLoad\n/*! ice-servers-loader ${version} | MIT | bundles idb-keyval: see ice-servers-loader.iife.LICENSES.md */`,
            }
          : {},
      },
    },
  };
});
