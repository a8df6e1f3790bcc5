import { expect, test } from '../support/test.js';
import { bundlers } from './bundle.js';
import { folderOf, packageIn, write } from './installed.js';
import { serverCount } from '../support/turn.js';

const head = '<!doctype html><title>workers</title><link rel="icon" href="data:,">';

test('C-18: a module worker made by a bundler loads', async ({ page, site, standIn }) => {
  await write(
    'ky-1',
    'worker.js',
    `import { loadRTCConfiguration } from 'ice-servers-loader';
     onmessage = async ({ data }) => postMessage((await loadRTCConfiguration(data)).iceServers.length);`,
  );
  await bundlers['esbuild']!('ky-1', 'worker.js', 'out-worker');
  const address = site.folder('/worker/', folderOf('ky-1', 'out-worker'));
  await page.goto(site.page('/with-worker', head));
  const count = await page.evaluate(
    ({ source, options }) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(source, { type: 'module' });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(options);
      }),
    { source: `${address}app.js`, options: { endpoint: standIn.endpoint, apiKey: standIn.apiKey } },
  );
  expect(count).toBe(serverCount);
});

test('C-92: a page knows the JSON form of an error that a worker posts, and its code', async ({ page, site }) => {
  await write(
    'ky-1',
    'failing-worker.js',
    `import { loadRTCConfiguration } from 'ice-servers-loader';
     onmessage = ({ data }) => loadRTCConfiguration(data).catch((error) => postMessage(error.toJSON()));`,
  );
  await bundlers['esbuild']!('ky-1', 'failing-worker.js', 'out-failing-worker');
  const address = site.folder('/failing-worker/', folderOf('ky-1', 'out-failing-worker'));
  const script = site.folder('/dist-of-it/', packageIn('ky-1', 'dist'));
  await page.goto(site.page('/with-failing-worker', `${head}<script src="${script}ice-servers-loader.iife.js"></script>`));
  const known = await page.evaluate(
    (source) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(source, { type: 'module' });
        worker.onmessage = ({ data }: { data: unknown }) => resolve(window.IceServers.isIceServersError(data) && data.code);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage({ appName: 'demo', apiKey: 'A'.repeat(48) });
      }),
    `${address}app.js`,
  );
  expect(known).toBe('secret-key');
});

test('a service worker loads with the script file', async ({ page, site, standIn }) => {
  await write(
    'ky-1',
    'service/worker.js',
    `importScripts('/service-dist/ice-servers-loader.iife.js');
     onmessage = ({ data, ports: [port] }) =>
       IceServers.loadRTCConfiguration(data).then(({ iceServers }) => port.postMessage(iceServers.length), (error) => port.postMessage(String(error)));`,
  );
  site.folder('/service-dist/', packageIn('ky-1', 'dist'));
  site.folder('/service/', folderOf('ky-1', 'service'));
  await page.goto(site.page('/service/', head));
  const count = await page.evaluate(
    async (options) => {
      await navigator.serviceWorker.register('/service/worker.js');
      const { active } = await navigator.serviceWorker.ready;
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
      active!.postMessage(options, [port2]);
      return answer;
    },
    { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
  );
  expect(count).toBe(serverCount);
});
