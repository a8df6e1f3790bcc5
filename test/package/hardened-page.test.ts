import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Makes the methods of the real EventTarget read-only for good, which only a process of its own survives. */
const harden = `
for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
  Object.defineProperty(EventTarget.prototype, name, { writable: false, configurable: false });
}
const fetch = async () => Response.json([{ urls: 'turn:turn.example', username: 'ada', credential: 'secret' }]);
const options = { appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123', storage: 'memory', fetch };
const use = async (createIceServersLoader) => {
  const loader = createIceServersLoader(options);
  let heard = 0;
  loader.addEventListener('refresh', () => heard++);
  const { iceServers } = await loader.load();
  loader.dispose();
  console.log(JSON.stringify({ username: iceServers[0].username, heard, peek: loader.peek() ?? null }));
};
`;

const sources: [what: string, code: string][] = [
  ['module', `const { createIceServersLoader } = await import('./dist/index.js');`],
  [
    'script file',
    `const { runInThisContext } = await import('node:vm');
     const { readFileSync } = await import('node:fs');
     runInThisContext(readFileSync('dist/ice-servers-loader.iife.js', 'utf8'));
     const { createIceServersLoader } = IceServers;`,
  ],
];

it.each(sources)('C-71: the built %s loads, fires its event and is disposed of after EventTarget was made read-only', (_, code) => {
  const script = `${harden}\n${code}\nawait use(createIceServersLoader);`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual({ username: 'ada', heard: 1, peek: null });
});
