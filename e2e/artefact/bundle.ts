import { rename } from 'node:fs/promises';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build as esbuild } from 'esbuild';
import { execa } from 'execa';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import webpack from 'webpack';
import { folderOf, type Project } from './installed.js';

/** Makes one file of `app.js`, as a project with that bundler does. */
type Bundle = (project: Project, entry: string, out: string) => Promise<unknown>;

/** Each writes `app.js` into the folder `out` of the project. */
export const bundlers: Readonly<Record<string, Bundle>> = {
  Vite: (project, entry, out) =>
    vite({
      root: folderOf(project),
      configFile: false,
      logLevel: 'error',
      build: { outDir: out, rolldownOptions: { input: folderOf(project, entry), output: { entryFileNames: 'app.js' } } },
    }),
  webpack: (project, entry, out) =>
    new Promise((resolve, reject) => {
      webpack(
        {
          mode: 'production',
          context: folderOf(project),
          entry: folderOf(project, entry),
          output: { path: folderOf(project, out), filename: 'app.js' },
        },
        (error, stats) => {
          if (error || stats?.hasErrors() || stats?.hasWarnings()) reject(error ?? new Error(stats?.toString()));
          else resolve(stats);
        },
      );
    }),
  esbuild: (project, entry, out) =>
    esbuild({
      absWorkingDir: folderOf(project),
      entryPoints: [entry],
      bundle: true,
      minify: true,
      format: 'esm',
      outfile: `${out}/app.js`,
      logLevel: 'error',
    }),
  Rollup: async (project, entry, out) => {
    const bundle = await rollup({
      input: folderOf(project, entry),
      plugins: [nodeResolve({ browser: true })],
      onwarn: ({ message }) => {
        throw new Error(message);
      },
    });
    await bundle.write({ file: folderOf(project, out, 'app.js'), format: 'es' });
    await bundle.close();
  },
  // With its defaults, under which it does not read "exports".
  Parcel: async (project, entry, out) => {
    await execa('node', ['node_modules/parcel/lib/bin.js', 'build', entry, '--dist-dir', out, '--no-cache', '--no-source-maps'], {
      cwd: folderOf(project),
    });
    await rename(folderOf(project, out, entry), folderOf(project, out, 'app.js'));
  },
};
