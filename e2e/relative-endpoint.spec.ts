import { iceServersPath, serveApp } from './support/app-server.js';
import { importMap } from './support/site.js';
import { expect, test } from './support/test.js';
import { serverCount } from './support/turn.js';

const head = '<!doctype html><title>own route</title><link rel="icon" href="data:,">';
const script = '<script src="/dist/ice-servers-loader.iife.js"';

test.describe('C-82: a relative endpoint', () => {
  for (const [title, html] of [
    [
      'in the option',
      `${importMap}<script type="module">
      import { createIceServersLoader } from 'ice-servers-loader';
      window.loading = createIceServersLoader({ endpoint: '${iceServersPath}' }).load();</script>`,
    ],
    [
      'as the one argument',
      `${importMap}<script type="module">
      import { loadRTCConfiguration } from 'ice-servers-loader';
      window.loading = loadRTCConfiguration('${iceServersPath}');</script>`,
    ],
    ['in the script tag', `${script} data-endpoint="${iceServersPath}"></script><script>window.loading = IceServers.ready;</script>`],
    [
      'against the base of the page',
      `<base href="/api/">${script} data-endpoint="./ice-servers"></script><script>window.loading = IceServers.ready;</script>`,
    ],
  ] as const) {
    test(`${title} reaches the page's own route`, async ({ page, site, standIn }) => {
      const app = serveApp(site, standIn);
      await page.goto(site.page('/own-route', head + html));
      await page.waitForFunction(() => 'loading' in window);
      const count = await page.evaluate(
        async () => (await (window as unknown as { loading: Promise<RTCConfiguration> }).loading).iceServers!.length,
      );
      expect({ count, requests: app.countOf(iceServersPath) }).toEqual({ count: serverCount, requests: 1 });
    });
  }

  test("in a worker reaches the route of the worker's own origin", async ({ page, site, standIn }) => {
    const app = serveApp(site, standIn);
    site.route('/worker.js', () => {
      const source = `importScripts('/dist/ice-servers-loader.iife.js');
        IceServers.loadRTCConfiguration('${iceServersPath}').then(({ iceServers }) => postMessage(iceServers.length), (error) => postMessage(String(error)));`;
      return new Response(source, { headers: { 'content-type': 'text/javascript' } });
    });
    await page.goto(site.page('/own-route', head));
    const count = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const worker = new Worker('/worker.js');
          worker.onmessage = ({ data }) => resolve(data);
        }),
    );
    expect({ count, requests: app.countOf(iceServersPath) }).toEqual({ count: serverCount, requests: 1 });
  });

  test('in a worker made of a blob, which has no address to resolve it against, asks for the whole URL', async ({ page, site }) => {
    await page.goto(site.page('/own-route', head));
    const message = await page.evaluate(
      ({ file, endpoint }) =>
        new Promise((resolve) => {
          const source = `importScripts('${file}'); IceServers.loadRTCConfiguration('${endpoint}').catch(({ name, message }) => postMessage(name + ': ' + message));`;
          const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
          worker.onmessage = ({ data }) => resolve(data);
        }),
      { file: `${site.origin}/dist/ice-servers-loader.iife.js`, endpoint: iceServersPath },
    );
    expect(message).toMatch(/^TypeError: .*set the full URL/);
  });
});
