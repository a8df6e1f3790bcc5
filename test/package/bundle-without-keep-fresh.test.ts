import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** What an app gets that imports one name alone: bundled and minified. */
async function bundleOf(name: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `import { ${name} } from './dist/index.js';\nconsole.log(${name});`, resolveDir: '.' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    external: ['ky', 'idb-keyval'],
  });
  return outputFiles[0]!.text;
}

/** What only the code for live connections contains. */
const marks = ['restartIce', 'icecandidateerror', 'setConfiguration'];

it.each(['loadRTCConfiguration', 'createIceServersLoader', 'staticIceServers'])(
  'an app that imports %s alone carries nothing of keepFresh',
  async (name) => {
    const text = await bundleOf(name);
    expect(marks.filter((mark) => text.includes(mark))).toEqual([]);
  },
);

it('an app that imports keepFresh carries all of it, so that the marks above mean something', async () => {
  const text = await bundleOf('keepFresh');
  expect(marks.filter((mark) => !text.includes(mark))).toEqual([]);
});
