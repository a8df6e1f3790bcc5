import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import MagicString from 'magic-string';
import { Visitor, type BuildEnvironmentOptions, type Plugin } from 'vite';
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

/**
 * Puts functions in parentheses, and functions of the top level as constants before everything but plain constants. V8 then compiles them while it loads
 * the file, off the main thread, and not at the first call: https://v8.dev/blog/preparser#pife
 *
 * Bundlers leave the parentheses there. Without them, a page's first `load()` compiles 157 functions on the main thread instead of 62: with
 * a stored answer it takes 5.5 ms instead of 3.8 ms (medians of 24 in Chromium).
 */
const eagerFunctions: Plugin = {
  name: 'eager-functions',
  apply: 'build',
  renderChunk(code, { name }) {
    // A connectivity test takes seconds, and its size budget is small.
    if (name === 'connectivity') return null;
    const edited = new MagicString(code);
    const program = this.parse(code);
    const importsEnd = Math.max(0, ...program.body.filter(({ type }) => type === 'ImportDeclaration').map(({ end }) => end));
    const moveToFront = ({ start, end }: { start: number; end: number }): void => {
      if (importsEnd > 0) edited.move(start, end, importsEnd);
    };
    // A minifier puts the value of a constant where it is used only if the constant stands before that.
    for (const node of program.body) {
      const isPlainConstant = node.type === 'VariableDeclaration' && node.declarations.every(({ init }) => init?.type === 'Literal');
      if (isPlainConstant) moveToFront(node);
    }
    for (const node of program.body) {
      if (node.type !== 'FunctionDeclaration') continue;
      edited.appendRight(node.start, `\nconst ${node.id!.name} = (`).appendLeft(node.end, ');');
      moveToFront(node);
    }
    new Visitor({
      ArrowFunctionExpression: ({ start, end }) => void edited.appendRight(start, '(').prependLeft(end, ')'),
    }).visit(program);
    return { code: edited.toString(), map: edited.generateMap({ hires: 'boundary' }) };
  },
};

/** Leaves out the comments and line breaks of the style sheets. They stand in templates, which no minifier changes. */
const compactStyles: Plugin = {
  name: 'compact-styles',
  enforce: 'pre',
  transform: {
    filter: { id: /\/element\/styles\/\w+\.ts$/ },
    handler(code) {
      if (code.includes('import ')) return null;
      const edited = new MagicString(code).replace(/\/\*[^]*?\*\/\s*|\n\s*/g, '');
      return { code: edited.toString(), map: edited.generateMap({ hires: 'boundary' }) };
    },
  },
};

const stub = fileURLToPath(new URL('src/script/ky-stub.ts', import.meta.url));

const licences = (name: string): string => `${name}.LICENSES.md`;

/** The ESM for bundlers keeps ky and idb-keyval external. */
const modules: BuildEnvironmentOptions = {
  emptyOutDir: true,
  minify: false,
  lib: { entry: { index: 'src/index.ts', connectivity: 'src/connectivity.ts' }, formats: ['es'] },
  rolldownOptions: {
    preserveEntrySignatures: 'allow-extension',
    external: ['ky', 'idb-keyval'],
    output: {
      // Shortens conditions as not every minifier of an app does. Names, lines and comments stay, so that the code can be debugged.
      topLevelVar: false,
      minify: { compress: { sequences: false, joinVars: false }, mangle: false, codegen: false },
      chunkFileNames: '[name].js',
      // What index.js and connectivity.js both use, so that neither has to export an internal for the other.
      codeSplitting: {
        groups: [{ name: 'shared', test: /src\/(?:errors|utils|options\/validate|credentials\/(?:ice-url|blocked-ports))/ }],
      },
    },
  },
};

/** Keeps constants of the top level constant, so that the minifier puts their values where they are used. Vite would make them variables. */
const inlinedConstants = { topLevelVar: false };

/** The script tag's file holds what it needs. */
const script: BuildEnvironmentOptions = {
  emptyOutDir: false,
  minify: 'oxc',
  license: { fileName: licences('ice-servers-loader.iife') },
  lib: { entry: 'src/script.ts', formats: ['iife'], name: 'IceServersScript', fileName: () => 'ice-servers-loader.iife.js' },
  rolldownOptions: {
    preserveEntrySignatures: 'allow-extension',
    external: [],
    output: {
      // V8 then compiles the functions while it loads the file, off the main thread: https://v8.dev/blog/explicit-compile-hints
      ...inlinedConstants,
      postBanner: `//# allFunctionsCalledOnLoad\n/*! ice-servers-loader ${version} | MIT | bundles idb-keyval: see ${licences('ice-servers-loader.iife')} */`,
    },
  },
};

/** So does the file of the element. */
const element: BuildEnvironmentOptions = {
  emptyOutDir: false,
  minify: 'oxc',
  license: { fileName: licences('element') },
  lib: { entry: { element: 'src/element.ts' }, formats: ['es'] },
  rolldownOptions: {
    external: [],
    output: {
      // Vite leaves the white space of an ES module for bundlers: https://vite.dev/config/build-options#build-minify
      minify: true,
      ...inlinedConstants,
      postBanner: `/*! ice-servers-loader ${version} | MIT | bundles idb-keyval and lit-html: see ${licences('element')} */`,
    },
  },
};

const builds: Readonly<Record<string, BuildEnvironmentOptions>> = { script, element };

export default defineConfig(({ mode }) => {
  const isSelfContained = mode in builds;
  return {
    test: {
      include: ['test/**/*.test.ts'],
      exclude: ky2 ? [] : ['test/**/ky-2.test.ts'],
      alias: ky2 ? { ky2 } : {},
      testTimeout: 60_000,
      restoreMocks: true,
      unstubGlobals: true,
    },
    plugins: isSelfContained ? [compactStyles] : [subpathFolders, eagerFunctions],
    resolve: {
      // ky would be nearly half of the script-tag file, for the retries that are used of it.
      alias: isSelfContained ? { ky: stub } : {},
      // lit's build for Node is the one that can be imported without a document. In a browser it does the same as the other.
      ...(mode === 'element' && { conditions: ['node', 'module', 'production'] }),
    },
    define: { __VERSION__: JSON.stringify(version) },
    build: { target: 'baseline-widely-available', sourcemap: true, ...(builds[mode] ?? modules) },
  };
});
