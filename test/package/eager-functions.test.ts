import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { parseSync, Visitor } from 'vite';
import { expect, it } from 'vitest';

// https://v8.dev/blog/preparser#pife
it('an app that was bundled keeps the functions in parentheses, so that V8 compiles them before their first call', async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../dist/index.js', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    external: ['ky', 'idb-keyval'],
  });
  const { text } = outputFiles[0]!;
  const lazy: string[] = [];
  new Visitor({
    ArrowFunctionExpression: ({ start, end }) => {
      if (text[start - 1] !== '(') lazy.push(text.slice(start, end));
    },
  }).visit(parseSync('app.js', text).program);
  expect(lazy).toEqual([]);
});
