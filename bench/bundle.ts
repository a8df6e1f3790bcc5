import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** One of the folder's scripts as a page would load it: bundled with what it needs, and minified. */
export const bundle = async (name: string, external: string[] = []): Promise<string> =>
  bundleFile(fileURLToPath(new URL(`contenders/${name}.ts`, import.meta.url)), external);

export const bundleFile = async (entry: string, external: string[] = []): Promise<string> => {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: 'oxc',
      target: 'baseline-widely-available',
      lib: { entry, formats: ['es'] },
      // Vite leaves white space in a module that is a library: rivals and we alike are to be as small as in an app.
      rolldownOptions: { external, output: { minify: true } },
    },
  });
  return ([result].flat()[0] as Rolldown.RolldownOutput).output[0].code;
};
