import { execa } from 'execa';
import { build } from 'vite';
import { expect, test } from '../support/test.js';
import { folderOf, write, type Project } from './installed.js';
import { serverCount } from '../support/turn.js';

/** Every way to do something at once, replaced by one that tells. `touched` is empty for as long as nobody does. */
const traps = `
  const touched = [];
  for (const name of ['setTimeout', 'setInterval', 'fetch', 'indexedDB', 'localStorage', 'addEventListener', 'BroadcastChannel', 'document', 'window', 'navigator'])
    Object.defineProperty(globalThis, name, { configurable: true, get: () => void touched.push(name) });
  Math.random = () => { touched.push('Math.random'); return 0.5; };
`;

const run = async (project: Project, name: string, ...given: string[]): Promise<unknown> => {
  const { stdout } = await execa('node', [name, ...given], { cwd: folderOf(project) });
  return JSON.parse(stdout);
};

for (const project of ['ky-1', 'ky-2'] as const) {
  test(`C-18: importing in Node with ${project} does nothing`, async () => {
    await write(
      project,
      'import.js',
      // The dependencies first: ky looks round as it is imported, and that is its own affair.
      `import 'ky'; import 'idb-keyval'; ${traps}
       await import('ice-servers-loader');
       await import('ice-servers-loader/connectivity');
       console.log(JSON.stringify({ touched, left: process.getActiveResourcesInfo().filter((one) => /Timeout|TCP/.test(one)) }));`,
    );
    expect(await run(project, 'import.js')).toEqual({ touched: [], left: [] });
  });

  test(`C-18: Node with ${project} loads from memory and from the endpoint, and ends by itself`, async ({ standIn }) => {
    await write(
      project,
      'load.js',
      `import { createIceServersLoader } from 'ice-servers-loader';
       const [endpoint, apiKey] = process.argv.slice(2);
       const loader = createIceServersLoader({ endpoint, apiKey });
       const { iceServers } = await loader.load();
       const { storage } = loader.status;
       await loader.load();
       console.log(JSON.stringify({ count: iceServers.length, storage, source: loader.status.source }));`,
    );
    expect(await run(project, 'load.js', standIn.endpoint, standIn.apiKey)).toEqual({
      count: serverCount,
      storage: 'memory',
      source: 'memory',
    });
    expect(standIn.requests.records).toHaveLength(1);
  });
}

test('importing the element in Node, or while a server renders, registers nothing and starts nothing', async () => {
  await write(
    'ky-1',
    'element.js',
    `const touched = [];
     for (const name of ['setTimeout', 'setInterval', 'fetch', 'indexedDB', 'localStorage', 'addEventListener', 'navigator', 'customElements'])
       Object.defineProperty(globalThis, name, { configurable: true, get: () => void (name === 'customElements' || touched.push(name)) });
     const { IceConnectivityElement } = await import('ice-servers-loader/element');
     console.log(JSON.stringify({ touched, type: typeof IceConnectivityElement }));`,
  );
  expect(await run('ky-1', 'element.js')).toEqual({ touched: [], type: 'function' });
});

test('C-76: Node without localStorage loads, fails and invalidates without a warning of the process', async () => {
  await write(
    'ky-1',
    'warnings.js',
    `// Reading it is what Node 25 warns of.
     const noticed = [];
     Object.defineProperty(globalThis, 'localStorage', { get: () => { noticed.push('localStorage'); throw new Error('no file'); } });
     process.on('warning', ({ message }) => noticed.push(message));
     const { createIceServersLoader } = await import('ice-servers-loader');
     const statuses = [200, 401];
     const fetch = async () => Response.json([{ urls: 'turn:turn.example.com', username: 'u', credential: 'c' }], { status: statuses.shift() });
     const loader = createIceServersLoader({ endpoint: 'https://turn.example.com/', fetch });
     const { iceServers } = await loader.load();
     const { code } = await loader.load({ cache: 'reload' }).catch((error) => error);
     await loader.invalidate();
     // Node tells of a warning in a tick of its own.
     await new Promise(setImmediate);
     console.log(JSON.stringify({ count: iceServers.length, code, noticed }));`,
  );
  expect(await run('ky-1', 'warnings.js')).toEqual({ count: 1, code: 'invalid-api-key', noticed: [] });
});

test('require() of the package works in a Node that can require modules', async () => {
  await write('ky-1', 'require.cjs', `console.log(JSON.stringify(typeof require('ice-servers-loader').loadRTCConfiguration));`);
  expect(await run('ky-1', 'require.cjs')).toBe('function');
});

test('a React page rendered on the server makes its loader there, and nothing happens', async () => {
  await write(
    'ky-1',
    'server.js',
    `import { createElement, useState } from 'react';
     import { renderToString } from 'react-dom/server';
     import { createIceServersLoader } from 'ice-servers-loader';
     const Call = () => {
       const [loader] = useState(() => createIceServersLoader({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' }));
       return createElement('p', null, loader.peek() ? 'ready' : 'not yet');
     };
     ${traps}
     const html = renderToString(createElement(Call));
     console.log(JSON.stringify({ html, touched }));`,
  );
  await build({
    root: folderOf('ky-1'),
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: ['ice-servers-loader'] },
    build: { ssr: 'server.js', outDir: 'out-server' },
  });
  expect(await run('ky-1', 'out-server/server.js')).toEqual({ html: '<p>not yet</p>', touched: [] });
});
